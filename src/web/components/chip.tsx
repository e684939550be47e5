import type { PropsWithChildren } from 'hono/jsx';
import { Icon, type IconName } from './icon.js';
import type { Tone } from './tone.js';

interface ChipProps {
  readonly tone: Tone;
  readonly icon: IconName;
}

/** A state: colour, icon and word, always all three. */
export function Chip({ tone, icon, children }: PropsWithChildren<ChipProps>) {
  return (
    <span class={`wx-chip is-${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}
