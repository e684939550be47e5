import type { PropsWithChildren } from 'hono/jsx';
import { Icon, type IconName } from './icon.js';
import type { Tone } from './tone.js';

interface NoteProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
}

/** One thing to know, inside a page. */
export function Note({ tone, icon, title, children }: PropsWithChildren<NoteProps>) {
  return (
    <div class={`wx-note is-${tone}`}>
      <Icon name={icon} />
      <div>
        <strong>{title}</strong>
        <p>{children}</p>
      </div>
    </div>
  );
}
