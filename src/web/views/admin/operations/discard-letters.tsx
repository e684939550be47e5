import { FormProblem } from '../../../components/form-result.js';
import { PostForm } from '../../../components/post-form.js';
import { counted } from '../../../components/words.js';
import { adminPaths } from '../../paths.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { meaningOf } from './letter-words.js';

/** Which letters a decision is about. */
export interface LetterChoice {
  readonly ids: readonly number[];
  readonly reason: string | null;
}

interface DiscardProps {
  readonly frame: StaffFrame;
  readonly choice: LetterChoice;
  readonly count: number;
  readonly note?: string | undefined;
  readonly problem?: string | undefined;
}

/** What follows when letters are given up. Posts `id` or `reason`, and `note`. */
export function DiscardLettersPage({ frame, choice, count, note = '', problem }: DiscardProps) {
  return (
    <StaffLayout frame={frame} title="Discard records" here="dead-letters">
      <div class="wx-head">
        <div>
          <h1>Discard {counted(count, 'record')}?</h1>
          <p class="wx-2">{choice.reason === null ? 'Those you ticked.' : meaningOf(choice.reason)}</p>
        </div>
      </div>
      {problem === undefined ? null : <FormProblem text={problem} field="note" />}
      <section class="card" aria-label="What follows">
        <PostForm
          action={adminPaths.discardLetters}
          csrf={frame.csrf}
          {...(choice.reason === null ? {} : { hidden: { reason: choice.reason } })}
          class="card-body wx-stack"
        >
          {choice.ids.map((id) => (
            <input type="hidden" name="id" value={String(id)} />
          ))}
          <p>
            Nothing is deleted. A record that is read again is only counted, and asks for no decision. You can
            take a discarded record up again: retry it from its own page.
          </p>
          <div>
            <label class="form-label" for="note">
              Why
            </label>
            <input
              class={`form-control${problem === undefined ? '' : ' is-invalid'}`}
              id="note"
              name="note"
              value={note}
              maxlength={500}
              required
              aria-describedby="note-help"
            />
            <p class="form-text" id="note-help">
              For whoever looks later. No health data.
            </p>
          </div>
          <div class="wx-end">
            <button class="btn btn-danger">Discard {counted(count, 'record')}</button>
            <a class="btn btn-link" href={adminPaths.deadLetters}>
              Keep them
            </a>
          </div>
        </PostForm>
      </section>
    </StaffLayout>
  );
}
