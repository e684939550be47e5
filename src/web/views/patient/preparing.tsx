import { StillStuck } from '../../components/contact.js';
import { Log, type LogStep } from '../../components/log.js';
import { patientPaths } from '../paths.js';
import { LookAgain } from '../../components/look-again.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { type Task, Tasks } from '../../components/tasks.js';

export interface PreparingProps {
  readonly frame: PatientFrame;
  readonly tasks: readonly Task[];
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
            <Tasks id="preparing-now" tasks={tasks} texts={frame.texts} />
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
