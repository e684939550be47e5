import { assetUrl } from '../assets.js';

/** Device shapes of the sprite, own drawings: no vendor's mark. */
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
  readonly words: string;
}

const shapes = new Map<string, Shape>([
  ['oura', { glyph: 'dev-ring', words: 'Ring' }],
  ['ultrahuman', { glyph: 'dev-ring', words: 'Ring' }],
  ['garmin', { glyph: 'dev-watch', words: 'Watch' }],
  ['suunto', { glyph: 'dev-watch', words: 'Watch' }],
  ['fitbit', { glyph: 'dev-square', words: 'Watch or band' }],
  ['polar', { glyph: 'dev-strap', words: 'Watch or chest strap' }],
  ['whoop', { glyph: 'dev-band', words: 'Band' }],
  ['sensorbio', { glyph: 'dev-band', words: 'Band' }],
  ['strava', { glyph: 'dev-phone', words: 'App for workouts' }],
  ['google', { glyph: 'dev-phone', words: 'App' }],
  ['apple', { glyph: 'dev-phone', words: 'App' }],
  ['samsung', { glyph: 'dev-phone', words: 'App' }],
]);

const anyDevice: Shape = { glyph: 'dev-patch', words: 'Wearable' };

/** What the device of a provider key looks like, in a word or two; unknown providers are normal. */
export function deviceWords(provider: string): string {
  return (shapes.get(provider) ?? anyDevice).words;
}

/** The drawing for a provider key (`oura`, `garmin`, ...). */
export function DeviceGlyph({ provider }: { readonly provider: string }) {
  return (
    <svg aria-hidden="true">
      <use href={`${assetUrl('icons.svg')}#${(shapes.get(provider) ?? anyDevice).glyph}`} />
    </svg>
  );
}
