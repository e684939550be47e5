import { assetUrl } from '../assets.js';

/** The symbols of the sprite; a test keeps this list and `assets/icons.svg` equal. */
export const iconNames = [
  'activity',
  'arrow-clockwise',
  'arrow-repeat',
  'arrow-right',
  'box-arrow-right',
  'box-arrow-up-right',
  'check-circle',
  'check-circle-fill',
  'check-lg',
  'chevron-down',
  'chevron-right',
  'circle',
  'circle-half',
  'clock',
  'clock-history',
  'cloud-slash',
  'copy',
  'dash-circle',
  'download',
  'droplet-half',
  'envelope',
  'exclamation-lg',
  'exclamation-octagon-fill',
  'exclamation-triangle',
  'exclamation-triangle-fill',
  'funnel',
  'gear',
  'heart-pulse',
  'hourglass-bottom',
  'hourglass-split',
  'inbox',
  'info-circle',
  'journal-medical',
  'link-45deg',
  'list',
  'lungs',
  'moon',
  'moon-stars',
  'pause-fill',
  'pencil',
  'people',
  'person-check',
  'person-plus',
  'person-walking',
  'phone',
  'play-fill',
  'plug',
  'plus-lg',
  'printer',
  'record-circle',
  'search',
  'shield-check',
  'shield-lock',
  'slash-circle',
  'smartwatch',
  'stop-circle',
  'sun',
  'telephone',
  'terminal',
  'translate',
  'window-stack',
] as const;

export type IconName = (typeof iconNames)[number];

/** A picture beside a word, never in place of one: hidden from assistive technology. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`${assetUrl('icons.svg')}#${name}`} />
    </svg>
  );
}
