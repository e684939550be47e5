import { Command } from 'commander';
import type { Check } from '../health/judge.js';
import { table, type Output } from './output.js';
import { commandConfig, EXIT, outputOf } from './run.js';

export function statusCommand(): Command {
  const command = new Command('status').description(
    'is all well, in one screen: what is wrong, and what to do',
  );
  return command.action(async () => {
    const { openHealth } = await import('./open-health.js');
    const open = await openHealth(await commandConfig());
    try {
      const { isWell, checks, facts } = await open.health.look();
      const output = outputOf(command);
      tellChecks(output, checks);
      output.result({ isWell, at: facts.at, checks });
      if (!isWell) process.exitCode = EXIT.attention;
    } finally {
      await open.close();
    }
  });
}

/** A line for each check, what each trouble means and what to do about it, and the sum. */
export function tellChecks(
  output: Output,
  checks: readonly (Pick<Check, 'ok' | 'says' | 'means' | 'next'> & { readonly part: string })[],
): void {
  for (const line of table(checks.map(({ ok, part, says }) => [ok ? 'ok  ' : 'LOOK', part, says])))
    output.line(line);
  for (const { part, means, next } of checks) {
    if (next === null) continue;
    output.line();
    output.line(means === null ? `${part}:` : `${part}: ${means}`);
    output.line(`  ${next}`);
  }
  const wrong = checks.filter(({ ok }) => !ok).length;
  const sum = wrong === 1 ? '1 needs a look.' : `${wrong} need a look.`;
  output.line();
  output.line(wrong === 0 ? 'All is well.' : sum);
}
