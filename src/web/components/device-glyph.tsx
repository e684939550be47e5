import type { Texts } from '../texts/en.js';
import { Drawing } from './drawing.js';

/** Device shapes, own drawings: no vendor's mark. */
export const glyphNames = [
  'dev-ring',
  'dev-watch',
  'dev-square',
  'dev-band',
  'dev-strap',
  'dev-phone',
  'dev-patch',
] as const;

type GlyphName = (typeof glyphNames)[number];

interface Shape {
  readonly glyph: GlyphName;
  readonly words: keyof Texts['shapes'];
}

const shapes = new Map<string, Shape>([
  ['oura', { glyph: 'dev-ring', words: 'ring' }],
  ['ultrahuman', { glyph: 'dev-ring', words: 'ring' }],
  ['garmin', { glyph: 'dev-watch', words: 'watch' }],
  ['suunto', { glyph: 'dev-watch', words: 'watch' }],
  ['fitbit', { glyph: 'dev-square', words: 'watchOrBand' }],
  ['polar', { glyph: 'dev-strap', words: 'watchOrStrap' }],
  ['whoop', { glyph: 'dev-band', words: 'band' }],
  ['sensorbio', { glyph: 'dev-band', words: 'band' }],
  ['strava', { glyph: 'dev-phone', words: 'workoutApp' }],
  ['google', { glyph: 'dev-phone', words: 'app' }],
  ['apple', { glyph: 'dev-phone', words: 'app' }],
  ['samsung', { glyph: 'dev-phone', words: 'app' }],
]);

const anyDevice: Shape = { glyph: 'dev-patch', words: 'wearable' };

/** What the device of a provider key looks like, in a word or two; unknown providers are normal. */
export function deviceWords(provider: string, texts: Texts): string {
  return texts.shapes[(shapes.get(provider) ?? anyDevice).words];
}

/** The drawing for a provider key (`oura`, `garmin`, ...). */
export function DeviceGlyph({ provider }: { readonly provider: string }) {
  return <Drawing name={(shapes.get(provider) ?? anyDevice).glyph} />;
}
