import type { PropsWithChildren } from 'hono/jsx';
import { Icon } from './icon.js';

interface FormProblemProps {
  readonly text: string;
  /** The id of the field that mends it, linked from the text. */
  readonly field?: string | undefined;
}

/** What keeps a form from being accepted; takes the focus, so that it is read first. */
export function FormProblem({ text, field }: FormProblemProps) {
  return (
    <div class="wx-note is-bad" role="alert" tabindex={-1} autofocus>
      <Icon name="exclamation-octagon-fill" />
      <div>{field === undefined ? <p>{text}</p> : <a href={`#${field}`}>{text}</a>}</div>
    </div>
  );
}

/** What the last form did, and where that is seen. */
export function FormDone({ text, children }: PropsWithChildren<{ readonly text: string }>) {
  return (
    <div class="wx-note is-ok" role="status">
      <Icon name="check-circle-fill" />
      <div>
        <p>{text}</p>
        {children}
      </div>
    </div>
  );
}
