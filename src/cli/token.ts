import { Command } from 'commander';
import { hashToken, newToken } from '../auth/tokens.js';
import { createAccessToken } from '../db/access-tokens.js';
import { findUserIdByEmail } from '../db/users.js';
import { NamedError } from '../errors.js';
import { wholeNumber } from './poll.js';
import { withDatabase } from './run.js';

export function tokenCommand(): Command {
  return new Command('token')
    .description('access tokens for notebooks and scripts')
    .addCommand(createCommand());
}

function createCommand(): Command {
  const command = new Command('create')
    .description('make an access token and print it, once')
    .requiredOption('--user <email>', 'the account it acts for')
    .option('--name <text>', 'what it is for', 'command line')
    .option('--days <n>', 'how long it is valid', wholeNumber, 14);
  return command.action((options: { user: string; name: string; days: number }) =>
    withDatabase(command, async (sql, _config, output) => {
      const userId = await findUserIdByEmail(sql, options.user);
      if (userId === undefined) throw new NamedError('UserUnknown', `there is no account ${options.user}`);
      const token = newToken();
      await createAccessToken(sql, {
        userId,
        name: options.name,
        tokenHash: hashToken(token),
        validDays: options.days,
      });
      output.line(token);
      output.result({ token, validDays: options.days });
    }),
  );
}
