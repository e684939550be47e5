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
  readonly zone: string;
  readonly reference?: string | undefined;
}

/** The Integration Log panel: every step so far, oldest first, opened at the newest. */
export function Log({ steps, zone, reference }: LogProps) {
  return (
    <section class="wx-log" aria-labelledby="log-h">
      <details open>
        <summary>
          <Icon name="terminal" />
          <h2 id="log-h" class="me-auto">
            Integration log
          </h2>
          <Icon name="chevron-down" />
        </summary>
        <div class="wx-log-body" role="log" aria-label="Steps so far" tabindex={0}>
          <ol>
            {steps.map(({ at, mark, text, detail }) => (
              <li class={`is-${mark}`}>
                <Time at={at} zone={zone} as={clockSeconds} />
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
              Reference <b>{reference}</b>
            </span>
          </div>
        )}
      </details>
    </section>
  );
}
