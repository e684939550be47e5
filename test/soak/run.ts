import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startChaosWorld } from '../chaos/world.js';
import { excesses, told } from './report.js';
import { soak } from './soak.js';

/** `npm run soak -- --minutes N [--patients 1000] [--seed S] [--json FILE]`; exit code 1: a limit is broken. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      patients: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const world = await startChaosWorld();
  try {
    const result = await soak(world, {
      ...{
        minutes: Number(values.minutes),
        patients: Number(values.patients),
        seed: Number(values.seed),
        say,
      },
    });
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
    say(told(result));
    if (excesses(result).length > 0) process.exitCode = 1;
  } finally {
    await world.close();
  }
}

await main();
