"""Authlib, as Debian packages it, against an issuer. Usage: authlib_flows.py FLOW < {"issuer": ...}

Prints what the flow got as one JSON object. Authlib checks state, ID token, metadata and errors by itself; what it refuses
ends the program with its exception.
"""

import json
import os
import sys
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt
from authlib.oauth2.rfc7523 import ClientSecretJWT, PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata

CALLBACK = "http://127.0.0.1:54321/callback"
INPUT = json.load(sys.stdin)


def discover():
    document = requests.get(INPUT["issuer"] + "/.well-known/openid-configuration").json()
    metadata = OpenIDProviderMetadata(document)
    # Authlib's one word against plain http, which a local issuer speaks.
    metadata["issuer"] = document["issuer"].replace("http://", "https://")
    for name in [key for key in document if key.endswith("_endpoint") or key == "jwks_uri"]:
        if isinstance(document[name], str):
            metadata[name] = document[name].replace("http://", "https://")
    metadata.validate()
    return document


SERVER = discover()


def session(client_id, secret=None, **options):
    return OAuth2Session(client_id, secret, redirect_uri=CALLBACK, **options)


def log_in(client, scope="openid profile email read offline_access"):
    """Authorization code with PKCE and nonce; the client's robot logs alice in."""
    client.code_challenge_method = "S256"
    client.scope = scope
    verifier, nonce = generate_token(48), generate_token(20)
    url, state = client.create_authorization_url(
        SERVER["authorization_endpoint"], code_verifier=verifier, nonce=nonce, login_hint="alice"
    )
    answer = requests.get(url, allow_redirects=False).headers["location"]
    assert parse_qs(urlsplit(answer).query)["iss"] == [SERVER["issuer"]]
    token = client.fetch_token(
        SERVER["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier
    )
    return token, nonce


def id_token_claims(client, token, nonce):
    keys = JsonWebKey.import_key_set(requests.get(SERVER["jwks_uri"]).json())
    claims = jwt.decode(
        token["id_token"],
        keys,
        claims_cls=CodeIDToken,
        claims_options={
            "iss": {"essential": True, "value": SERVER["issuer"]},
            "aud": {"essential": True, "value": client.client_id},
            "nonce": {"essential": True, "value": nonce},
        },
        claims_params={
            "nonce": nonce,
            "client_id": client.client_id,
            "access_token": token["access_token"],
        },
    )
    claims.validate()
    return claims


def code(client):
    token, nonce = log_in(client)
    claims = id_token_claims(client, token, nonce)
    userinfo = client.get(SERVER["userinfo_endpoint"])
    userinfo.raise_for_status()
    return {"sub": claims["sub"], "userinfo": userinfo.json(), "scope": token["scope"]}


def refresh(client):
    token, _ = log_in(client)
    first = token["refresh_token"]
    renewed = client.refresh_token(SERVER["token_endpoint"], refresh_token=first)
    me = client.get(SERVER["issuer"] + "/me").status_code
    try:
        client.refresh_token(SERVER["token_endpoint"], refresh_token=first)
        replay = None
    except Exception as error:  # Authlib's own type; its word for the refusal is what counts.
        replay = error.error
    return {"rotated": renewed["refresh_token"] != first, "me": me, "replay": replay}


def client_credentials(client):
    token = client.fetch_token(SERVER["token_endpoint"], grant_type="client_credentials", scope="read")
    return {"scope": token["scope"], "type": token["token_type"]}


def password(client):
    token = client.fetch_token(
        SERVER["token_endpoint"], username="alice", password="wonderland", scope="read"
    )
    return {"scope": token["scope"], "me": client.get(SERVER["issuer"] + "/me").json()["username"]}


def introspect_and_revoke(client):
    token = client.fetch_token(SERVER["token_endpoint"], grant_type="client_credentials", scope="read")
    access = token["access_token"]

    def active():
        answer = client.introspect_token(SERVER["introspection_endpoint"], access, "access_token")
        return answer.json()["active"]

    before = active()
    revoked = client.revoke_token(SERVER["revocation_endpoint"], access, "access_token").status_code
    return {"before": before, "revoked": revoked, "after": active()}


def device(client):
    """Authlib has no device flow of its own: it asks for a token with the parameters it is given."""
    started = requests.post(
        SERVER["device_authorization_endpoint"],
        data={"client_id": client.client_id, "scope": "read"},
    ).json()
    try:
        client.fetch_token(
            SERVER["token_endpoint"],
            grant_type="urn:ietf:params:oauth:grant-type:device_code",
            device_code=started["device_code"],
        )
        return {"pending": None}
    except Exception as error:
        return {"pending": error.error, "user_code": started["user_code"]}


def token_exchange(client):
    token, _ = log_in(client)
    exchanged = client.fetch_token(
        SERVER["token_endpoint"],
        grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token=token["access_token"],
        subject_token_type="urn:ietf:params:oauth:token-type:access_token",
        scope="read",
    )
    return {"scope": exchanged["scope"], "issued": exchanged["issued_token_type"]}


def end_session(client):
    token, nonce = log_in(client)
    id_token_claims(client, token, nonce)
    answer = requests.get(
        SERVER["end_session_endpoint"],
        params={"id_token_hint": token["id_token"], "post_logout_redirect_uri": CALLBACK, "state": "s"},
        allow_redirects=False,
    )
    return {"status": answer.status_code, "location": answer.headers["location"]}


def signed(method, client_id, key, flow):
    client = session(client_id, key, token_endpoint_auth_method=method.name)
    client.register_client_auth_method(method)
    return flow(client)


def web():
    return session("demo-web", "demo-web-secret", token_endpoint_auth_method="client_secret_basic")


def web_post():
    return session("demo-web", "demo-web-secret", token_endpoint_auth_method="client_secret_post")


def service():
    return session("demo-service", "demo-service-secret")


FLOWS = {
    "code": lambda: code(web()),
    "code-post": lambda: code(web_post()),
    "code-public": lambda: code(session("demo-spa", token_endpoint_auth_method="none")),
    "refresh": lambda: refresh(web()),
    "client-credentials": lambda: client_credentials(service()),
    "password": lambda: password(web()),
    "introspect-revoke": lambda: introspect_and_revoke(service()),
    "device": lambda: device(session("demo-device", token_endpoint_auth_method="none")),
    "token-exchange": lambda: token_exchange(web()),
    "end-session": lambda: end_session(web()),
    "client-secret-jwt": lambda: signed(
        ClientSecretJWT(SERVER["token_endpoint"]), "signing-secret", INPUT["secret"], client_credentials
    ),
    "private-key-jwt": lambda: signed(
        PrivateKeyJWT(SERVER["token_endpoint"]), "signing-key", INPUT["privateKey"], client_credentials
    ),
}

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
print(json.dumps(FLOWS[sys.argv[1]]()))
