import type { Reader } from '../texts/reader.js';
import { Icon } from './icon.js';
import { Time } from './time.js';
import { clockSeconds } from './times.js';

/** One step of the onboarding as the patient and the support staff read it: past tense, no names, no ids. */
export interface LogStep {
  readonly at: Date;
  readonly mark: 'ok' | 'busy' | 'bad';
  readonly text: string;
  readonly detail?: string | undefined;
}

const signs = { ok: '✓', busy: '›', bad: '✗' } as const;

interface LogProps {
  readonly steps: readonly LogStep[];
  readonly reader: Reader;
  readonly reference?: string | undefined;
}

/** The Integration Log panel: every step so far, oldest first, opened at the newest. */
export function Log({ steps, reader, reference }: LogProps) {
  const { log } = reader.texts;
  return (
    <section class="wx-log" aria-labelledby="log-h">
      <details open>
        <summary>
          <Icon name="terminal" />
          <h2 id="log-h" class="me-auto">
            {log.title}
          </h2>
          <Icon name="chevron-down" />
        </summary>
        <div class="wx-log-body" role="log" aria-label={log.stepsSoFar} tabindex={0}>
          <ol>
            {steps.map(({ at, mark, text, detail }) => (
              <li class={`is-${mark}`}>
                <Time at={at} zone={reader.zone} locale={reader.locale} as={clockSeconds} />
                <b>{signs[mark]}</b>
                <span>
                  {text}
                  {detail === undefined ? null : <small>{detail}</small>}
                </span>
              </li>
            ))}
          </ol>
        </div>
        {reference === undefined ? null : (
          <div class="wx-log-foot">
            <span>
              {log.reference} <b>{reference}</b>
            </span>
          </div>
        )}
      </details>
    </section>
  );
}
