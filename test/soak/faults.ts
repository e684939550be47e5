import type { FaultyAnswer } from '../../dev/open-wearables/faults.js';
import type { Sandbox } from '../../dev/open-wearables/sandbox.js';

/** What an answer of Open Wearables may be instead. */
const FAULTS: readonly FaultyAnswer[] = [
  { status: 500, body: 'Internal Server Error', contentType: 'text/plain' },
  { status: 503, body: '' },
  { status: 429, headers: { 'retry-after': '1' } },
  { status: 200, body: '<html>Bad gateway</html>', contentType: 'text/html' },
  { status: 200, body: '{"data":[{"timestamp":' },
  { status: 200, body: '{"data":[', reset: true },
  { status: 200, reset: true },
  { status: 500, delayMs: 2_000 },
];

/** Makes this share of all answers faulty until `clear`; answers how many it were. */
export function beFaulty(sandbox: Sandbox, share: number, chance: () => number): () => number {
  let given = 0;
  for (const answer of FAULTS) {
    const path = Object.assign(/./, {
      test() {
        const isMeant = chance() < share / FAULTS.length;
        if (isMeant) given += 1;
        return isMeant;
      },
    });
    sandbox.control.faults.failNext({ path }, answer, Infinity);
  }
  return () => given;
}
