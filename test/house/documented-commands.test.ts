import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { blockRuns, type CommandRun, commandRuns, notCommands, staysUp } from './command-runs.js';
import { commandsIn, documentedBlocks, documentedCommands, wordsOf } from './documented-commands.js';
import { root, textOf } from './documents.js';

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> };
const documented = documentedCommands().filter(({ line }) => !notCommands.includes(line));
const ours = documented.filter(({ line }) => wordsOf(line) !== undefined);
const others = documented.filter(({ line }) => wordsOf(line) === undefined && !isPattern(line));
const told = (all: typeof documented) => [...new Set(all.map(({ page, line }) => `${page}: ${line}`))];

/** What documents leave to the reader, where not every value will do. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  ...{ EVENT: '17', ID: '17', PATIENT: '40001' },
  LINE: `17:${'0'.repeat(64)}`,
};

/** `npm run cli -- COMMAND` stands for all of them. */
function isPattern(line: string): boolean {
  return line.endsWith(' COMMAND');
}

/** What runs this command: the row with the longest beginning of it. */
function runOf(line: string, runs = commandRuns): CommandRun | undefined {
  const rows = runs.filter(({ begins }) => line.startsWith(begins));
  return rows.sort((one, other) => other.begins.length - one.begins.length)[0];
}

function expectRun(run: CommandRun | undefined): void {
  expect(run, 'add it to test/house/command-runs.ts').toBeDefined();
  if (run?.by !== undefined) expect(textOf(run.by[0])).toContain(run.by[1]);
}

/** The program takes these words, whatever it would do with them: commands, arguments, options and their values. */
async function misuse(words: readonly string[]): Promise<string | undefined> {
  const program = await createProgram(words);
  quieten(program);
  const filled = words.map((word) => PLACEHOLDERS[word] ?? word);
  const failure: unknown = await program
    .parseAsync(filled, { from: 'user' })
    .catch((thrown: unknown) => thrown);
  return failure instanceof Error ? failure.message : undefined;
}

function quieten(command: Command): void {
  command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  if (Reflect.get(command, '_actionHandler') != null) command.action(() => undefined);
  command.commands.forEach(quieten);
}

describe('every command of the documents', () => {
  it('is found: those in blocks, in lines and in tables', () => {
    const page =
      'One:\n\n    npm test        # all\n\n| `audit verify` | `poll` |\n\n```sql\nselect 1\n```\n';
    expect(commandsIn(page)).toEqual(['npm test', 'audit verify']);
    expect(documented.length).toBeGreaterThan(100);
  });

  it.each(told(others))('%s: something runs it, or it is said why nothing can', (each) => {
    const line = each.slice(each.indexOf(': ') + 2);
    expectRun(runOf(line));
  });

  it.each(documentedBlocks())('the block %s ...: likewise', (first) => {
    expectRun(runOf(first, blockRuns));
  });

  it.each(Object.entries(staysUp))('%s stays up, and is run elsewhere', (_, by) => {
    expectRun({ begins: '', by });
  });

  it('needs each row of that list, and each row says one of the two', () => {
    const used = new Set(others.map(({ line }) => runOf(line)));
    expect(commandRuns.filter((row) => !used.has(row))).toEqual([]);
    const blocks = new Set(documentedBlocks().map((first) => runOf(first, blockRuns)));
    expect(blockRuns.filter((row) => !blocks.has(row))).toEqual([]);
    expect(
      [...commandRuns, ...blockRuns].filter(
        ({ by, because }) => (by === undefined) === (because === undefined),
      ),
    ).toEqual([]);
    const all = documentedCommands().map(({ line }) => line);
    expect(notCommands.filter((line) => !all.includes(line))).toEqual([]);
  });

  it.each(told(ours))('%s: the program takes it', async (each) => {
    const line = each.slice(each.indexOf(': ') + 2);
    const failure = await misuse(wordsOf(line) ?? []);
    // Within a sentence a command may be named without all that it needs.
    if (failure !== undefined)
      expect(failure).toMatch(/^error: missing required argument|^error: required option/);
  });

  it('names only scripts of npm, and files, that are there', () => {
    const lines = documented.map(({ line }) => line);
    const named = lines.flatMap((line) => /^npm run (?:--silent )?([\w:-]+)/.exec(line)?.[1] ?? []);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    const files = lines.flatMap((line) => /^(?:npx tsx )?((?:dev|bench|deploy)\/\S+)/.exec(line)?.[1] ?? []);
    expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
  });
});
