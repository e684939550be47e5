import type { ErasureProgress } from '../workflows/erasure-contract.js';
import type { Task } from './components/tasks.js';

/** What an erasure does one after the other: two of them at once, since Open Wearables may be away. */
export type ErasureSteps = Readonly<Record<'stopped' | 'removed' | 'there' | 'checked', Task['state']>>;

const STAGES = ['withdrawing', 'stopping', 'removing', 'checking', 'ended'] as const;

/** How far each step is; undefined: nothing runs, or Temporal does not answer. */
export function erasureSteps(progress: ErasureProgress | undefined): ErasureSteps {
  const now = progress === undefined ? -1 : STAGES.indexOf(progress.stage);
  const state = (first: number, last: number) => (now > last ? 'done' : now >= first ? 'busy' : 'waiting');
  const hasAnswered = progress !== undefined && progress.openWearables !== null;
  return {
    stopped: state(0, 1),
    removed: state(2, 2),
    there: hasAnswered ? 'done' : state(2, 2),
    checked: state(3, 3),
  };
}
