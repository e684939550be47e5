import { ActivityFailure, isCancellation, setCurrentDetails, setHandler, sleep } from '@temporalio/workflow';
import {
  erasureProgressQuery,
  type ErasureInput,
  type ErasureProgress,
  type ErasureResult,
} from './erasure-contract.js';
import { setOutcome } from './outcome.js';
import { lasting, local, parting } from './proxies.js';

const LONGEST_PAUSE_MS = 3_600_000;
const BEGIN: ErasureProgress = { stage: 'withdrawing', consents: 0, runs: 0, rows: 0, openWearables: null };

/**
 * Everything about a patient goes: consents are stopped, what runs is ended, rows are removed here while Open Wearables
 * deletes its own, however long it is away; at the end nothing is left but the tombstone.
 */
export async function erasure(input: ErasureInput): Promise<ErasureResult> {
  let progress = BEGIN;
  setHandler(erasureProgressQuery, () => progress);
  const tell = (next: Partial<ErasureProgress>) => {
    progress = { ...progress, ...next };
    setCurrentDetails(detailsOf(progress));
  };
  const removeRows = async () => {
    for (let isDone = false; !isDone;) {
      const removed = await lasting.removeRecords(input);
      tell({ rows: progress.rows + removed.rows });
      ({ isDone } = removed);
    }
  };
  tell({});
  tell({ consents: await local.withdrawConsents(input), stage: 'stopping' });
  tell({ runs: await local.endRunsOf(input) });
  if (input.askedAs === 'patient') await tellPatient(input);
  tell({ stage: 'removing' });
  const account = async () => {
    const openWearables = await endAccount(input);
    tell({ openWearables });
    return openWearables;
  };
  const [openWearables] = await Promise.all([account(), removeRows()]);
  tell({ stage: 'checking' });
  for (let pause = 1_000; (await lasting.concludeErasure(input, openWearables)) > 0; pause *= 2) {
    // What a read that began before has written meanwhile.
    await removeRows();
    await sleep(Math.min(pause, LONGEST_PAUSE_MS), { summary: 'Nothing more is written meanwhile' });
  }
  const result = { ...progress, openWearables, stage: 'ended' } as const;
  tell(result);
  setOutcome(openWearables === 'remains' ? 'partial' : 'complete');
  return result;
}

/** Whoever is signed in as the patient may not be the patient, who then learns of it; a letter that fails holds up nothing. */
async function tellPatient(input: ErasureInput): Promise<void> {
  try {
    await parting.mailErasure(input);
  } catch (thrown) {
    if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
  }
}

/** An answer that no waiting mends leaves the account to be named in the tombstone. */
async function endAccount(input: ErasureInput) {
  try {
    return await lasting.endAccount(input);
  } catch (thrown) {
    if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
    return 'remains' as const;
  }
}

/** `removing: 5120 rows so far; Open Wearables has not answered yet` */
function detailsOf({ stage, rows, openWearables }: ErasureProgress): string {
  const there =
    openWearables === null ? 'Open Wearables has not answered yet' : `Open Wearables: ${openWearables}`;
  return `${stage}: ${rows} rows so far; ${there}`;
}
