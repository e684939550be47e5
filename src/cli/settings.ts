import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import type { App } from '../app.js';
import { settingChanges } from '../db/settings.js';
import { NamedError } from '../errors.js';
import { minuteOf } from '../minute-of.js';
import { changeText } from '../setting-change-text.js';
import { definitions, isSettingKey, settingKeys } from '../settings.js';
import { list } from './output.js';
import { wholeNumber } from './poll.js';
import { actingAccount, recorded } from './recorded.js';
import { withApp, withDatabase } from './run.js';

/** Answered from Temporal, never stored. */
const SYNC_IN_PROGRESS = 'ow.sync_in_progress';

export function settingsCommand(): Command {
  const command = new Command('settings').description(
    'runtime toggles: typed, validated, secrets never shown',
  );
  return command
    .addCommand(listCommand())
    .addCommand(getCommand())
    .addCommand(setCommand())
    .addCommand(unsetCommand())
    .addCommand(historyCommand());
}

function listCommand(): Command {
  const command = new Command('list').description('every setting, its value and what it is for');
  return command.action(() =>
    withApp(command, async (app, output) => {
      const stored = await app.settings.stored();
      const rows = await Promise.all(
        [...settingKeys, SYNC_IN_PROGRESS].map(async (key) => ({
          key,
          value: await shown(app, key),
          stored: stored.get(key)?.toISOString() ?? null,
          about: isSettingKey(key)
            ? definitions[key].about
            : 'start of the running poll; answered from Temporal',
        })),
      );
      const cells = rows.map((row) => [row.key, JSON.stringify(row.value), row.about]);
      list(output, ['setting', 'value', 'what it is for'], cells, 'No settings.');
      output.result(rows);
    }),
  );
}

function getCommand(): Command {
  const command = new Command('get').description('one setting').argument('<key>');
  return command.action((key: string) =>
    withApp(command, async (app, output) => {
      const value = await shown(app, key);
      output.line(String(value));
      output.result({ key, value });
    }),
  );
}

function setCommand(): Command {
  const command = new Command('set')
    .description('store a setting; a secret is read from standard input')
    .argument('<key>')
    .argument('[value]');
  return command.action((key: string, value: string | undefined) =>
    withApp(command, async (app, output) => {
      const isSecret = isSettingKey(key) && definitions[key].secret;
      if (isSecret && value !== undefined) {
        throw new NamedError(
          'UsageWrong',
          `${key} is a secret: give it on standard input, not as an argument`,
        );
      }
      if (value === undefined && process.stdin.isTTY)
        throw new NamedError('UsageWrong', 'the value is missing');
      const wanted = value ?? (await text(process.stdin)).trim();
      const by = await actingAccount(app.sql, command);
      await recorded(app.sql, command, {}, async () => app.settings.write(key, wanted, by));
      if (key === 'ow.poll_interval_minutes' || key === 'ow.poll_jitter_seconds') await app.ensureSchedule();
      output.line(`${key} is set.`);
      output.result({ key, value: await shown(app, key) });
    }),
  );
}

function unsetCommand(): Command {
  const command = new Command('unset').description('let the default hold again').argument('<key>');
  return command.action((key: string) =>
    withApp(command, async (app, output) => {
      const by = await actingAccount(app.sql, command);
      const removed = await recorded(app.sql, command, {}, async () => app.settings.unset(key, by));
      output.line(removed ? `${key} is back to its default.` : `${key} was not set.`);
      output.result({ key, removed });
    }),
  );
}

function historyCommand(): Command {
  const command = new Command('history')
    .description('who changed what, the newest first; never a secret')
    .option('--limit <n>', 'at most so many', wholeNumber, 50);
  return command.action(({ limit }: { limit: number }) =>
    withDatabase(command, async (sql, _config, output) => {
      const changes = await settingChanges(sql, limit);
      const rows = changes.map(({ key, changedAt, changedBy, ...change }) => [
        ...[minuteOf(changedAt), key, changeText(change), changedBy ?? 'command line'],
      ]);
      list(output, ['when', 'setting', 'what', 'by'], rows, 'No setting was ever changed.');
      output.result(changes);
    }),
  );
}

/** The value as it may be shown: of a secret only whether it is set. */
async function shown(app: App, key: string): Promise<unknown> {
  if (key === SYNC_IN_PROGRESS) return (await app.orchestration.pollRunningSince())?.toISOString() ?? '';
  if (!isSettingKey(key))
    throw new NamedError(
      'SettingUnknown',
      "there is no setting of this name; 'settings list' shows them all",
    );
  const value = (await app.settings.read())[key];
  return definitions[key].secret ? (value === '' ? '(not set)' : '(set)') : value;
}
