import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createSecretBox } from '../../src/secret-box.js';
import { command } from '../helpers/command.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { openDesk } from '../helpers/dead-letters.js';
import { resting } from '../helpers/operator.js';
import { hoursAgo, shownSample } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 60_000 });

const PLANTED = 'sixty-one point 375';
let world: TestWorld;
let patient: TestPatient;
let good: number;
let bad: number;
let unzoned: number;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  const { app, sandbox } = world;
  patient = await agreedPatient({ ...app, sandbox });
  const desk = openDesk({ sql: app.sql, secretBox: createSecretBox(app.config.SECRET_KEY) });
  const at = (hours: number) => hoursAgo(hours).toISOString();
  [good = 0, bad = 0, unzoned = 0] = await desk.refuse(
    patient.id,
    { record: shownSample({ timestamp: at(1) }) },
    { record: shownSample({ timestamp: at(2), value: PLANTED }), reason: 'bad-number' },
    { record: shownSample({ timestamp: '2026-04-09T08:30:00' }), reason: 'no-time-zone' },
  );
});
afterAll(async () => {
  await world.close();
});

const letters = (...words: readonly (string | number)[]) =>
  command(world, 'dead-letters', ...words.map(String));
const parsed = (lines: readonly string[]): unknown => JSON.parse(lines.join('\n'));

it('status tells how many are open, by reason, and asks for a look', async () => {
  const { lines, code } = await command(world, 'status');
  expect(lines.find((line) => line.includes('dead letters'))).toMatch(
    /^LOOK {2}dead letters\s+3 open: 1 bad-number, 1 bad-time, 1 no-time-zone$/,
  );
  expect({ last: lines.at(-1), code }).toEqual({ last: '2 need a look.', code: 3 });
});

it('the list has the newest first, page by page, and no value', async () => {
  const first = await letters('list', '--limit', 2);
  expect(first.lines[0]).toMatch(/^id +patient +data type +series +reason +detail +seen +first +last$/);
  expect(first.lines[1]).toMatch(
    new RegExp(`^${unzoned} +${patient.id} +heart_rate +heart_rate +no-time-zone +timestamp +1 +20`),
  );
  expect(first.lines.at(-1)).toBe(`More: --before ${bad}`);
  const second = await letters('list', '--limit', 2, '--before', bad, '--json');
  expect(parsed(second.lines)).toMatchObject({ letters: [{ id: good }], next: null });
  expect(first.lines.join('') + second.lines.join('')).not.toContain('375');
  expect(first.code).toBe(0);
});

it('the list may be of one patient, reason and state', async () => {
  const few = await letters('list', '--patient', patient.id, '--reason', 'bad-number', '--json');
  expect(parsed(few.lines)).toMatchObject({ letters: [{ id: bad }] });
  const none = await letters('list', '--patient', 1, '--json');
  expect(parsed(none.lines)).toEqual({ letters: [], next: null });
  const discarded = await letters('list', '--state', 'discarded', '--json');
  expect(parsed(discarded.lines)).toEqual({ letters: [], next: null });
});

it('one is shown with what its reason means, and its sample only to a known account', async () => {
  const plain = await letters('show', bad);
  expect(plain.lines.join('\n')).toContain('A field is not a finite number');
  expect(plain.lines.join('\n')).not.toContain('375');
  const nobody = await letters('show', bad, '--original');
  expect(nobody).toMatchObject({ code: 2, lines: [''] });
  expect(nobody.errors).toContain('say whose eyes it is for: --by EMAIL');
  const open = await letters('show', bad, '--original', '--by', 'manager_mary@example.com', '--json');
  expect(parsed(open.lines)).toMatchObject({ id: bad, original: { value: PLANTED } });
  expect(open.errors).toContain(`"event":"dead letter viewed","deadLetterId":${bad},"by":10002`);
  expect(open.errors).not.toContain('375');
  expect(await world.app.sql`select dead_letter_id, viewed_by from dead_letter_views`).toEqual([
    { dead_letter_id: bad, viewed_by: 10002 },
  ]);
});

it('those that are retried are told with what became of each', async () => {
  const some = await letters('retry', good, bad, 999_999);
  expect(some.lines).toEqual([
    expect.stringMatching(new RegExp(`^${bad} +refused again +bad-number +value$`)),
    expect.stringMatching(new RegExp(`^${good} +retried and stored$`)),
    '1 retried and stored',
    '1 refused again',
    'not open, or no dead letters: 999999',
  ]);
  expect(some.code).toBe(3);
  const all = await letters('retry', '--all', '--json');
  expect(parsed(all.lines)).toMatchObject({ created: 0, rejected: 2 });
  const nothing = await letters('retry', '--reason', 'unknown-shape');
  expect(nothing).toEqual({ code: 0, lines: ['Nothing waits to be retried.'], errors: '' });
});

it('those that are discarded are no longer told of', async () => {
  const { lines, code } = await letters(
    ...([
      'discard',
      bad,
      unzoned,
      '--note',
      'the ring was broken',
      '--by',
      'manager_mary@example.com',
    ] as const),
  );
  expect({ lines, code }).toEqual({ lines: ['2 discarded'], code: 0 });
  const { lines: shown } = await letters('show', bad);
  expect(shown.join('\n')).toMatch(/state +discarded[^]*by account 10002\nnote +the ring was broken/);
  const { lines: status } = await command(world, 'status');
  expect(status.find((line) => line.includes('dead letters'))).toMatch(/^ok {4}dead letters +none is open$/);
});

it.each([
  [['retry'], /give either ids, --reason or --all/],
  [['retry', '1', '--all'], /give either ids, --reason or --all/],
  [['list', '--reason', 'unheard-of'], /Allowed choices are not-an-object/],
  [['discard', '1'], /required option '--note <text>'/],
  [['discard', '1', '--note', ' '], /the note is empty/],
  [['retry', 'one'], /must be a whole number/],
] as const)('%j is used wrongly', async (words, why) => {
  const { code, errors } = await letters(...words);
  expect(errors).toMatch(why);
  expect(code).toBe(2);
});
