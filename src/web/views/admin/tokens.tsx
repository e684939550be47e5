import type { PersonalToken } from '../../../db/access-tokens.js';
import { Empty } from '../../components/empty.js';
import { SelectField, TextField } from '../../components/field.js';
import { FormDone, FormProblem } from '../../components/form-result.js';
import { PostForm } from '../../components/post-form.js';
import { Cell, Row, RowHead, Table } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { shortDate } from '../../components/times.js';
import { adminPaths } from '../paths.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';
import { accessWords } from './token-words.js';

/** What is typed of a new token. */
export interface TokenTyped {
  readonly name: string;
  readonly access: string;
  readonly days: string;
}

export interface TokenSaid {
  readonly typed?: TokenTyped | undefined;
  readonly problems?: Partial<Record<keyof TokenTyped, string>> | undefined;
  readonly done?: string | undefined;
}

export interface TokensProps extends TokenSaid {
  readonly frame: StaffFrame;
  readonly tokens: readonly PersonalToken[];
}

/** The access tokens of whoever looks: those that are still good, and a form for one more. */
export function TokensPage({ frame, tokens, typed, problems = {}, done }: TokensProps) {
  const [wrong] = Object.entries(problems);
  return (
    <StaffLayout frame={frame} title="Access tokens" here="tokens">
      <div class="wx-head">
        <div>
          <h1>Access tokens</h1>
          <p class="wx-2">For your notebooks and scripts: a token may at most what you may yourself.</p>
        </div>
      </div>
      {done === undefined ? null : <FormDone text={done} />}
      {wrong === undefined ? null : <FormProblem text={wrong[1]} field={wrong[0]} />}
      <section class="card overflow-hidden" aria-label="Your access tokens">
        {tokens.length === 0 ? (
          <Empty icon="terminal" title="No access tokens" text="Make one below, for each program its own." />
        ) : (
          <Table
            label="Your access tokens"
            columns={['Name', 'May', 'Made', 'Ends', { name: 'Revoke', is: 'hidden' }]}
          >
            {tokens.map((token) => (
              <TokenLine token={token} zone={frame.zone} />
            ))}
          </Table>
        )}
      </section>
      <section class="card" aria-labelledby="new-token-h">
        <div class="card-header">
          <h2 id="new-token-h">A new token</h2>
        </div>
        <PostForm action={adminPaths.tokens} csrf={frame.csrf} class="card-body wx-stack">
          <TextField
            id="name"
            label="What it is for"
            value={typed?.name}
            problem={problems.name}
            help="So that you know later which one to revoke: “Sleep notebook on my laptop”."
            required
          />
          <SelectField
            id="access"
            label="What it may do"
            value={typed?.access ?? 'read'}
            problem={problems.access}
            options={Object.entries(accessWords).map(([value, text]) => ({ value, text }))}
          />
          <TextField
            id="days"
            label="Days until it ends"
            type="number"
            value={typed?.days ?? '90'}
            problem={problems.days}
            help="From 1 to 365. Choose as few as will do."
            required
          />
          <div class="wx-actions">
            <button class="btn btn-primary">Make the token</button>
          </div>
        </PostForm>
      </section>
    </StaffLayout>
  );
}

function TokenLine({ token, zone }: { readonly token: PersonalToken; readonly zone: string }) {
  const { id, name, access, createdAt, expiresAt } = token;
  return (
    <Row>
      <RowHead>{name}</RowHead>
      <Cell label="May">{accessWords[access]}</Cell>
      <Cell label="Made">
        <Time at={createdAt} zone={zone} as={shortDate} />
      </Cell>
      <Cell label="Ends">
        <Time at={expiresAt} zone={zone} as={shortDate} />
      </Cell>
      <Cell>
        <a class="btn btn-sm btn-outline-danger wx-nowrap" href={`${adminPaths.tokens}/${id}/revoke`}>
          Revoke …<span class="visually-hidden"> {name}</span>
        </a>
      </Cell>
    </Row>
  );
}
