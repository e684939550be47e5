import type { DeadLetter } from '../../../../db/dead-letters.js';
import { Fact } from '../../../components/fact.js';
import { PostForm } from '../../../components/post-form.js';
import { Time } from '../../../components/time.js';
import { adminPaths } from '../../paths.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { meaningOf, plainType } from './letter-words.js';
import { counted } from '../../../components/words.js';
import { dayAndTime } from './times.js';

interface DeadLetterProps {
  readonly frame: StaffFrame;
  readonly letter: DeadLetter;
  /** The sample, once its view was recorded. */
  readonly original?: unknown;
}

/** One record: why it was refused, what was decided, and on demand the sample itself. */
export function DeadLetterPage({ frame, letter, original }: DeadLetterProps) {
  const { id, patientId, dataType, series, reason, detail, state, tries, seenCount } = letter;
  const { firstSeenAt, lastSeenAt, decidedAt, note } = letter;
  const { csrf, zone } = frame;
  return (
    <StaffLayout frame={frame} title={`Dead letter ${id}`} here="dead-letters">
      <div class="wx-head">
        <div>
          <h1>Dead letter {id}</h1>
          <p class="wx-2">
            {meaningOf(reason)} <a href={adminPaths.deadLetters}>All dead letters</a>
          </p>
        </div>
        <div class="wx-actions">
          {state === 'retried' ? null : (
            <PostForm action={adminPaths.retryLetters} csrf={csrf} hidden={{ id: String(id) }}>
              <button class="btn btn-primary">Retry it</button>
            </PostForm>
          )}
          {state === 'open' ? (
            <a class="btn btn-outline-danger" href={`${adminPaths.discardLetters}?id=${id}`}>
              Discard…
            </a>
          ) : null}
        </div>
      </div>
      <section class="card" aria-label="What is known of it">
        <dl class="card-body wx-kv">
          <Fact term="Patient">
            <a href={`${adminPaths.patients}/${patientId}`}>{patientId}</a>
          </Fact>
          <Fact term="Data type">{plainType(dataType)}</Fact>
          <Fact term="Read from">{series.slice(0, 60)}</Fact>
          <Fact term="Reason">
            {reason} ({detail})
          </Fact>
          <Fact term="Seen">
            <Time at={firstSeenAt} zone={zone} as={dayAndTime} />
            {seenCount === 1 ? null : (
              <>
                , and {counted(seenCount - 1, 'time')} again, last{' '}
                <Time at={lastSeenAt} zone={zone} as={dayAndTime} />
              </>
            )}
          </Fact>
          <Fact term="State">
            {state}, {tries === 0 ? 'not tried again' : `tried again ${counted(tries, 'time')}`}
          </Fact>
          {decidedAt === null ? null : (
            <Fact term="Decided">
              <Time at={decidedAt} zone={zone} as={dayAndTime} />
              {note === null ? null : `: ${note}`}
            </Fact>
          )}
        </dl>
      </section>
      <section class="card overflow-hidden" aria-labelledby="original-h">
        <div class="card-header">
          <h2 id="original-h">The sample</h2>
        </div>
        {original === undefined ? (
          <div class="card-body wx-stack">
            <p class="wx-2">
              It is health data. That you look at it is recorded with your name and the time.
            </p>
            <PostForm action={`${adminPaths.deadLetters}/${id}/original`} csrf={csrf}>
              <button class="btn btn-outline-secondary">Show the sample</button>
            </PostForm>
          </div>
        ) : (
          <pre class="wx-original wx-mono" tabindex={0} aria-label="The sample as it was read">
            {JSON.stringify(original, null, 2)}
          </pre>
        )}
      </section>
    </StaffLayout>
  );
}
