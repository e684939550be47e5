import type { Connection } from '@temporalio/client';
import { NamedError } from '../errors.js';
import { outcome, patientRef, provider, startedBy, studyRef } from '../workflows/search-attributes.js';

/** What Temporal's own tool calls each type, and its IndexedValueType of temporal.api.enums.v1. */
const types = {
  KEYWORD: { name: 'Keyword', number: 2 },
  KEYWORD_LIST: { name: 'KeywordList', number: 7 },
} as const;

const wanted = [patientRef, studyRef, provider, startedBy, outcome];

type Operator = Pick<Connection, 'operatorService'>;

/** Our search attributes that this namespace does not have. */
async function missingAttributes({ operatorService }: Operator, namespace: string) {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  return wanted.filter(({ name }) => !(name in customAttributes));
}

/** What an administrator of Temporal runs to add what is missing; undefined when nothing is. */
export async function commandForMissing(
  connection: Operator,
  namespace: string,
): Promise<string | undefined> {
  const missing = await missingAttributes(connection, namespace);
  if (missing.length === 0) return undefined;
  const named = missing.map(({ name, type }) => `--name ${name} --type ${types[type].name}`).join(' ');
  return `temporal operator search-attribute create --namespace ${namespace} ${named}`;
}

/**
 * Registers what is missing of our search attributes; throws NamedError `SearchAttributesMissing`, which says how an
 * administrator adds them, where Temporal does not let us.
 */
export async function ensureSearchAttributes(connection: Operator, namespace: string): Promise<void> {
  const missing = await missingAttributes(connection, namespace);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, types[type].number]));
  await connection.operatorService
    .addSearchAttributes({ namespace, searchAttributes })
    .catch(async (cause: unknown) => {
      // Another process that starts at the same moment may have added them.
      const command = await commandForMissing(connection, namespace);
      if (command === undefined) return;
      throw new NamedError(
        'SearchAttributesMissing',
        `Temporal lacks search attributes and does not let us add them: ${command}`,
        { cause },
      );
    });
}
