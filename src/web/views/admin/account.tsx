import type { OwnSession } from '../../../db/sessions.js';
import { TextField } from '../../components/field.js';
import { FormDone, FormProblem } from '../../components/form-result.js';
import { PostForm } from '../../components/post-form.js';
import { Cell, Row, RowHead, Table } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { adminPaths } from '../paths.js';
import { dayAndTime } from './operations/times.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

export type PasswordField = 'current' | 'password' | 'again';

export interface AccountSaid {
  readonly problems?: Partial<Record<PasswordField, string>> | undefined;
  readonly done?: string | undefined;
}

export interface AccountProps extends AccountSaid {
  readonly frame: StaffFrame;
  readonly email: string;
  readonly sessions: readonly OwnSession[];
}

/** The own account of whoever looks: its password, and where it is signed in. Nothing typed here is given back. */
export function AccountPage({ frame, email, sessions, problems = {}, done }: AccountProps) {
  const [wrong] = Object.entries(problems);
  return (
    <StaffLayout frame={frame} title="Your account" here="account">
      <div class="wx-head">
        <div>
          <h1>Your account</h1>
          <p class="wx-2">You sign in as {email}.</p>
        </div>
      </div>
      {done === undefined ? null : <FormDone text={done} />}
      {wrong === undefined ? null : <FormProblem text={wrong[1]} field={wrong[0]} />}
      <section class="card" aria-labelledby="password-h">
        <div class="card-header">
          <h2 id="password-h">Change your password</h2>
        </div>
        <PostForm action={adminPaths.ownPassword} csrf={frame.csrf} class="card-body wx-stack">
          <TextField
            {...{ id: 'current', label: 'Password as it is now', type: 'password', required: true }}
            autocomplete="current-password"
            problem={problems.current}
          />
          <TextField
            {...{ id: 'password', label: 'New password', type: 'password', required: true }}
            autocomplete="new-password"
            problem={problems.password}
            help="12 characters or more, of any kind: a few words that do not belong together are good. Everywhere else you are signed out."
          />
          <TextField
            {...{ id: 'again', label: 'New password, once more', type: 'password', required: true }}
            autocomplete="new-password"
            problem={problems.again}
          />
          <div class="wx-actions">
            <button class="btn btn-primary">Change the password</button>
          </div>
        </PostForm>
      </section>
      <SessionsCard frame={frame} sessions={sessions} />
    </StaffLayout>
  );
}

function SessionsCard({ frame: { csrf, zone }, sessions }: Pick<AccountProps, 'frame' | 'sessions'>) {
  const time = (at: Date) => <Time at={at} zone={zone} as={dayAndTime} />;
  return (
    <section class="card overflow-hidden" aria-labelledby="sessions-h">
      <div class="card-header">
        <h2 id="sessions-h">Where you are signed in</h2>
      </div>
      <Table
        label="Where you are signed in"
        columns={['Browser', 'Since', 'Last seen', 'Ends at the latest']}
      >
        {sessions.map(({ isThis, openedAt, seenAt, endsAt }) => (
          <Row>
            <RowHead>{isThis ? 'This one' : 'Another one'}</RowHead>
            <Cell label="Since">{time(openedAt)}</Cell>
            <Cell label="Last seen">{time(seenAt)}</Cell>
            <Cell label="Ends at the latest">{time(endsAt)}</Cell>
          </Row>
        ))}
      </Table>
      <PostForm action={adminPaths.signOutEverywhere} csrf={csrf} class="card-body wx-stack">
        <p class="wx-2">
          Do you not know one of them? Sign out everywhere, this browser included, and change your password.
          Access tokens of notebooks and scripts go on until you <a href={adminPaths.tokens}>revoke them</a>.
        </p>
        <div class="wx-actions">
          <button class="btn btn-outline-danger">Sign out everywhere</button>
        </div>
      </PostForm>
    </section>
  );
}
