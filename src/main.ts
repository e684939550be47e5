#!/usr/bin/env node
import { CommanderError } from 'commander';
import { createProgram } from './cli/program.js';
import { EXIT } from './cli/run.js';
import { errorName, NamedError } from './errors.js';

async function main(): Promise<void> {
  try {
    const program = await createProgram(process.argv.slice(2));
    await program.parseAsync();
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode === 0 ? 0 : EXIT.usage;
      return;
    }
    const text = thrown instanceof NamedError ? thrown.message : `unexpected error (${errorName(thrown)})`;
    process.stderr.write(`error: ${text}\n`);
    process.exitCode =
      thrown instanceof NamedError && thrown.name === 'UsageWrong' ? EXIT.usage : EXIT.failed;
  }
}

await main();
