import { FormProblem } from '../../components/form-result.js';
import { PostForm } from '../../components/post-form.js';
import type { Theme } from '../../texts/reader.js';
import { adminPaths } from '../paths.js';
import { DoorLayout } from './door-layout.js';

export interface SignInProps {
  readonly csrf: string;
  /** What was typed before; the password is never given back. */
  readonly email?: string | undefined;
  readonly problem?: string | undefined;
  readonly theme?: Theme | undefined;
}

/** For study teams and operators. Posts `email` and `password`. */
export function SignInPage({ csrf, email, problem, theme }: SignInProps) {
  return (
    <DoorLayout title="Sign in" theme={theme}>
      <section class="card" aria-labelledby="sign-in-h">
        <PostForm action={adminPaths.signIn} csrf={csrf} class="card-body wx-stack p-4">
          <h1 id="sign-in-h" class="fs-4">
            Sign in
          </h1>
          {problem === undefined ? null : <FormProblem text={problem} field="email" />}
          <div>
            <label class="form-label" for="email">
              E-mail
            </label>
            <input
              class="form-control form-control-lg"
              id="email"
              name="email"
              type="email"
              autocomplete="username"
              value={email}
              required
            />
          </div>
          <div>
            <label class="form-label" for="password">
              Password
            </label>
            <input
              class="form-control form-control-lg"
              id="password"
              name="password"
              type="password"
              autocomplete="current-password"
              required
            />
          </div>
          <button class="btn btn-primary btn-lg w-100">Sign in</button>
        </PostForm>
      </section>
      <p class="wx-s wx-2 mt-3 px-1">Are you a patient? Open the link in your invitation instead.</p>
    </DoorLayout>
  );
}
