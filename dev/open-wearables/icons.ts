import { PROVIDERS } from './providers.js';

/** One simple glyph a provider, drawn for this sandbox: 24 by 24, in the colour of the text around it. */
const GLYPHS: Readonly<Record<string, string>> = {
  apple: '<path d="M12 20s-7-4.4-7-9.6A3.9 3.9 0 0 1 12 8a3.9 3.9 0 0 1 7 2.4C19 15.6 12 20 12 20z"/>',
  samsung: '<rect x="4" y="4" width="16" height="16" rx="5"/><path d="M8 13h2l1.5-4 2 7 1.3-3H17"/>',
  garmin: '<path d="M12 5l8 14H4z"/>',
  google: '<path d="M18 7.5A7.5 7.5 0 1 0 19.5 12H12"/>',
  polar: '<circle cx="12" cy="12" r="8"/><path d="M12 4v16M5 8l14 8"/>',
  suunto: '<path d="M12 3v18M5 8l7-5 7 5M5 16l7 5 7-5"/>',
  whoop: '<path d="M3 6l4 12 5-12 5 12 4-12"/>',
  strava: '<path d="M5 16l5-11 5 11M13 16l2.5 4 2.5-4"/>',
  oura: '<circle cx="12" cy="13.5" r="7"/><path d="M8.5 4h7"/>',
  fitbit:
    '<circle cx="12" cy="5" r="1.5"/><circle cx="12" cy="10" r="1.5"/><circle cx="12" cy="15" r="1.5"/>' +
    '<circle cx="7" cy="10" r="1"/><circle cx="17" cy="10" r="1"/><circle cx="12" cy="20" r="1"/>',
  ultrahuman: '<path d="M6 4v8a6 6 0 0 0 12 0V4"/>',
  sensorbio: '<circle cx="12" cy="12" r="3"/><path d="M6 6a8.5 8.5 0 0 0 0 12M18 6a8.5 8.5 0 0 1 0 12"/>',
};

/** The SVG of a provider's icon. */
export function iconOf(key: string): string | undefined {
  const glyph = GLYPHS[key];
  if (glyph === undefined || !PROVIDERS.some((provider) => provider.key === key)) return undefined;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true" fill="none" ' +
    `stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${glyph}</svg>\n`
  );
}
