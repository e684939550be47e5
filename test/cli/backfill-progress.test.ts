import { afterEach, expect, it, vi } from 'vitest';
import { follow, showStatus } from '../../src/cli/backfill-progress.js';
import { createOutput } from '../../src/cli/output.js';
import type { BackfillProgress } from '../../src/workflows/contract.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';

afterEach(() => {
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

const running: BackfillProgress = {
  ...NO_COUNTS,
  ...{ state: 'running', percent: 25, windowsDone: 1, windowsTotal: 4, daysDone: 7, daysTotal: 28 },
  ...{ seen: 2000, created: 1500, amended: 3, unchanged: 497, rate: 812.5, eta: '2026-01-31T12:30:00.000Z' },
  ...{ window: null, failure: null, startedAt: '2026-01-31T12:00:00.000Z' },
};
const paused: BackfillProgress = { ...running, state: 'paused', eta: null };
const done: BackfillProgress = { ...running, state: 'done', percent: 100, daysDone: 28, eta: null };
const failed: BackfillProgress = { ...running, state: 'failed', eta: null, failure: 'NotFound' };

/** What is written while a backfill goes through these states. */
async function written(
  { isTTY, json = false, columns = 200 }: { isTTY: boolean; json?: boolean; columns?: number },
  ...states: readonly BackfillProgress[]
): Promise<string> {
  let text = '';
  const write = (more: string) => (text += more);
  const left = [...states];
  const backfillProgress = () => Promise.resolve(left.shift());
  await follow({ backfillProgress }, createOutput(json, write), 1, { isTTY, columns, write });
  return text;
}

it('on a terminal one line is written over, with percent, rows, rate and end in the zone of the operator', async () => {
  vi.stubEnv('TZ', 'Asia/Tokyo');
  const lines = (await written({ isTTY: true }, running, paused, done)).split('\r\x1b[2K');
  expect(lines).toEqual([
    '',
    '[#####...............] running: 25 %, 7 of 28 days, ends 2026-01-31 21:30, 812.5 samples/s, 2000 samples seen, 1500 new, 3 corrected',
    '[#####...............] paused: 25 %, 7 of 28 days, 812.5 samples/s, 2000 samples seen, 1500 new, 3 corrected',
    '[####################] done: 100 %, 28 of 28 days, 812.5 samples/s, 2000 samples seen, 1500 new, 3 corrected\n',
  ]);
});

it('a narrow terminal keeps the line on one row', async () => {
  const lines = (await written({ isTTY: true, columns: 20 }, running, done)).split('\r\x1b[2K');
  expect(Math.max(...lines.map((line) => line.trimEnd().length))).toBe(19);
});

it('in a file only what it waits for and the end are written, without control characters', async () => {
  const lines = (await written({ isTTY: false }, running, running, paused, paused, running, done)).split(
    '\n',
  );
  expect(lines.map((line) => line.split(':')[0])).toEqual(['paused', 'done', '']);
  expect(lines.join()).not.toContain('\x1b');
});

it('with --json only the document is written, also on a terminal', async () => {
  expect(JSON.parse(await written({ isTTY: true, json: true }, running, done))).toEqual(done);
});

it('one that failed says why, and its exit code tells', async () => {
  expect(await written({ isTTY: false }, running, failed)).toMatch(/^failed \(NotFound\): 25 %/);
  expect(process.exitCode).toBe(1);
});

it('the status is told in full, in the zone of the operator', () => {
  vi.stubEnv('TZ', 'America/New_York');
  let text = '';
  const output = createOutput(false, (more) => (text += more));
  const window = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-08T00:00:00.000Z' };
  showStatus(output, 1, { ...running, window });
  expect(text.trimEnd().split('\n')).toEqual([
    'state    running',
    'read     25 %, 7 of 28 days',
    'samples  2000 seen, 1500 new, 3 corrected, 497 unchanged, 0 rejected, 0 not consented, 0 held, 0 retired',
    'pace     ends 2026-01-31 07:30, 812.5 samples/s',
    'window   2025-12-31 19:00 to 2026-01-07 19:00',
    'began    2026-01-31 07:00',
  ]);
});
