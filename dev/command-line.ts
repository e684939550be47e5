import type { Command } from 'commander';
import { createProgram } from '../src/cli/program.js';

/** docs/command-line.md, from the program itself: every command with its arguments and options. */
export async function renderCommandLine(): Promise<string> {
  const { commands } = await createProgram();
  const doers = commands.flatMap((command) => [command, ...command.commands]).filter(doesSomething);
  const index = doers.map((command) => row(`\`${usage(command)}\``, command.description()));
  const options = doers.map(optionsOf).filter((text) => text !== '');
  return [HEAD, table('command', 'does', index), '## Options\n', ...options].join('\n');
}

const HEAD = `# The command line

Written by \`npx tsx dev/command-line-page.ts\` from the program itself; a test fails when it is out of date.

In the repository \`npm run cli -- COMMAND\`, in an installation \`wearable-exchange COMMAND\`. Every command knows \`--help\`, and
\`--json\`, which prints one JSON document and nothing else. Commands that change something or show a person's data take \`--by\`:
who does it, for the audit trail. A command finds a world that runs in the same folder (\`npm start\`) by itself.

| exit code | means |
| --- | --- |
| 0 | done |
| 1 | failed; the last line says why |
| 2 | used wrongly: a command, an option or a value that does not exist |
| 3 | done, and something needs attention |

## Commands
`;

/** What the head has told of already. */
const OF_ALL = ['--json', '--help', '--by'];

function doesSomething(command: Command): boolean {
  return Reflect.get(command, '_actionHandler') != null;
}

function optionsOf(command: Command): string {
  const own = command.options.filter(({ long }) => !OF_ALL.includes(long ?? ''));
  if (own.length === 0) return '';
  const rows = own.map(({ flags, description, defaultValue }) =>
    row(`\`${flags}\``, defaulted(description, defaultValue)),
  );
  return `### \`${usage(command)}\`\n\n${table('option', 'is', rows)}`;
}

function table(left: string, right: string, rows: readonly string[]): string {
  return `| ${left} | ${right} |\n| --- | --- |\n${rows.join('')}`;
}

function row(name: string, does: string): string {
  return `| ${name.replaceAll('|', '\\|')} | ${does.replaceAll('|', '\\|')} |\n`;
}

/** The words of a command and its arguments: \`settings set <key> [value]\`. */
function usage(command: Command): string {
  const given = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const above = command.parent?.parent ? [command.parent.name()] : [];
  return [...above, command.name(), ...given].join(' ');
}

function defaulted(description: string, value: unknown): string {
  const isTold = typeof value === 'string' || typeof value === 'number';
  return isTold ? `${description} (${value} unless told)` : description;
}
