import { html, raw } from 'hono/html';
import { iconOf } from './icons.js';
import type { Provider } from './providers.js';
import type { OfferedRing } from './vendor.js';

const STYLE = `
  :root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1d2530; background: #eef1f5; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
  main { box-sizing: border-box; width: min(26rem, 100%); padding: 2rem; background: #fff; border-radius: 1rem;
    box-shadow: 0 8px 30px rgb(20 30 50 / 12%); }
  svg { width: 3rem; height: 3rem; }
  h1 { font-size: 1.4rem; margin: .75rem 0 .25rem; }
  p { margin: 0 0 1.25rem; color: #4a5668; }
  fieldset { border: 0; margin: 0 0 1.5rem; padding: 0; }
  legend { font-weight: 600; margin-bottom: .5rem; }
  label { display: flex; gap: .75rem; align-items: center; padding: .7rem .9rem; margin-bottom: .5rem;
    border: 1px solid #ccd3dd; border-radius: .6rem; cursor: pointer; }
  label:has(:checked) { border-color: #2456a6; background: #f3f7fd; }
  .actions { display: flex; gap: .75rem; }
  button { flex: 1; min-height: 2.9rem; font: inherit; font-weight: 600; border-radius: .6rem; cursor: pointer;
    border: 1px solid #8a94a3; background: #fff; color: inherit; }
  button.approve { background: #2456a6; border-color: #2456a6; color: #fff; }
  button:focus-visible, input:focus-visible { outline: 3px solid #8db4ee; outline-offset: 2px; }
  footer { margin-top: 1.25rem; font-size: .85rem; color: #5d6879; }
  @media (max-width: 26rem) { body { place-items: stretch; background: #fff; } main { box-shadow: none; } }
`;

/** Oura sells rings; the others are named after what they make. */
function deviceWord(provider: Provider): string {
  return ['oura', 'ultrahuman'].includes(provider.key) ? 'ring' : 'device';
}

function choices(provider: Provider, rings: readonly OfferedRing[]) {
  return rings.map(
    ({ account, name }, index) => html`
      <label>
        <input type="radio" name="account" value="${account.id}" ${index === 0 ? 'checked' : ''} />
        ${name} ${deviceWord(provider)}
      </label>
    `,
  );
}

/** The vendor's sign-in page: a plain form that posts to itself with the parameters it was called with. */
export function signInPage(
  provider: Provider,
  rings: readonly OfferedRing[],
  parameters: Readonly<Record<string, string>>,
) {
  const hidden = ['client_id', 'redirect_uri', 'state', 'scope'].flatMap((name) => {
    const value = parameters[name];
    return value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`];
  });
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign in to ${provider.name}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${raw(iconOf(provider.key) ?? '')}
          <h1>Sign in to ${provider.name}</h1>
          <p>Open Wearables asks to read the measurements of your ${deviceWord(provider)}.</p>
          <form method="post" action="/vendor/${provider.key}/oauth/authorize">
            ${hidden}
            <fieldset>
              <legend>Account</legend>
              ${choices(provider, rings)}
            </fieldset>
            <div class="actions">
              <button class="approve" name="decision" value="approve">Approve</button>
              <button name="decision" value="deny">Deny</button>
            </div>
          </form>
          <footer>A stand-in for the vendor: no password, and all measurements are made up.</footer>
        </main>
      </body>
    </html>`;
}
