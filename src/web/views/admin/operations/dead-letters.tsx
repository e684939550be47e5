import type { DeadLetter, LetterState, WaitingReason } from '../../../../db/dead-letters.js';
import { Chip } from '../../../components/chip.js';
import { FormDone, FormProblem } from '../../../components/form-result.js';
import { figure } from '../../../components/words.js';
import { adminPaths } from '../../paths.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { LetterReasons } from './letter-reasons.js';
import { LettersTable } from './letters-table.js';

export interface DeadLettersProps {
  readonly frame: StaffFrame;
  readonly state: LetterState;
  readonly patientId: number | null;
  readonly counts: Readonly<Record<LetterState, number>>;
  readonly reasons: readonly WaitingReason[];
  readonly letters: readonly DeadLetter[];
  readonly nextHref: string | null;
  readonly done?: string | undefined;
  readonly problem?: string | undefined;
}

const states: readonly { readonly state: LetterState; readonly text: string; readonly empty: string }[] = [
  { state: 'open', text: 'Waiting', empty: 'No dead letters wait' },
  { state: 'retried', text: 'Retried and stored', empty: 'None was retried with success yet' },
  { state: 'discarded', text: 'Discarded', empty: 'None was discarded yet' },
];

/** Samples that could not be converted, and what may be decided about them. */
export function DeadLettersPage(props: DeadLettersProps) {
  const { frame, state, patientId, counts, reasons, letters, nextHref, done, problem } = props;
  return (
    <StaffLayout frame={frame} title="Dead letters" here="dead-letters">
      <div class="wx-head">
        <div>
          <h1>Dead letters</h1>
          <p class="wx-2">
            Records that could not be converted. Each is kept as it came, and blocks nothing else.
          </p>
        </div>
      </div>
      {problem === undefined ? null : <FormProblem text={problem} />}
      {done === undefined ? null : <FormDone text={done} />}
      {reasons.length === 0 ? null : <LetterReasons {...{ reasons }} csrf={frame.csrf} zone={frame.zone} />}
      <nav class="wx-filters" aria-label="State">
        {states.map(({ state: each, text }) => (
          <a
            href={lettersHref({ state: each, patientId })}
            aria-current={each === state ? 'true' : undefined}
          >
            {text} <b>{figure(counts[each])}</b>
          </a>
        ))}
      </nav>
      {patientId === null ? null : (
        <p class="wx-s wx-2">
          Only of patient {patientId}. <a href={lettersHref({ state, patientId: null })}>Show all</a>
        </p>
      )}
      {letters.length === 0 ? (
        <section class="card" aria-label="Records">
          <div class="card-body">
            <Chip
              tone={state === 'open' ? 'ok' : 'idle'}
              icon={state === 'open' ? 'check-circle-fill' : 'inbox'}
            >
              {states.find((each) => each.state === state)?.empty}
            </Chip>
          </div>
        </section>
      ) : (
        <LettersTable
          {...{ letters, nextHref }}
          isOpen={state === 'open'}
          csrf={frame.csrf}
          zone={frame.zone}
        />
      )}
      <p class="wx-s wx-2">The sample itself is health data: who looks at it is recorded.</p>
    </StaffLayout>
  );
}

interface LettersPlace {
  readonly state: LetterState;
  readonly patientId: number | null;
  readonly before?: number;
}

/** The address of a list: its filters live in it. */
export function lettersHref({ state, patientId, before }: LettersPlace): string {
  const query = new URLSearchParams({
    ...(state === 'open' ? {} : { state }),
    ...(patientId === null ? {} : { patient: String(patientId) }),
    ...(before === undefined ? {} : { before: String(before) }),
  });
  return query.size === 0 ? adminPaths.deadLetters : `${adminPaths.deadLetters}?${query.toString()}`;
}
