import type { ServerDeps } from '../../api/env.js';
import { ensureAccount } from '../../accounts.js';
import { hashToken, newToken } from '../../auth/tokens.js';
import { endAttempt, saveAuthorizationUrl, startAttempt } from '../../db/connect-attempts.js';
import { ids } from '../../workflows/contract.js';
import type { SignedIn } from './signed-in.js';

const VALID_MINUTES = 15;

/**
 * Begins an attempt to connect this provider: one at a time, bound to this browser by a one-time return address.
 * Throws OpenWearablesFailure when the sign-in address cannot be had; the attempt has failed then.
 */
export async function beginAttempt(
  deps: ServerDeps,
  { patient, session }: SignedIn,
  provider: string,
): Promise<void> {
  const { sql, config, orchestration, openWearables } = deps;
  const nonce = newToken();
  const { started, superseded } = await startAttempt(sql, {
    patientId: patient.id,
    provider,
    sessionHash: session.hash,
    returnHash: hashToken(nonce),
    validMinutes: VALID_MINUTES,
  });
  try {
    const owUserId = await ensureAccount(deps, patient.id);
    const ow = await openWearables();
    const before = (await ow.connections(owUserId)).find((connection) => connection.provider === provider);
    const { authorization_url: url } = await ow.authorize(
      provider,
      owUserId,
      `${config.SITE_URL}/ow/return/${nonce}`,
    );
    const connectionBefore = before?.updated_at ?? null;
    await saveAuthorizationUrl(sql, started.id, url, connectionBefore);
    await orchestration.startConnect(
      {
        attemptId: started.id,
        patientId: patient.id,
        provider,
        expiresAt: started.expiresAt.toISOString(),
        connectionBefore,
        onboardingId: session.invitationId === null ? null : ids.onboarding(session.invitationId),
      },
      superseded,
    );
  } catch (thrown) {
    await endAttempt(sql, started.id, 'failed');
    throw thrown;
  }
}
