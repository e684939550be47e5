import { setCurrentDetails, setHandler } from '@temporalio/workflow';
import { stageQuery } from './contract.js';

/** Tells where a run is, as details in Temporal's UI and as the query `progress`; answers what tells the next stage. */
export function stages(first: string): (next: string) => void {
  let now = first;
  setHandler(stageQuery, () => now);
  const tell = (next: string) => {
    now = next;
    setCurrentDetails(next);
  };
  tell(first);
  return tell;
}
