import { createProgram } from '../../src/cli/program.js';
import { textOf } from './documents.js';
import { markdownFiles } from './markdown.js';

/** A command as a document has it, and where. */
export interface DocumentedCommand {
  readonly line: string;
  readonly page: string;
}

/** Pages whose commands are of the past, or written by the program itself. */
const LEFT_OUT = ['CHANGELOG.md', 'docs/command-line.md', 'STYLE.md'];
const PROGRAMS =
  /^(npm|npx|node|docker|curl|pip|git|psql|createdb|echo|temporal|openssl|promtool|deploy\/\S+) |^\.ci\/run$/;
/** How a command of ours is begun: by npm in a clone, by its name in an installation. */
const OURS = /^(?:npm run (?:--silent )?cli -- |npx wearable-exchange |wearable-exchange )/;

const program = await createProgram();
const names = new Set(program.commands.map((command) => command.name()));

/** Every command of the documents: lines of blocks without another language, and code within lines that begins as one. */
export function documentedCommands(): DocumentedCommand[] {
  return markdownFiles
    .filter((page) => !LEFT_OUT.includes(page))
    .flatMap((page) => commandsIn(textOf(page)).map((line) => ({ line, page })));
}

/** Indented blocks are commands, fenced ones are what they say; a command within a line has more than its name. */
export function commandsIn(markdown: string): string[] {
  const fences = [...markdown.matchAll(/^ *```(\w*)\n([^]*?)^ *```$/gm)];
  const shell = fences.flatMap(([, language, block]) => (['', 'sh'].includes(language ?? '') ? [block] : []));
  const prose = markdown.replace(/^ *```[^]*?^ *```$/gm, '');
  const indented = prose
    .split('\n')
    .filter((line) => /^ {4,}\S/.test(line) && !/^ *([-|*]|\d+\.) /.test(line));
  const lines = [...shell.join('\n').split('\n'), ...indented].map(uncommented).filter((line) => line !== '');
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/\s+/g, ' '));
  return [...lines, ...spans.filter(isCommand)];
}

/** The first line of every block in a language that somebody could run; data and drawings are none. */
export function documentedBlocks(): string[] {
  return markdownFiles
    .filter((page) => !LEFT_OUT.includes(page))
    .flatMap((page) => [...textOf(page).matchAll(/^ *```(\w+)\n *(.*)$/gm)])
    .flatMap(([, language = '', first = '']) => (['json', 'text', 'sh'].includes(language) ? [] : [first]));
}

function uncommented(line: string): string {
  return line.replace(/(^|\s{2,})#.*$/, '').trim();
}

/** Code that begins with a program, or with a command of ours and more: `settings set module.ow true`. */
function isCommand(code: string): boolean {
  const [first = '', ...more] = code.split(' ');
  return PROGRAMS.test(code) || OURS.test(code) || (names.has(first) && more.length > 0);
}

/** The words of a line that our own program runs; undefined where it is another one. */
export function wordsOf(line: string): readonly string[] | undefined {
  const words = line
    .replace(/^npm start(?: --)?/, 'dev')
    .replace(/^npm run replay --/, 'replay')
    .replace(OURS, '')
    .split(' ');
  return names.has(words[0] ?? '') && !line.includes(' | ') ? words : undefined;
}

/** Whether there is more to a line than the words of a command: arguments or options. */
export function saysMore(words: readonly string[]): boolean {
  const [first, second, ...more] = words;
  const below = program.commands.find((command) => command.name() === first)?.commands ?? [];
  return below.some((command) => command.name() === second) ? more.length > 0 : second !== undefined;
}
