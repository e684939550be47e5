import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ComposeModel } from './compose-model.js';

/** What a process gets in its environment. */
export type Variables = Readonly<Record<string, string>>;

const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));

/**
 * Services of docker-compose.yml as processes of this machine: commands and environment are those of the file, in which
 * `here` says what paths and addresses of containers are on this machine.
 */
export class AsComposed {
  constructor(
    private readonly model: ComposeModel,
    private readonly here: ReadonlyMap<string, string>,
  ) {}

  image(name: string): string {
    return this.service(name).image;
  }

  environment(name: string, more: Variables = {}): Variables {
    const own = Object.entries(this.service(name).environment);
    return { ...Object.fromEntries(own.map(([key, value]) => [key, this.translated(value)])), ...more };
  }

  /** The words of the command. */
  command(name: string): readonly string[] {
    return (this.service(name).command ?? []).map((word) => this.translated(word));
  }

  /** Runs a service that ends; throws what it said when it fails. */
  async run(name: string, more: Variables): Promise<string> {
    const [program = '', ...args] = this.command(name);
    const { stdout, stderr } = await promisify(execFile)(program, args, {
      env: this.environment(name, more),
    });
    return stdout + stderr;
  }

  private service(name: string): ComposeModel['services'][string] {
    const found = this.model.services[name];
    if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
    return found;
  }

  private translated(text: string): string {
    let result = text.replaceAll('/setup/', `${DEPLOY}temporal/`);
    for (const [there, place] of this.here) result = result.replaceAll(there, place);
    return result;
  }
}
