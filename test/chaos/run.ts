import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { playRound, type RoundResult } from './round.js';
import { scriptOf, scriptShape, shortestOf, told, type Script } from './script.js';
import { startChaosWorld, type ChaosWorld } from './world.js';

/** `npm run chaos -- [--rounds N] [--seed S] [--script FILE]`: rounds of the seeds S, S+1, ..., or of one script. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      script: { type: 'string' },
      'shrink-minutes': { type: 'string', default: '10' },
    },
  });
  const world = await startChaosWorld();
  try {
    if (values.script !== undefined) {
      const script = scriptShape.parse(JSON.parse(readFileSync(values.script, 'utf8')));
      const result = await playRound(world, script);
      say(`${values.script}: ${toldResult(result)}`);
      report([result], world);
    } else {
      const first = Number(values.seed);
      const results: RoundResult[] = [];
      for (let seed = first; seed < first + Number(values.rounds); seed += 1) {
        const script = scriptOf(seed);
        const result = await playRound(world, script);
        results.push(result);
        say(`seed ${seed}: ${script.mode}, ${script.steps.length} steps, ${toldResult(result)}`);
        if (result.broken.length > 0) await shrink(world, seed, Number(values['shrink-minutes']));
      }
      report(results, world);
    }
  } finally {
    await world.close();
  }
}

/** Looks for the shortest script that fails, for so many minutes, and prints it. */
async function shrink(world: ChaosWorld, seed: number, minutes: number): Promise<void> {
  say(tellScript(scriptOf(seed)));
  if (minutes === 0) return;
  const { shortest, steps } = await shortestOf(seed, minutes, async (script) => {
    const { broken } = await playRound(world, script);
    return broken.length === 0;
  });
  say(
    shortest === undefined
      ? 'played again, it holds'
      : `the shortest that fails, after ${steps} steps of shrinking (play it with --script FILE):\n${tellScript(shortest)}`,
  );
}

function tellScript(script: Script): string {
  return `${JSON.stringify(script)}\n${script.steps.map((step) => `  ${told(step)}`).join('\n')}`;
}

function toldResult({ recoveryMs, roundMs, broken, observations }: RoundResult): string {
  const times = `${observations} observations, recovered in ${seconds(recoveryMs)}, round ${seconds(roundMs)}`;
  return broken.length === 0 ? `holds, ${times}` : `BROKEN, ${times}\n  ${broken.join('\n  ')}`;
}

function report(results: readonly RoundResult[], world: ChaosWorld): void {
  const recoveries = results.map(({ recoveryMs }) => recoveryMs).sort((a, b) => a - b);
  const broken = results.filter((result) => result.broken.length > 0).length;
  const endings = Object.entries(world.processes).map(([name, { endings: times }]) => `${name} ${times}`);
  say(
    `${results.length} rounds, ${broken} broken; processes that ended by themselves: ${endings.join(', ')}`,
  );
  say(
    `recovery: median ${seconds(recoveries[Math.floor(recoveries.length / 2)])}, worst ${seconds(recoveries.at(-1))}`,
  );
  const warnings = [...world.warnings].sort(([, a], [, b]) => b - a);
  say(`met on the way: ${warnings.map(([warning, times]) => `${times} ${warning}`).join(', ')}`);
  if (broken > 0) process.exitCode = 1;
}

function seconds(ms = NaN): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
