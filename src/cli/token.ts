import { Command, Option } from 'commander';
import { hashToken, newToken } from '../auth/tokens.js';
import {
  createAccessToken,
  personalTokens,
  revokePersonalToken,
  type TokenAccess,
} from '../db/access-tokens.js';
import { createMachineClient } from '../db/machine-clients.js';
import type { Sql } from '../db/sql.js';
import { findUserIdByEmail } from '../db/users.js';
import { NamedError } from '../errors.js';
import { minuteOf } from '../minute-of.js';
import { list } from './output.js';
import { wholeNumber } from './poll.js';
import { recorded } from './recorded.js';
import { withDatabase } from './run.js';

export function tokenCommand(): Command {
  return new Command('token')
    .description('access tokens for notebooks and scripts')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
    .addCommand(clientCommand());
}

function createCommand(): Command {
  const command = ofUser('create', 'make an access token and print it, once')
    .option('--name <text>', 'what it is for', 'command line')
    .option('--days <n>', 'how long it is valid', wholeNumber, 14)
    .addOption(new Option('--access <kind>', 'what it may do').choices(['read', 'write']).default('read'));
  return command.action((options: { user: string; name: string; days: number; access: TokenAccess }) =>
    withDatabase(command, async (sql, _config, output) => {
      const { user, name, access, days: validDays } = options;
      const token = newToken();
      const userId = await accountOf(sql, user);
      await recorded(sql, command, { account: userId }, async () =>
        createAccessToken(sql, { name, access, userId, tokenHash: hashToken(token), validDays }),
      );
      output.line(token);
      output.result({ token, validDays });
    }),
  );
}

function listCommand(): Command {
  const command = ofUser('list', 'the access tokens of an account that are still good');
  return command.action((options: { user: string }) =>
    withDatabase(command, async (sql, _config, output) => {
      const tokens = await personalTokens(sql, await accountOf(sql, options.user));
      const rows = tokens.map(({ id, name, access, expiresAt }) => [
        String(id),
        name,
        access,
        minuteOf(expiresAt),
      ]);
      list(output, ['id', 'name', 'access', 'good until'], rows, 'No token is good any more.');
      output.result(tokens);
    }),
  );
}

function revokeCommand(): Command {
  const command = ofUser('revoke', 'end an access token, now').argument(
    '<id>',
    'as `token list` shows it',
    wholeNumber,
  );
  return command.action((id: number, { user }: { user: string }) =>
    withDatabase(command, async (sql, _config, output) => {
      const userId = await accountOf(sql, user);
      await recorded(sql, command, { account: userId }, async () => {
        if (!(await revokePersonalToken(sql, userId, id)))
          throw new NamedError('TokenUnknown', `${user} has no such token that is still good`);
      });
      output.line('revoked');
      output.result({ id, revoked: true });
    }),
  );
}

function clientCommand(): Command {
  const command = ofUser('client', 'make credentials for a program, which asks for its tokens itself').option(
    '--name <text>',
    'which program',
    'command line',
  );
  return command.action(({ user, name }: { user: string; name: string }) =>
    withDatabase(command, async (sql, _config, output) => {
      const credentials = { clientId: newToken(), clientSecret: newToken() };
      const userId = await accountOf(sql, user);
      const secretHash = hashToken(credentials.clientSecret);
      await recorded(sql, command, { account: userId }, async () =>
        createMachineClient(sql, { clientId: credentials.clientId, name, secretHash, userId }),
      );
      output.line(`client id      ${credentials.clientId}`);
      output.line(`client secret  ${credentials.clientSecret}`);
      output.result(credentials);
    }),
  );
}

function ofUser(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--user <email>', 'the account it acts for');
}

async function accountOf(sql: Sql, email: string): Promise<number> {
  const userId = await findUserIdByEmail(sql, email);
  if (userId === undefined) throw new NamedError('UserUnknown', `there is no account ${email}`);
  return userId;
}
