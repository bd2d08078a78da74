/** For every page the issuer shows. Without anything from elsewhere, so that it works offline and under a strict policy. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f4f6; --card: #ffffff; --text: #1b1c22; --dim: #5b5e6b; --line: #d5d7df; --field: #ffffff;
  --accent: #0f766e; --on-accent: #ffffff; --bad: #a61b1b; --bad-page: #fdecec; --code: #eeeff3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131418; --card: #1c1e24; --text: #ececf1; --dim: #a5a8b5; --line: #3a3d48; --field: #14151a;
    --accent: #5eead4; --on-accent: #06231f; --bad: #ff9d9d; --bad-page: #331a1d; --code: #282a32;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 32px 16px; display: flex; align-items: flex-start; justify-content: center;
  background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
}
main {
  width: 100%; max-width: 440px; margin-top: 4vh; padding: 28px; background: var(--card);
  border: 1px solid var(--line); border-radius: 12px;
}
.brand { margin: 0 0 16px; color: var(--dim); font-size: 13px; letter-spacing: 0.02em; }
h1 { margin: 0 0 4px; font-size: 22px; line-height: 1.25; }
h2 { margin: 20px 0 6px; font-size: 15px; }
p { margin: 6px 0; }
.dim, dt { color: var(--dim); font-size: 14px; }
form { margin: 20px 0 0; }
label { display: block; margin-top: 14px; font-weight: 550; }
input[type='text'], input[type='password'] {
  width: 100%; margin-top: 4px; padding: 10px 12px; border: 1px solid var(--dim); border-radius: 8px;
  background: var(--field); color: var(--text); font: inherit;
}
input.code { font-size: 20px; letter-spacing: 0.12em; text-transform: uppercase; }
input.digits { font-size: 24px; letter-spacing: 0.3em; font-variant-numeric: tabular-nums; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.actions { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 22px; }
button {
  flex: 1 1 auto; min-height: 44px; padding: 9px 18px; border: 1px solid var(--dim); border-radius: 8px;
  background: transparent; color: var(--text); font: inherit; font-weight: 550; cursor: pointer;
}
button.primary { flex-grow: 3; border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.alert { margin: 16px 0 0; padding: 10px 12px; border-left: 4px solid var(--bad); border-radius: 4px; background: var(--bad-page); color: var(--bad); }
.alert p { margin: 0; }
ul.users { display: flex; flex-wrap: wrap; gap: 8px; margin: 6px 0 0; padding: 0; list-style: none; }
ul.users a {
  display: inline-block; min-height: 32px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 999px;
  color: var(--text); font-size: 14px; text-decoration: none;
}
ul.users a[aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
ul.users small { color: var(--dim); }
ul.links { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 8px 0 0; padding: 0; list-style: none; font-size: 14px; }
ul.links a { color: var(--accent); display: inline-block; padding: 4px 0; }
section.detail { margin: 12px 0; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px; }
section.detail h2 { margin: 0; overflow-wrap: anywhere; }
fieldset { margin: 0; padding: 0; border: 0; }
legend { padding: 0; font-weight: 550; }
label.scope { display: grid; grid-template-columns: 24px 1fr; gap: 0 8px; align-items: start; font-weight: 400; }
label.scope input { width: 18px; height: 18px; margin: 4px 0 0; accent-color: var(--accent); }
label.scope b { font-family: ui-monospace, monospace; font-size: 15px; overflow-wrap: anywhere; }
label.scope span { grid-column: 2; color: var(--dim); font-size: 14px; }
details { margin-top: 22px; border-top: 1px solid var(--line); padding-top: 12px; font-size: 14px; }
summary { color: var(--dim); cursor: pointer; }
dl { margin: 8px 0 0; }
dd { margin: 0 0 8px; overflow-wrap: anywhere; font-family: ui-monospace, monospace; font-size: 14px; }
code { padding: 1px 4px; border-radius: 4px; background: var(--code); overflow-wrap: anywhere; font-size: 0.92em; }
`
