import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { LoggedRequest } from '../../dev/open-wearables/request-log.js';
import type { ReconcileFinding, ReconcileRequest } from '../../src/workflows/contract.js';
import type { Reader } from './reader.js';

type Reconcile = (request: ReconcileRequest) => Promise<ReconcileFinding>;

/** What one run does for a patient, without Temporal; `progress` is what an attempt before it left. */
export async function reconcilePatient(
  { activities }: Reader,
  request: ReconcileRequest,
  progress?: unknown,
): Promise<ReconcileFinding> {
  return environmentAfter(progress).run<[ReconcileRequest], ReconcileFinding, Reconcile>(
    (asked) => activities.reconcilePatient(asked),
    request,
  );
}

/** A run of which one request to Open Wearables fails; answers the progress that the Temporal server would keep. */
export async function breakingOff(
  { activities, sandbox }: Reader,
  request: ReconcileRequest,
  failing: (request: LoggedRequest) => boolean,
): Promise<unknown> {
  const environment = environmentAfter(undefined);
  let progress: unknown;
  environment.on('heartbeat', (details: unknown) => {
    progress = details;
  });
  sandbox.control.faults.failNext({ path: requestsThat(sandbox, failing) }, { status: 500 });
  const failure = await environment
    .run<[ReconcileRequest], ReconcileFinding, Reconcile>(
      (asked) => activities.reconcilePatient(asked),
      request,
    )
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  if (failure === undefined) throw new Error('the attempt went through');
  return progress;
}

/** A path that matches by the whole request, which is written down before a fault is looked for. */
export function requestsThat(
  { control }: Reader['sandbox'],
  fit: (request: LoggedRequest) => boolean,
): RegExp {
  return Object.assign(/./, {
    test: () => {
      const request = control.requests.at(-1);
      return request !== undefined && fit(request);
    },
  });
}

export function isCount({ query }: LoggedRequest): boolean {
  return query['limit']?.[0] === '1' && query['start_time']?.[0] !== EARLIEST;
}

/** Where the question for anything older begins, which is no count. */
const EARLIEST = '2000-01-01T00:00:00Z';

function environmentAfter(progress: unknown): MockActivityEnvironment {
  return new MockActivityEnvironment({ heartbeatDetails: progress }, { logger: new DefaultLogger('ERROR') });
}
