import { hashToken, newToken } from '../auth/tokens.js';
import { endAttempt, startAttempt } from '../db/connect-attempts.js';
import { redeemedInvitationOf } from '../db/invitations.js';
import type { Authorization } from '../open-wearables/shapes.js';
import { ids } from '../workflows/contract.js';
import type { ServerDeps } from './env.js';

const VALID_MINUTES = 15;

export interface AttemptOfClient {
  readonly patientId: number;
  readonly owUserId: string;
  readonly provider: string;
  /** Where the vendor's sign-in leads in the end. */
  readonly returnTo: string;
  /** Of the client's access token: what the attempt is bound to. */
  readonly tokenHash: Buffer;
}

/**
 * Begins an attempt of an API client, of which no browser is known: the workflow asks Open Wearables until the
 * connection stands, wherever the patient comes back. Throws OpenWearablesFailure; the attempt has failed then.
 */
export async function beginAttempt(
  { sql, reading, orchestration, openWearables }: ServerDeps,
  { patientId, owUserId, provider, returnTo, tokenHash }: AttemptOfClient,
): Promise<Authorization> {
  const ow = await openWearables();
  const before = (await ow.connections(owUserId)).find((connection) => connection.provider === provider);
  const authorization = await ow.authorize(provider, owUserId, returnTo);
  const { started, superseded } = await startAttempt(sql, {
    ...{ patientId, provider, sessionHash: tokenHash, validMinutes: VALID_MINUTES },
    // No return address of ours knows it: the vendor's answer ends on the address the client asked for.
    returnHash: hashToken(newToken()),
  });
  const invitationId = await redeemedInvitationOf(reading, patientId);
  const input = {
    ...{ attemptId: started.id, patientId, provider },
    expiresAt: started.expiresAt.toISOString(),
    connectionBefore: before?.updated_at ?? null,
    onboardingId: invitationId === undefined ? null : ids.onboarding(invitationId),
  };
  try {
    await orchestration.startConnect(input, superseded);
  } catch (thrown) {
    await endAttempt(sql, started.id, 'failed');
    throw thrown;
  }
  return authorization;
}
