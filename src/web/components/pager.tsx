import { Icon } from './icon.js';

export interface PagerProps {
  /** `1 to 25 of 214` */
  readonly text: string;
  readonly first?: string | undefined;
  readonly next?: string | undefined;
}

/** Below a list: which part of it this is, and the links to its start and on. */
export function Pager({ text, first, next }: PagerProps) {
  return (
    <div class="wx-pager">
      <span>{text}</span>
      <span class="wx-actions wx-push">
        {first === undefined ? null : (
          <a class="btn btn-outline-secondary btn-sm" href={first}>
            To the start
          </a>
        )}
        {next === undefined ? null : (
          <a class="btn btn-outline-secondary btn-sm" href={next} rel="next">
            Next
            <Icon name="chevron-right" />
          </a>
        )}
      </span>
    </div>
  );
}
