import { Command } from 'commander';
import { passwordProblem } from '../auth/password-rules.js';
import { hashPassword } from '../auth/passwords.js';
import {
  createStaff,
  revokeTokensOf,
  setPassword,
  staffAccounts,
  type StaffAccount,
} from '../db/credentials.js';
import { endSessionsOf } from '../db/sessions.js';
import { findPractitionerByEmail, findUserIdByEmail } from '../db/users.js';
import { NamedError } from '../errors.js';
import { table } from './output.js';
import { recorded } from './recorded.js';
import { withDatabase } from './run.js';
import { secretFromInput } from './secret-input.js';

export function userCommand(): Command {
  return new Command('user')
    .description('accounts of practitioners and operators')
    .addCommand(addCommand())
    .addCommand(passwordCommand())
    .addCommand(signOutCommand())
    .addCommand(listCommand());
}

interface Added {
  readonly email: string;
  readonly given: string;
  readonly family: string;
  readonly operator: boolean;
}

function addCommand(): Command {
  const command = new Command('add')
    .description('make an account; it has no password yet, and no role in any organization')
    .requiredOption('--email <address>', 'with which they sign in')
    .requiredOption('--given <name>', 'given name')
    .requiredOption('--family <name>', 'family name')
    .option('--operator', 'sees and steers everything', false);
  return command.action(({ email, given, family, operator }: Added) =>
    withDatabase(command, async (sql, _config, output) => {
      if (!/^[^\s@]+@[^\s@]+$/.test(email))
        throw new NamedError('UsageWrong', `${email} is no e-mail address`);
      const staff = { email, nameGiven: given, nameFamily: family, isOperator: operator };
      const id = await recorded(sql, command, {}, async (concerns) => {
        const account = await createStaff(sql, staff);
        if (account !== undefined) concerns({ account });
        return account;
      });
      if (id === undefined) throw new NamedError('EmailTaken', `there is an account ${email} already`);
      output.line(`Account ${id} is made. It can sign in once it has a password: user password ${email}`);
      output.result({ id, email, operator });
    }),
  );
}

function passwordCommand(): Command {
  const command = new Command('password')
    .description('set the password of an account, from standard input; it is signed out everywhere')
    .argument('<email>');
  return command.action((email: string) =>
    withDatabase(command, async (sql, _config, output) => {
      const userId = await findPractitionerByEmail(sql, email);
      if (userId === undefined) throw new NamedError('UserUnknown', `there is no practitioner ${email}`);
      const password = await secretFromInput('New password: ');
      const problem = passwordProblem(password, email);
      if (problem !== undefined) throw new NamedError('PasswordRefused', problem);
      const passwordHash = await hashPassword(password);
      await recorded(sql, command, { account: userId }, async () =>
        setPassword(sql, { userId, passwordHash }),
      );
      output.line(`${email} has a new password and is signed out everywhere.`);
      output.result({ id: userId, email });
    }),
  );
}

function signOutCommand(): Command {
  const command = new Command('sign-out')
    .description('end all sessions of an account, now')
    .argument('<email>')
    .option('--tokens', 'end its access tokens as well', false);
  return command.action((email: string, options: { tokens: boolean }) =>
    withDatabase(command, async (sql, _config, output) => {
      const userId = await findUserIdByEmail(sql, email);
      if (userId === undefined) throw new NamedError('UserUnknown', `there is no account ${email}`);
      const { sessions, tokens } = await recorded(sql, command, { account: userId }, async () => ({
        sessions: await endSessionsOf(sql, userId),
        tokens: options.tokens ? await revokeTokensOf(sql, userId) : 0,
      }));
      output.line(`sessions ended        ${sessions}`);
      if (options.tokens) output.line(`access tokens ended   ${tokens}`);
      output.result({ id: userId, sessions, tokens });
    }),
  );
}

function listCommand(): Command {
  const command = new Command('list').description('practitioners, and who of them can sign in');
  return command.action(() =>
    withDatabase(command, async (sql, _config, output) => {
      const accounts = await staffAccounts(sql);
      const rows = accounts.map((account) => [
        ...[String(account.id), account.email, account.name, standingOf(account)],
        account.hasPassword ? 'password' : 'no password',
        account.seenAt === null ? '' : `seen ${account.seenAt.toISOString().slice(0, 16)}Z`,
      ]);
      for (const line of table(rows)) output.line(line);
      output.result(accounts);
    }),
  );
}

function standingOf({ isOperator, organizations }: StaffAccount): string {
  if (isOperator) return 'operator';
  return organizations === 1 ? '1 organization' : `${organizations} organizations`;
}
