import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The secrets that files hold: for each of `names`, what the file says that `NAME_FILE` names, without a line break at its end.
 * What cannot be taken is a problem of that variable, told without any value and without the file's name, which may be a
 * secret that stands in the wrong place.
 */
export function readSecretFiles(
  environment: Environment,
  names: readonly string[],
): { readonly found: Environment; readonly problems: ReadonlyMap<string, string> } {
  const found: Record<string, string> = {};
  const problems = new Map<string, string>();
  for (const name of names) {
    const file = environment[`${name}_FILE`];
    if (!file) continue;
    if (environment[name]) {
      problems.set(name, `is set beside ${name}_FILE: keep one of the two`);
      continue;
    }
    const read = contentOf(file);
    if ('problem' in read) problems.set(name, `${name}_FILE ${read.problem}`);
    else found[name] = read.text;
  }
  return { found, problems };
}

function contentOf(file: string): { readonly text: string } | { readonly problem: string } {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? { problem: 'names an empty file' } : { text };
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    return { problem: `names a file that cannot be read (${code})` };
  }
}
