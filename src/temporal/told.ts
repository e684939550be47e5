import type { WorkflowClientInterceptor } from '@temporalio/client';
import { isFields } from '../omh/fields.js';
import { began, type Trigger } from '../workflows/search-attributes.js';
import { siteMemo, wayBack } from '../workflows/way-back.js';

/** Where the pages are that a run's own page in Temporal leads back to, and which studies a patient takes part in. */
export interface Surroundings {
  readonly siteUrl: string;
  readonly studiesOf: (patientId: number) => Promise<readonly number[]>;
}

/** Gives what the program starts its search attributes and its way back, from the ids and codes of the input. */
export function telling(surroundings: Surroundings): WorkflowClientInterceptor {
  const tell = (type: string, args: readonly unknown[] = [], signalArgs: readonly unknown[] = []) =>
    toldOf(surroundings, type, fieldsOf(args[0]), fieldsOf(signalArgs[0]));
  return {
    async startWithDetails(input, next) {
      const told = await tell(input.workflowType, input.options.args);
      return next({ ...input, options: { ...input.options, ...told } });
    },
    async signalWithStart(input, next) {
      const told = await tell(input.workflowType, input.options.args, input.signalArgs);
      return next({ ...input, options: { ...input.options, ...told } });
    },
    async startUpdateWithStart(input, next) {
      const told = await tell(input.workflowType, input.workflowStartOptions.args);
      return next({ ...input, workflowStartOptions: { ...input.workflowStartOptions, ...told } });
    },
  };
}

type Input = Readonly<Record<string, unknown>>;

const triggers: Readonly<Record<string, (input: Input, signal: Input) => Trigger>> = {
  onboarding: () => 'invitation',
  connect: () => 'patient',
  freshLink: () => 'patient',
  pollPatient: ({ pollId }) => (pollId === 'webhook' || pollId === 'operator' ? pollId : 'connect'),
  backfill: (_, { awaitHistoryOf }) => (awaitHistoryOf === undefined ? 'operator' : 'connect'),
  reconcile: () => 'operator',
  erasure: ({ askedAs }) => (askedAs === 'patient' || askedAs === 'manager' ? askedAs : 'operator'),
  disconnect: ({ asked }) => (asked === true ? 'patient' : 'consent'),
};

async function toldOf({ siteUrl, studiesOf }: Surroundings, type: string, input: Input, signal: Input) {
  const because = triggers[type];
  if (because === undefined) return {};
  const patientId = typeof input['patientId'] === 'number' ? input['patientId'] : undefined;
  const maker = input['provider'] ?? signal['awaitHistoryOf'];
  // A run matters more than that it is found by its study.
  const studyIds = patientId === undefined ? [] : await studiesOf(patientId).catch(() => []);
  const memo = siteMemo(siteUrl);
  return {
    memo: { ...memo },
    // An erased patient has no page any more.
    staticDetails: wayBack(memo, type === 'erasure' ? undefined : patientId),
    typedSearchAttributes: began(because(input, signal), {
      studyIds,
      ...(patientId === undefined ? {} : { patientId }),
      ...(typeof maker === 'string' ? { provider: maker } : {}),
    }),
  };
}

function fieldsOf(value: unknown): Input {
  return isFields(value) ? value : {};
}
