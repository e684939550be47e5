import { figure } from './words.js';

/** One of several looks at the same thing; which one is in the address. */
export interface LinkChoice {
  readonly href: string;
  readonly text: string;
  readonly isCurrent: boolean;
  readonly count?: number;
}

interface LinkChoicesProps {
  readonly label: string;
  readonly choices: readonly LinkChoice[];
}

/** Filters above a list, each with how many it leaves. */
export function Filters({ label, choices }: LinkChoicesProps) {
  return (
    <nav class="wx-filters" aria-label={label}>
      {choices.map(({ href, text, isCurrent, count }) => (
        <a href={href} aria-current={isCurrent ? 'true' : undefined}>
          {text}
          {count === undefined ? null : <b>{figure(count)}</b>}
        </a>
      ))}
    </nav>
  );
}

/** A range or view of one card. */
export function Segments({ label, choices }: LinkChoicesProps) {
  return (
    <nav class="wx-seg" aria-label={label}>
      {choices.map(({ href, text, isCurrent }) => (
        <a href={href} aria-current={isCurrent ? 'true' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}

/** The pages about one thing. */
export function Tabs({ label, choices }: LinkChoicesProps) {
  return (
    <nav class="nav nav-underline" aria-label={label}>
      {choices.map(({ href, text, isCurrent }) => (
        <a
          class={isCurrent ? 'nav-link active' : 'nav-link'}
          href={href}
          aria-current={isCurrent ? 'page' : undefined}
        >
          {text}
        </a>
      ))}
    </nav>
  );
}
