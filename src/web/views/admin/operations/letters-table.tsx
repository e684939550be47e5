import type { DeadLetter } from '../../../../db/dead-letters.js';
import { Icon } from '../../../components/icon.js';
import { PostForm } from '../../../components/post-form.js';
import { Time } from '../../../components/time.js';
import { adminPaths } from '../../paths.js';
import { meaningOf, plainType } from './letter-words.js';
import { dayAndTime } from './times.js';

interface LettersProps {
  readonly letters: readonly DeadLetter[];
  /** Whether something can be decided about them. */
  readonly isOpen: boolean;
  readonly nextHref: string | null;
  readonly csrf: string;
  readonly zone: string;
}

/** Dead letters, to be ticked and decided about together. Posts `id` and `do`. */
export function LettersTable({ letters, isOpen, nextHref, csrf, zone }: LettersProps) {
  return (
    <PostForm action={adminPaths.deadLetters} csrf={csrf}>
      <section class="card overflow-hidden" aria-labelledby="records-h">
        <div class="card-header">
          <h2 id="records-h">Records</h2>
          {isOpen ? (
            <span class="wx-actions wx-push">
              <button class="btn btn-outline-secondary btn-sm" name="do" value="retry">
                Retry ticked
              </button>
              <button class="btn btn-outline-danger btn-sm" name="do" value="discard">
                Discard ticked…
              </button>
            </span>
          ) : null}
        </div>
        <div class="wx-scroll" role="region" aria-label="Table: dead letters" tabindex={0}>
          <table class="wx-table is-cards" role="table">
            <thead role="rowgroup">
              <tr role="row">
                {['Record', 'Patient', 'Reason', 'Tries', 'Arrived'].map((name) => (
                  <th role="columnheader" scope="col">
                    {name}
                  </th>
                ))}
                <th role="columnheader" scope="col">
                  <span class="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {letters.map((letter) => (
                <Row {...{ letter, isOpen, zone }} />
              ))}
            </tbody>
          </table>
        </div>
        {nextHref === null ? null : (
          <div class="wx-pager">
            <span class="wx-actions wx-push">
              <a class="btn btn-outline-secondary btn-sm" href={nextHref}>
                Next
                <Icon name="chevron-right" />
              </a>
            </span>
          </div>
        )}
      </section>
    </PostForm>
  );
}

function Row({ letter, isOpen, zone }: Pick<LettersProps, 'isOpen' | 'zone'> & { letter: DeadLetter }) {
  const { id, patientId, dataType, series, reason, detail, tries, firstSeenAt } = letter;
  const tick = `letter-${id}`;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <div class="d-flex gap-2">
          {isOpen ? (
            <input
              class="form-check-input mt-0 wx-tick"
              type="checkbox"
              name="id"
              value={String(id)}
              id={tick}
            />
          ) : null}
          <label for={isOpen ? tick : undefined}>
            {plainType(dataType)} {id}
            <small class="wx-mono">{series.slice(0, 60)}</small>
          </label>
        </div>
      </th>
      <td role="cell" class="wx-nowrap wx-num" data-label="Patient">
        <a href={`${adminPaths.patients}/${patientId}`}>{patientId}</a>
      </td>
      <td role="cell">
        {meaningOf(reason)}
        <small class="wx-mono">{detail}</small>
      </td>
      <td role="cell" class="wx-num" data-label="Tries">
        {tries}
      </td>
      <td role="cell" class="wx-nowrap wx-num" data-label="Arrived">
        <Time at={firstSeenAt} zone={zone} as={dayAndTime} />
      </td>
      <td role="cell">
        <a href={`${adminPaths.deadLetters}/${id}`} class="wx-nowrap">
          See record<span class="visually-hidden"> {id}</span>
        </a>
      </td>
    </tr>
  );
}
