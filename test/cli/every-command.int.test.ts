import { CommanderError, type Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decidedCommands } from '../../src/audit/commands.js';
import { createProgram } from '../../src/cli/program.js';
import { command } from '../helpers/command.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
let patient: TestPatient;
beforeAll(async () => {
  world = await startTestWorld();
  patient = await agreedPatient({ ...world.app, sandbox: world.sandbox });
  // The one to revoke.
  await command(world, 'token', 'create', '--user', 'manager_mary@example.com');
});
afterAll(async () => {
  await world.close();
});

/** What each command is called with; null: it stays up, or prints JSON lines whatever it is asked for. */
const calls: Readonly<Record<string, ((who: string) => readonly string[]) | null>> = {
  ...{ dev: null, serve: null, api: null, worker: null, convert: null },
  migrate: () => [],
  'migrate status': () => [],
  doctor: () => [],
  seed: () => [],
  invite: (who) => [who],
  poll: () => [],
  backfill: (who) => [who, '--days', '2'],
  'backfill pause': (who) => [who],
  'backfill resume': (who) => [who],
  'backfill cancel': (who) => [who],
  'backfill status': (who) => [who],
  reconcile: () => ['--days', '1'],
  recover: () => [],
  replay: () => ['--last', '1'],
  'schedule status': () => [],
  'schedule pause': () => ['heal'],
  'schedule resume': () => ['heal'],
  'schedule run': () => ['heal'],
  'settings list': () => [],
  'settings get': () => ['ow.lookback_hours'],
  'settings set': () => ['ow.lookback_hours', '24'],
  'settings unset': () => ['ow.lookback_hours'],
  'settings history': () => [],
  status: () => [],
  'user add': () => ['--email', 'new@example.com', '--given', 'Nia', '--family', 'Osei'],
  'user password': () => ['manager_mary@example.com'],
  'user sign-out': () => ['manager_mary@example.com'],
  'user list': () => [],
  patients: () => [],
  'patients erase': (who) => [who, '--yes'],
  'patients erasure': (who) => [who],
  'patients erasures': () => [],
  'audit list': () => [],
  'audit verify': () => [],
  'audit acknowledge': () => ['1', '--note', 'nothing'],
  'secrets rotate': () => [],
  'dead-letters list': () => [],
  'dead-letters show': () => ['1'],
  'dead-letters retry': () => ['--all'],
  'dead-letters discard': () => ['1', '--note', 'nothing'],
  'token create': () => ['--user', 'manager_mary@example.com'],
  'token list': () => ['--user', 'manager_mary@example.com'],
  'token revoke': () => ['1', '--user', 'manager_mary@example.com'],
  'token client': () => ['--user', 'manager_mary@example.com'],
  version: () => [],
};
/** There is nothing that these could tell of: they fail in words. */
const fails: readonly string[] = ['audit acknowledge', 'dead-letters show', 'user password'];

const program = await createProgram();
const doers = program.commands.flatMap((each) => wordsOf(each, []));

/** Every command that does something: those that only lead to others have no arguments and do nothing themselves. */
function wordsOf(each: Command, before: readonly string[]): string[] {
  const words = [...before, each.name()];
  const below = each.commands.flatMap((child) => wordsOf(child, words));
  const doesSomething = Reflect.get(each, '_actionHandler') != null;
  return doesSomething ? [words.join(' '), ...below] : below;
}

it('every command is called here', () => {
  expect(Object.keys(calls).sort()).toEqual([...doers].sort());
});

it('whether it is recorded is decided for every command there is, and for no other', () => {
  expect(Object.keys(decidedCommands).sort()).toEqual([...doers].sort());
});

describe.each(doers)('%s', (words) => {
  it('has a help with its options, and refuses others with exit code 2', async () => {
    const said: string[] = [];
    const run = async (...more: readonly string[]) => {
      const fresh = await createProgram(words.split(' '));
      quieten(fresh, said);
      return fresh
        .parseAsync([...words.split(' '), ...more], { from: 'user' })
        .then(() => undefined)
        .catch((thrown: unknown) => (thrown instanceof CommanderError ? thrown.exitCode : thrown));
    };
    expect(await run('--help')).toBe(0);
    expect(said.join('')).toMatch(/^Usage: wearable-exchange .*\n\n\w.*[^]*--json/);
    const more = words === 'convert' ? ['heart_rate', '--source', 'oura_raw'] : calls[words]?.('1');
    expect(await run(...(more ?? []), '--no-such-option')).toBe(1);
    expect(said.join('')).toContain("error: unknown option '--no-such-option'");
  });
});

it.each(doers.filter((words) => calls[words] !== null))(
  '%s --json prints JSON and nothing else',
  async (words) => {
    const more = calls[words]?.(String(patient.id)) ?? [];
    const { code, lines, errors } = await command(world, ...words.split(' '), ...more, '--json');
    if (fails.includes(words)) {
      expect({ code, lines }).toEqual({ code: 1, lines: [''] });
      expect(errors).toMatch(/^error: (there is no|At least 12 characters|the audit trail is not broken)/);
      return;
    }
    expect([0, 3], errors).toContain(code);
    expect(errors).toBe('');
    expect(typeof JSON.parse(lines.join('\n'))).toBe('object');
  },
);

it('what was decided to be recorded of them is', async () => {
  const recorded = await world.app.sql<{ why: string; action: string }[]>`
    select distinct why, action from audit_events where actor_kind = 'command line'`;
  const wanted = doers.flatMap((words) => {
    const decision = decidedCommands[words];
    return decision === undefined || decision.kind === 'none' || fails.includes(words)
      ? []
      : [{ why: words, action: decision.action }];
  });
  const byWords = (rows: readonly { why: string }[]) => [...rows].sort((a, b) => (a.why < b.why ? -1 : 1));
  expect(byWords(recorded)).toEqual(byWords(wanted));
});

it('misuse ends with 2, as a process', async () => {
  expect(await command(world, 'status', '--no-such-option')).toMatchObject({ code: 2, lines: [''] });
  expect(await command(world, 'no-such-command')).toMatchObject({ code: 2 });
  expect((await command(world, '--help')).code).toBe(0);
});

function quieten(each: Command, said: string[]): void {
  const write = (text: string) => void said.push(text);
  each.configureOutput({ writeOut: write, writeErr: write });
  each.commands.forEach((child) => {
    quieten(child, said);
  });
}
