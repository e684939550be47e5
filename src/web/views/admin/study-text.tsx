import { Field, TextField } from '../../components/field.js';

/** What is typed of a study. */
export interface StudyTyped {
  readonly name: string;
  readonly description: string;
  readonly days: string;
}

interface StudyTextProps {
  readonly typed: StudyTyped;
  readonly problems: Partial<Record<keyof StudyTyped, string>>;
}

/** What patients read of a study before they agree. */
export function StudyText({ typed, problems }: StudyTextProps) {
  return (
    <>
      <TextField id="name" label="Name" value={typed.name} problem={problems.name} required />
      <Field
        id="description"
        label="What it is for"
        help="The consent page shows it above the kinds of data."
        problem={problems.description}
      >
        <textarea
          class="form-control"
          id="description"
          name="description"
          rows={3}
          aria-describedby="description-help"
        >
          {typed.description}
        </textarea>
      </Field>
      <TextField
        id="days"
        label="Days before the agreement"
        type="number"
        value={typed.days}
        problem={problems.days}
        help="How far back the study may read, from 0 to 365. The consent page names the date."
      />
    </>
  );
}
