import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, expect, inject, it } from 'vitest';
import { createLogger } from '../../src/logger.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import * as workflows from '../../src/workflows/index.js';

const folder = new URL('../histories/', import.meta.url);
/** Beside those of each shape a folder of each release: `0.1.0/poll.complete`. */
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''));
const typeOf = (name: string) => name.split('/').at(-1)?.split('.')[0];
const textOf = (name: string) => readFileSync(new URL(`${name}.json`, folder), 'utf8');

beforeAll(() => {
  installRuntime(createLogger({ level: 'silent' }));
});

/** Runs today's workflows against what happened then; throws where they would do something else. */
async function replay(json: string): Promise<void> {
  const history = historyFromJSON(JSON.parse(json));
  const workflowId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  if (!workflowId) throw new Error('the history does not begin with a start');
  await Worker.runReplayHistory({ workflowBundle: { code: inject('workflowBundle') } }, history, workflowId);
}

it('every workflow has a recorded history', () => {
  expect([...new Set(names.map(typeOf))].sort()).toEqual(Object.keys(workflows).sort());
});

it.each(names)('the recorded %s goes the same way today', async (name) => {
  await replay(textOf(name));
});

it('a history whose activities came in another order is refused', async () => {
  const [first, second] = ['checkConsent', 'readSamples'];
  const changed = textOf('pollPatient.new-data')
    .replaceAll(`"name": "${first}"`, '"name": "-"')
    .replaceAll(`"name": "${second}"`, `"name": "${first}"`)
    .replaceAll('"name": "-"', `"name": "${second}"`);
  expect(changed).not.toBe(textOf('pollPatient.new-data'));
  await expect(replay(changed)).rejects.toThrow(DeterminismViolationError);
});

it('a history survives the way to JSON and back', () => {
  const history = historyFromJSON(JSON.parse(textOf('connect.connected')));
  expect(historyFromJSON(JSON.parse(historyToJSON(history)))).toEqual(history);
});

it('no recorded history names a person, a measurement or the machine of the recording', () => {
  for (const name of names) {
    const decoded = textOf(name).replace(/"data": "([^"]*)"/g, (_, data: string) =>
      Buffer.from(data, 'base64').toString(),
    );
    expect(decoded, name).not.toMatch(/@example|Demo|stackTrace|"value"|file:|\/(home|root|Users|tmp)\//);
  }
});
