import type { WaitingReason } from '../../../../db/dead-letters.js';
import { PostForm } from '../../../components/post-form.js';
import { Time } from '../../../components/time.js';
import { counted, inWords } from '../../../components/words.js';
import { adminPaths } from '../../paths.js';
import { meaningOf, plainType } from './letter-words.js';
import { dayAndTime } from './times.js';

interface ReasonsProps {
  readonly reasons: readonly WaitingReason[];
  readonly csrf: string;
  readonly zone: string;
}

/** What waits, by reason: one decision for all of a kind. */
export function LetterReasons({ reasons, csrf, zone }: ReasonsProps) {
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <section class="card overflow-hidden" aria-labelledby="reasons-h">
      <div class="card-header">
        <h2 id="reasons-h">By reason</h2>
        <span class="wx-s wx-2">{counted(total, 'record')}</span>
      </div>
      <ul class="wx-list is-ruled">
        {reasons.map((waiting) => (
          <li class="wx-row">
            <div class="wx-grow">
              <strong>{meaningOf(waiting.reason)}</strong>
              <p class="wx-s wx-2">
                {counted(waiting.count, 'record')} of {counted(waiting.patients, 'patient')} ·{' '}
                {inWords(waiting.dataTypes.map(plainType))} · first{' '}
                <Time at={waiting.firstSeenAt} zone={zone} as={dayAndTime} />
              </p>
            </div>
            <div class="wx-actions">
              <PostForm action={adminPaths.retryLetters} csrf={csrf} hidden={{ reason: waiting.reason }}>
                <button class="btn btn-outline-secondary btn-sm">
                  {waiting.count === 1 ? 'Retry it' : `Retry all ${waiting.count}`}
                  <span class="visually-hidden">: {meaningOf(waiting.reason)}</span>
                </button>
              </PostForm>
              <a
                class="btn btn-outline-danger btn-sm"
                href={`${adminPaths.discardLetters}?reason=${encodeURIComponent(waiting.reason)}`}
              >
                Discard…<span class="visually-hidden"> {meaningOf(waiting.reason)}</span>
              </a>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
