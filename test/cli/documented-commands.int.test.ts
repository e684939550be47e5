import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { verifyChain } from '../../src/audit/verify.js';
import { createSecretBox } from '../../src/secret-box.js';
import { commandGiven } from '../helpers/command.js';
import { agreedPatient, OURA } from '../helpers/connected-patient.js';
import { openDesk } from '../helpers/dead-letters.js';
import { shownSample } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { notCommands, staysUp } from '../house/command-runs.js';
import { documentedCommands, saysMore, wordsOf } from '../house/documented-commands.js';

vi.setConfig({ testTimeout: 60_000 });

const NEW_ACCOUNT = 'olga@example.org';
const PASSWORD = 'violet-otter-crosses-1947';

let world: TestWorld;
/** What stands where documents leave something to the reader. */
const values = new Map<string, string>([
  ['KEY', 'ow.lookback_hours'],
  ['VALUE', '24'],
  ['YOU', NEW_ACCOUNT],
  ['EMAIL', NEW_ACCOUNT],
  ['NAME', 'Olga'],
  ['TEXT', 'looked into'],
  ['EVENT', '1'],
]);

beforeAll(async () => {
  world = await startTestWorld();
  const { app, sandbox } = world;
  const patient = await agreedPatient({ ...app, sandbox });
  sandbox.control.connect(patient.owUserId, OURA.provider);
  values.set('40001', String(patient.id));
  const desk = openDesk({ sql: app.sql, secretBox: createSecretBox(app.config.SECRET_KEY) });
  const [letter = 0] = await desk.refuse(patient.id, {
    record: shownSample({ value: 'sixty-one' }),
    reason: 'bad-number',
  });
  values.set('17', String(letter));
  const { end } = await verifyChain(app.sql, {});
  values.set('LINE', `${end.id}:${end.hash.toString('hex')}`);
});
afterAll(async () => {
  await world.close();
});

/** What is typed after these. */
const typed = (line: string) => {
  if (line.startsWith('settings set ow.api_key')) return world.sandbox.apiKey;
  if (line.startsWith('settings set ow.webhook_secret')) return `whsec_${'A'.repeat(32)}`;
  return PASSWORD;
};

/** These say that there is nothing to be done, or ask for more where nobody can be asked. */
const refusals: Readonly<Record<string, RegExp>> = {
  'audit acknowledge EVENT --note TEXT': /the audit trail is not broken at event/,
  'patients erase 40001': /this cannot be undone: say --yes/,
  'patients erasure 40001': /there is no erasure of a patient/,
};

/** Every line once, whatever its figures; of a command by itself every-command.int.test.ts is enough. */
const lines = new Map(
  documentedCommands().flatMap(({ line }) => {
    const words = wordsOf(line) ?? [];
    const isLeftOut = notCommands.includes(line) || (words[0] ?? '') in staysUp || !saysMore(words);
    return isLeftOut ? [] : [[words.join(' ').replace(/\d+$/, 'N'), words.join(' ')]];
  }),
);

it.each([...lines.values()])('%s', async (line) => {
  const words = line.split(' ').map((word) => values.get(word) ?? word);
  const { code, errors } = await commandGiven(typed(line), world, ...words);
  const refusal = refusals[line];
  if (refusal === undefined) expect([0, 3], errors).toContain(code);
  else expect(errors).toMatch(refusal);
});
