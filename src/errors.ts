/**
 * A failure with a name. `message` is a fixed text that is safe to log and to show: never upstream bodies, names,
 * measurements, tokens or keys.
 */
export class NamedError extends Error {
  override readonly name: string;

  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** The name of any thrown value, for logs: class or error code, never the message. */
export function errorName(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const code: unknown = Reflect.get(thrown, 'code');
  return typeof code === 'string' ? `${thrown.name}/${code}` : thrown.name;
}

/**
 * Where an unexpected error came from: its name and frames of its stack, our own before those of Node and of libraries,
 * without the message, which may quote data.
 */
export function whereThrown(thrown: unknown): { readonly error: string; readonly frames: readonly string[] } {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  const frames = stack.split('\n').flatMap((line) => /^\s+at (.*)$/.exec(line)?.[1] ?? []);
  const own = frames.filter((frame) => !/\bnode:|node_modules/.test(frame));
  return { error: errorName(thrown), frames: (own.length > 0 ? own : frames).slice(0, 5) };
}
