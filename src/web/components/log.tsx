import type { Reader } from '../texts/reader.js';
import { patientPaths } from '../views/paths.js';
import { Icon } from './icon.js';
import { Time } from './time.js';
import { clockSeconds } from './times.js';
import { figure } from './words.js';

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
  /** Where further lines come from; null: none come. */
  readonly stream?: string | null;
}

/** The Integration Log panel: every step so far, oldest first, opened at the newest. */
export function Log({ steps, reader, reference, stream = patientPaths.log }: LogProps) {
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
        <div
          class="wx-log-body"
          role="log"
          aria-label={log.stepsSoFar}
          tabindex={0}
          data-log-stream={stream === null ? undefined : `${stream}?after=${steps.length}`}
        >
          <ol>
            {steps.map((step) => (
              <LogLine step={step} reader={reader} />
            ))}
          </ol>
        </div>
        {reference === undefined ? null : (
          <div class="wx-log-foot">
            <span>
              {log.reference} <b>{reference}</b>
            </span>
            <button type="button" class="btn btn-sm wx-push wx-scripted" data-copy={log.copied}>
              <Icon name="copy" />
              <span aria-live="polite">{log.copy}</span>
            </button>
          </div>
        )}
      </details>
    </section>
  );
}

/** One line of the log. */
export function LogLine({ step, reader }: { readonly step: LogStep; readonly reader: Reader }) {
  const { at, mark, text, detail } = step;
  return (
    <li class={`is-${mark}`}>
      <Time at={at} zone={reader.zone} locale={reader.locale} as={clockSeconds} />
      <b>{signs[mark]}</b>
      <span>
        {text}
        {detail === undefined ? null : <small>{detail}</small>}
      </span>
    </li>
  );
}

/** How much of the history is read so far: the last line while it is read, replaced by each that follows. */
export function LogProgress({ percent, reader }: { readonly percent: number; readonly reader: Reader }) {
  return (
    <li class="is-busy" data-log-progress>
      <span />
      <b>{signs.busy}</b>
      <span>{reader.texts.log.readBack(figure(percent, reader.locale))}</span>
    </li>
  );
}
