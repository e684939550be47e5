import { Icon } from './icon.js';

interface CopyFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly help: string;
  /** What the button copies, in words. */
  readonly what: string;
}

/** A text to take along: a field that holds it and, where a script runs, a button that copies it. */
export function CopyField({ id, label, value, help, what }: CopyFieldProps) {
  return (
    <div>
      <label class="form-label" for={id}>
        {label}
      </label>
      <div class="wx-copy">
        <input
          class="form-control"
          id={id}
          value={value}
          readonly
          autofocus
          autocomplete="off"
          aria-describedby={`${id}-help`}
        />
        <button
          type="button"
          class="btn btn-outline-secondary wx-nowrap"
          data-copies={id}
          aria-describedby={`${id}-copied`}
          hidden
        >
          <Icon name="copy" />
          Copy<span class="visually-hidden"> {what}</span>
        </button>
      </div>
      <p class="wx-s wx-2 mt-1" id={`${id}-copied`} role="status"></p>
      <p class="form-text mt-1" id={`${id}-help`}>
        {help}
      </p>
    </div>
  );
}
