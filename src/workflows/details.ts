import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { toldTo } from './way-back.js';

/**
 * Shows where a long run is. One that continues another tells the way back as well, since Temporal drops what was said
 * at the start.
 */
export function tellDetails(words: string, patientId?: number): void {
  const { memo, continuedFromExecutionRunId } = workflowInfo();
  const back = continuedFromExecutionRunId === undefined ? undefined : toldTo(memo, patientId).staticDetails;
  setCurrentDetails(back === undefined ? words : `${words}\n\n${back}`);
}
