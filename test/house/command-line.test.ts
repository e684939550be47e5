import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { firstCells, textOf } from './documents.js';

const program = await createProgram();
const readme = textOf('README.md');
const table = firstCells(readme.split('## Command line')[1]?.split('\n## ')[0] ?? '');

/** Follows words as the command line does; undefined where they lead nowhere. */
function findCommand(words: readonly string[]): Command | undefined {
  return words.reduce<Command | undefined>(
    (command, word) => command?.commands.find((candidate) => candidate.name() === word),
    program,
  );
}

/** `settings list\|get` names two commands; what is not a lower-case word is an argument. */
function commandsOf(cell: string): string[][] {
  const words = cell.split(' ').filter((_, index, all) => all.slice(0, index + 1).every(isCommandWord));
  const last = words.at(-1)?.split('\\|') ?? [];
  return last.map((word) => [...words.slice(0, -1), word]);
}

function isCommandWord(word: string): boolean {
  return /^[a-z-]+(\\\|[a-z-]+)*$/.test(word) && !word.startsWith('-');
}

describe('the command line of README', () => {
  it('names every command there is', () => {
    const named = new Set(table.flatMap(commandsOf).map(([name]) => name));
    expect([...named].sort()).toEqual(program.commands.map((command) => command.name()).sort());
  });

  it.each(table)('%s exists, with the options it shows', (cell) => {
    for (const words of commandsOf(cell)) {
      const command = findCommand(words);
      expect(command, words.join(' ')).toBeDefined();
      const known = command?.options.map(({ long }) => long) ?? [];
      expect(known).toEqual(
        expect.arrayContaining([...cell.matchAll(/--[a-z-]+/g)].map(([option]) => option)),
      );
    }
  });

  it('shows only commands that exist in its examples', () => {
    const pages = [readme, textOf('docs/operations.md')].join('\n');
    const examples = [...pages.matchAll(/npm run cli -- ([a-z-]+(?: [a-z][a-z-]*)?)/g)].map(
      ([, words]) => words ?? '',
    );
    expect(examples.length).toBeGreaterThan(0);
    for (const words of examples.map((example) => example.split(' '))) {
      const command = findCommand(words.slice(0, 1));
      expect(command, words.join(' ')).toBeDefined();
      if (command && command.commands.length > 0 && command.registeredArguments.length === 0)
        expect(words.length === 1 || findCommand(words) !== undefined, words.join(' ')).toBe(true);
    }
  });
});

describe('the npm scripts of README', () => {
  it('exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});
