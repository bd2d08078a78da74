import { quoted, redirectUriOf, type Setup, type Snippet } from './snippet.ts'

export const springSecurity = (setup: Setup): Snippet => ({
  id: 'spring',
  label: 'Spring Security',
  group: 'Log in',
  about:
    'Spring Boot with spring-boot-starter-oauth2-client: src/main/resources/application.properties. Begins at /oauth2/authorization/grantscope.',
  redirectUri: 'http://localhost:8080/login/oauth2/code/grantscope',
  code: `${[
    ['registration.grantscope.client-id', setup.clientId],
    ...(setup.secret === null
      ? [['registration.grantscope.client-authentication-method', 'none']]
      : [
          ['registration.grantscope.client-secret', setup.secret],
          ['registration.grantscope.client-authentication-method', 'client_secret_basic'],
        ]),
    ['registration.grantscope.authorization-grant-type', 'authorization_code'],
    ['registration.grantscope.redirect-uri', '{baseUrl}/login/oauth2/code/{registrationId}'],
    ['registration.grantscope.scope', setup.scopes.join(',')],
    ['provider.grantscope.issuer-uri', setup.issuer],
  ]
    .map(([key, value]) => `spring.security.oauth2.client.${key}=${value!.replaceAll('\\', '\\\\')}`)
    .join('\n')}
`,
})

export const aspNet = (setup: Setup): Snippet => ({
  id: 'asp.net',
  label: 'ASP.NET Core',
  group: 'Log in',
  about:
    'Program.cs, with dotnet add package Microsoft.AspNetCore.Authentication.OpenIdConnect, on https://localhost:5001.',
  redirectUri: 'https://localhost:5001/signin-oidc',
  code: `using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("https://localhost:5001");
builder.Services.AddAuthorization();
builder.Services
    .AddAuthentication(options =>
    {
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
    })
    .AddCookie()
    .AddOpenIdConnect(options =>
    {
        options.Authority = ${quoted(setup.issuer)};
        options.RequireHttpsMetadata = false; // Only for an issuer on your own machine.
        options.ClientId = ${quoted(setup.clientId)};${
          setup.secret === null ? '' : `\n        options.ClientSecret = ${quoted(setup.secret)};`
        }
        options.ResponseType = "code";
        options.UsePkce = true;
        options.Scope.Clear();
${setup.scopes.map((scope) => `        options.Scope.Add(${quoted(scope)});`).join('\n')}
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.SaveTokens = true;
    });

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/", (HttpContext http) => http.User.FindFirst("sub")?.Value).RequireAuthorization();
app.Run();
`,
})

export const django = (setup: Setup): Snippet => ({
  id: 'django',
  label: 'Django',
  group: 'Log in',
  about:
    'pip install "django-allauth[socialaccount]", with allauth.socialaccount.providers.openid_connect in INSTALLED_APPS: settings.py.',
  redirectUri: 'http://127.0.0.1:8000/accounts/oidc/grantscope/login/callback/',
  code: `SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "grantscope",
                "name": "Grantscope",
                "client_id": ${quoted(setup.clientId)},
                "secret": ${quoted(setup.secret ?? '')},
                "settings": {
                    "server_url": ${quoted(setup.issuer)},
                    "token_auth_method": ${quoted(setup.secret === null ? 'none' : 'client_secret_basic')},
                    "scope": [${setup.scopes.map(quoted).join(', ')}],
                },
            }
        ],
    }
}
`,
  needsSecret: true,
})

export const golang = (setup: Setup): Snippet => {
  const redirectUri = redirectUriOf(setup, 'http://127.0.0.1:3000/callback')
  return {
    id: 'go',
    label: 'Go x/oauth2',
    group: 'Log in',
    about: 'go get golang.org/x/oauth2, save as main.go, run it, and open the URL it prints.',
    redirectUri,
    code: `package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"

	"golang.org/x/oauth2"
)

func main() {
	const issuer = ${quoted(setup.issuer)}
	config := &oauth2.Config{
		ClientID:     ${quoted(setup.clientId)},
		ClientSecret: ${quoted(setup.secret ?? '')},
		RedirectURL:  ${quoted(redirectUri)},
		Scopes:       []string{${setup.scopes.map(quoted).join(', ')}},
		Endpoint: oauth2.Endpoint{
			AuthURL:   issuer + "/authorize",
			TokenURL:  issuer + "/token",
			AuthStyle: ${setup.secret === null ? 'oauth2.AuthStyleInParams' : 'oauth2.AuthStyleInHeader'},
		},
	}
	state, verifier := oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
	fmt.Println(config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)))

	callback, err := url.Parse(config.RedirectURL)
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc(callback.Path, func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("state") != state {
			http.Error(w, "this answer belongs to no login", http.StatusBadRequest)
			return
		}
		token, err := config.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(verifier))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		user, err := config.Client(r.Context(), token).Get(issuer + "/userinfo")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer user.Body.Close()
		io.Copy(w, user.Body)
	})
	log.Fatal(http.ListenAndServe(callback.Host, nil))
}
`,
  }
}

export const oauth2Proxy = (setup: Setup): Snippet => {
  const redirectUri = redirectUriOf(setup, 'http://127.0.0.1:4180/oauth2/callback')
  const options: [string, unknown][] = [
    ['provider', 'oidc'],
    ['oidc_issuer_url', setup.issuer],
    ['client_id', setup.clientId],
    ['client_secret', setup.secret ?? ''],
    ['redirect_url', redirectUri],
    ['scope', [...new Set(['openid', 'email', ...setup.scopes])].join(' ')],
    ['code_challenge_method', 'S256'],
    ['email_domains', ['*']],
    ['cookie_secret', 'only-for-development-0123456789a'],
    ['cookie_secure', false],
    ['http_address', '127.0.0.1:4180'],
    ['upstreams', ['http://127.0.0.1:8080/']],
  ]
  return {
    id: 'oauth2-proxy',
    label: 'oauth2-proxy',
    group: 'Log in',
    about:
      'Save as oauth2-proxy.cfg, put your app on port 8080, and run oauth2-proxy --config oauth2-proxy.cfg.',
    redirectUri,
    needsSecret: true,
    code: `${options.map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join('\n')}\n`,
  }
}
