import { StillStuck } from '../../components/contact.js';
import { Icon } from '../../components/icon.js';
import { Log, type LogStep } from '../../components/log.js';
import type { Texts } from '../../texts/en.js';
import { patientPaths } from '../paths.js';
import { LookAgain } from '../../components/look-again.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';

export interface PreparingTask {
  readonly text: string;
  readonly state: 'done' | 'busy' | 'waiting';
}

export interface PreparingProps {
  readonly frame: PatientFrame;
  readonly tasks: readonly PreparingTask[];
  readonly log: readonly LogStep[];
  /** Seconds until the page looks again. */
  readonly refreshSeconds: number;
}

/** While the onboarding gets ready: moves on by itself. */
export function PreparingPage({ frame, tasks, log, refreshSeconds }: PreparingProps) {
  const { preparing } = frame.texts;
  return (
    <PatientLayout
      frame={frame}
      title={preparing.title}
      place={{ step: 1, state: 'now' }}
      again={{ seconds: refreshSeconds }}
    >
      <div class="wx-state">
        <section class="card w-100" aria-labelledby="preparing-h">
          <div class="card-body wx-stack-l">
            <div class="d-flex gap-3 align-items-center">
              <span class="wx-spin" aria-hidden="true" />
              <div>
                <h1 id="preparing-h">{preparing.title}</h1>
                <p class="wx-2" role="status">
                  {preparing.usually} <span class="wx-scripted">{preparing.byItself}</span>
                </p>
              </div>
            </div>
            <ul class="wx-todo" id="preparing-now" data-live="">
              {tasks.map((task) => (
                <Task task={task} texts={frame.texts} />
              ))}
            </ul>
            <p class="wx-s wx-2">{preparing.mayClose}</p>
            <LookAgain at={patientPaths.preparing} texts={frame.texts} />
          </div>
        </section>
        {frame.contact === undefined ? null : <StillStuck contact={frame.contact} texts={frame.texts} />}
        <div class="w-100">
          <Log steps={log} reader={frame} reference={frame.contact?.reference} />
        </div>
      </div>
    </PatientLayout>
  );
}

const taskLooks = {
  done: { class: 'is-ok', said: 'done', mark: <Icon name="check-circle-fill" /> },
  busy: { class: 'is-busy', said: 'beingDone', mark: <span class="wx-spin is-s" aria-hidden="true" /> },
  waiting: { class: undefined, said: 'toCome', mark: <Icon name="circle" /> },
} as const;

function Task({ task, texts }: { readonly task: PreparingTask; readonly texts: Texts }) {
  const look = taskLooks[task.state];
  return (
    <li class={look.class}>
      <span>{look.mark}</span>
      <div>
        {task.text}
        <span class="visually-hidden">{texts.shell[look.said]}</span>
      </div>
    </li>
  );
}
