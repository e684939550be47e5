import { workflowInfo, type WorkflowInterceptors } from '@temporalio/workflow';

/** Runs whose task queue begins so have all activities there, or those of the database apart as well. */
export const ONE_QUEUE = 'one-queue';
export const FOUR_QUEUES = 'four-queues';

/** What the workflows' choice of task queues is compared with. */
export const interceptors = (): WorkflowInterceptors => ({
  outbound: [
    {
      scheduleActivity(input, next) {
        const { taskQueue } = workflowInfo();
        const asked = input.options.taskQueue ?? taskQueue;
        const isApart = asked === taskQueue && taskQueue.startsWith(FOUR_QUEUES);
        const given = isApart ? `${taskQueue}-database` : asked;
        const options = { ...input.options, taskQueue: taskQueue.startsWith(ONE_QUEUE) ? taskQueue : given };
        return next({ ...input, options });
      },
    },
  ],
});
