import { expect, it } from 'vitest';
import { createOutput } from '../../src/cli/output.js';
import { paced, watched } from '../../src/cli/progress-bar.js';

const step = (done: number) => ({ done, total: 1000, words: 'patients, 3 failed' });

it('a bar tells how far work is, and with the second look its rate and what is left', () => {
  let now = 0;
  const words = paced(() => now);
  expect(words(step(200))).toBe('[####................] 200 of 1000 patients, 3 failed');
  now = 10_000;
  expect(words(step(400))).toBe('[########............] 400 of 1000 patients, 3 failed, 20/s, 30 s left');
  now = 20_000;
  expect(words(step(202))).toMatch(/, 0\.1\/s, 2 h left$/);
});

it('work without an end that is known has an empty bar', () => {
  expect(paced(() => 0)({ done: 0, total: 0, words: 'patients' })).toBe(
    '[....................] 0 of 0 patients',
  );
});

/** What is written while work runs that is looked at twice. */
async function written(isTTY: boolean, json: boolean): Promise<string> {
  let text = '';
  const write = (more: string) => (text += more);
  let ended: (result: string) => void = () => undefined;
  const work = new Promise<string>((resolve) => (ended = resolve));
  let looks = 0;
  const look = () => {
    looks += 1;
    if (looks === 2) ended('done');
    return looks === 1 ? Promise.reject(new Error('no worker answers yet')) : Promise.resolve(step(500));
  };
  if (!isTTY || json) ended('done');
  expect(await watched(work, look, createOutput(json, write), { isTTY, write })).toBe('done');
  return text;
}

it('on a terminal the line is written over, and gone at the end', async () => {
  expect((await written(true, false)).split('\r\x1b[2K')).toEqual([
    '',
    'begins',
    '[##########..........] 500 of 1000 patients, 3 failed',
    '',
  ]);
});

it('in a file, and with --json, nothing is written', async () => {
  expect(await written(false, false)).toBe('');
  expect(await written(true, true)).toBe('');
});

it('work that fails is told by its failure', async () => {
  const write = () => undefined;
  const work = Promise.reject(new Error('lost'));
  await expect(
    watched(work, () => Promise.resolve(undefined), createOutput(false, write), { isTTY: true, write }),
  ).rejects.toThrow('lost');
});
