import type { PersonalToken, TokenAccess } from '../../../db/access-tokens.js';
import { Breadcrumb } from '../../components/breadcrumb.js';
import { CopyField } from '../../components/copy-field.js';
import { PostForm } from '../../components/post-form.js';
import { counted } from '../../components/words.js';
import { adminPaths } from '../paths.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';
import { accessWords } from './token-words.js';

const trail = [{ href: adminPaths.tokens, text: 'Access tokens' }];

export interface NewTokenProps {
  readonly frame: StaffFrame;
  readonly name: string;
  /** The secret itself: shown once and kept nowhere. */
  readonly token: string;
  readonly access: TokenAccess;
  readonly validDays: number;
}

/** A fresh token, to be taken along. */
export function NewTokenPage({ frame, name, token, access, validDays }: NewTokenProps) {
  return (
    <StaffLayout frame={frame} title="Token made" here="tokens">
      <Breadcrumb trail={trail} here="Token made" />
      <h1>Token for {name}</h1>
      <section class="card" aria-label="The token">
        <div class="card-body wx-stack">
          <p>
            It is good for {counted(validDays, 'day')}. It may: {accessWords[access].toLowerCase()}.
          </p>
          <CopyField
            id="new-token"
            label="The token"
            value={token}
            what="the token"
            help="Shown this once: copy it now. Whoever has it acts as you; keep it like a password."
          />
          <div class="wx-actions">
            <a class="btn btn-outline-secondary" href={adminPaths.tokens}>
              Done
            </a>
          </div>
        </div>
      </section>
    </StaffLayout>
  );
}

export interface RevokeTokenProps {
  readonly frame: StaffFrame;
  readonly token: PersonalToken;
}

/** What follows from revoking, before it is done. */
export function RevokeTokenPage({ frame, token }: RevokeTokenProps) {
  return (
    <StaffLayout frame={frame} title="Revoke a token" here="tokens">
      <Breadcrumb trail={trail} here="Revoke" />
      <h1>Revoke “{token.name}”?</h1>
      <section class="card" aria-label="What follows">
        <PostForm
          action={`${adminPaths.tokens}/${token.id}/revoke`}
          csrf={frame.csrf}
          class="card-body wx-stack"
        >
          <p>
            Programs that use it are refused from now on. It cannot be brought back; a new one can be made.
          </p>
          <div class="wx-actions">
            <button class="btn btn-danger">Revoke the token</button>
            <a class="btn btn-link wx-quiet" href={adminPaths.tokens}>
              Keep it
            </a>
          </div>
        </PostForm>
      </section>
    </StaffLayout>
  );
}
