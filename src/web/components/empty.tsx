import type { PropsWithChildren } from 'hono/jsx';
import { Icon, type IconName } from './icon.js';
import type { Tone } from './tone.js';

interface EmptyProps {
  readonly icon: IconName;
  readonly tone?: Tone;
  readonly title: string;
  readonly text: string;
}

/** In place of a list: what would be here, and the one step to get there. */
export function Empty({ icon, tone = 'idle', title, text, children }: PropsWithChildren<EmptyProps>) {
  return (
    <div class="wx-empty">
      <span class={`wx-tile is-${tone}`}>
        <Icon name={icon} />
      </span>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{text}</p>
      {children}
    </div>
  );
}
