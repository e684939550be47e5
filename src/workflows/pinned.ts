import { workflowInfo } from '@temporalio/workflow';

/**
 * Where workers are of versions, a run that is over in minutes ends on the code that began it. Temporal takes no such
 * word from a worker that is of none.
 */
export function pinned(): { versioningBehavior?: 'PINNED' } {
  return workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'PINNED' } : {};
}
