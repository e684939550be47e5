import { type Place, Stage } from './stage.js';
import { steps } from './steps.js';
import type { Sandbox } from '../open-wearables/sandbox.js';

/** One step of the journey, told as it is done. */
export interface StepReport {
  readonly number: number;
  readonly title: string;
  /** What was seen that shows that the step holds. */
  readonly evidence: string;
}

/** A step that did not hold; the cause says what was expected instead. */
export class StepFailed extends Error {
  constructor(
    readonly number: number,
    readonly title: string,
    cause: unknown,
  ) {
    super(`step ${number} failed: ${title}`, { cause });
  }
}

export interface JourneyOptions {
  readonly world: Place;
  readonly sandbox: Sandbox;
  readonly patientId: number;
  readonly report: (step: StepReport) => void;
}

/**
 * The nine steps of the original system's end-to-end table, for one patient. The schedule rests meanwhile, so that
 * every number is this journey's own. Throws StepFailed.
 */
export async function performJourney({ world, sandbox, patientId, report }: JourneyOptions): Promise<void> {
  const { orchestration } = world.app;
  const stage = await Stage.set(world, sandbox, patientId);
  await orchestration.pauseSchedule('a demonstration counts its own polls');
  try {
    for (const [index, { title, perform }] of steps().entries()) {
      const number = index + 1;
      const evidence = await perform(stage).catch((cause: unknown) => {
        throw new StepFailed(number, title, cause);
      });
      report({ number, title, evidence });
    }
  } finally {
    await stage.letRings('go on');
    await orchestration.resumeSchedule('the demonstration is over');
  }
}
