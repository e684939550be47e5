import type { Connection, WorkflowClientInterceptor } from '@temporalio/client';
import { NamedError } from '../errors.js';
import { isFields } from '../omh/fields.js';
import {
  began,
  outcome,
  patientRef,
  provider,
  startedBy,
  type Trigger,
} from '../workflows/search-attributes.js';

/** All of type Keyword. */
export const searchAttributeNames = [patientRef, provider, startedBy, outcome].map(({ name }) => name);

/** IndexedValueType KEYWORD of temporal.api.enums.v1. */
const KEYWORD = 2;

/**
 * Registers what is missing of our search attributes; throws NamedError `SearchAttributesMissing`, which says how an
 * administrator adds them, where Temporal does not let us.
 */
export async function ensureSearchAttributes(
  { operatorService }: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<void> {
  const missing = async () => {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    return searchAttributeNames.filter((name) => !(name in customAttributes));
  };
  const names = await missing();
  if (names.length === 0) return;
  const searchAttributes = Object.fromEntries(names.map((name) => [name, KEYWORD]));
  await operatorService.addSearchAttributes({ namespace, searchAttributes }).catch(async (cause: unknown) => {
    // Another process that starts at the same moment may have added them.
    const left = await missing();
    if (left.length === 0) return;
    const command = left.map((name) => `--name ${name} --type Keyword`).join(' ');
    throw new NamedError(
      'SearchAttributesMissing',
      `Temporal lacks search attributes and does not let us add them: temporal operator search-attribute create --namespace ${namespace} ${command}`,
      { cause },
    );
  });
}

/** Gives what the program starts its search attributes, from the ids and codes of the input. */
export const searchable: WorkflowClientInterceptor = {
  startWithDetails(input, next) {
    return next({
      ...input,
      options: { ...input.options, ...attributesOf(input.workflowType, input.options.args) },
    });
  },
  signalWithStart(input, next) {
    const attributes = attributesOf(input.workflowType, input.options.args, input.signalArgs);
    return next({ ...input, options: { ...input.options, ...attributes } });
  },
};

type Input = Readonly<Record<string, unknown>>;

const triggers: Readonly<Record<string, (input: Input, signal: Input) => Trigger>> = {
  onboarding: () => 'invitation',
  connect: () => 'patient',
  pollPatient: ({ pollId }) => (pollId === 'webhook' || pollId === 'operator' ? pollId : 'connect'),
  backfill: (_, { awaitHistoryOf }) => (awaitHistoryOf === undefined ? 'operator' : 'connect'),
  reconcile: () => 'operator',
  disconnect: ({ asked }) => (asked === true ? 'patient' : 'consent'),
};

function attributesOf(type: string, args: readonly unknown[] = [], signalArgs: readonly unknown[] = []) {
  const because = triggers[type];
  if (because === undefined) return {};
  const [input, signal] = [fieldsOf(args[0]), fieldsOf(signalArgs[0])];
  const { patientId, provider: maker } = input;
  return {
    typedSearchAttributes: began(because(input, signal), {
      ...(typeof patientId === 'number' ? { patientId } : {}),
      ...(typeof maker === 'string' ? { provider: maker } : {}),
    }),
  };
}

function fieldsOf(value: unknown): Input {
  return isFields(value) ? value : {};
}
