import { Icon } from '../../components/icon.js';
import { Log, type LogStep } from '../../components/log.js';
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
  return (
    <PatientLayout
      frame={frame}
      title="Preparing your pages"
      place={{ step: 1, state: 'now' }}
      refreshSeconds={refreshSeconds}
    >
      <div class="wx-state">
        <section class="card w-100" aria-labelledby="preparing-h">
          <div class="card-body wx-stack-l">
            <div class="d-flex gap-3 align-items-center">
              <span class="wx-spin" aria-hidden="true" />
              <div>
                <h1 id="preparing-h">Preparing your pages</h1>
                <p class="wx-2" role="status">
                  Usually a few seconds. This page moves on by itself.
                </p>
              </div>
            </div>
            <ul class="wx-todo">
              {tasks.map((task) => (
                <Task task={task} />
              ))}
            </ul>
            <p class="wx-s wx-2">You may close this page. Your place is kept.</p>
          </div>
        </section>
        <div class="w-100">
          <Log steps={log} zone={frame.zone} reference={frame.contact?.reference} />
        </div>
      </div>
    </PatientLayout>
  );
}

const taskLooks = {
  done: { class: 'is-ok', said: ' (done)', mark: <Icon name="check-circle-fill" /> },
  busy: { class: 'is-busy', said: ' (being done)', mark: <span class="wx-spin is-s" aria-hidden="true" /> },
  waiting: { class: undefined, said: ' (to come)', mark: <Icon name="circle" /> },
} as const;

function Task({ task }: { readonly task: PreparingTask }) {
  const look = taskLooks[task.state];
  return (
    <li class={look.class}>
      <span>{look.mark}</span>
      <div>
        {task.text}
        <span class="visually-hidden">{look.said}</span>
      </div>
    </li>
  );
}
