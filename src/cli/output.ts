/** Writes what a person reads, or with --json one JSON document that a script reads. */
export interface Output {
  readonly json: boolean;
  /** A line for people; silent with --json. */
  line(text?: string): void;
  /** The result: rendered for people by the caller through `line`, printed here only with --json. */
  result(value: unknown): void;
}

export function createOutput(
  json: boolean,
  write: (text: string) => void = (text) => process.stdout.write(text),
): Output {
  return {
    json,
    line(text = '') {
      if (!json) write(`${text}\n`);
    },
    result(value) {
      if (json) write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

/** Rows under their headings; a list that is empty says so in words. */
export function list(
  output: Output,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
): void {
  if (rows.length === 0) output.line(none);
  else for (const line of table([headings, ...rows])) output.line(line);
}

/** Columns padded to their widest cell, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
