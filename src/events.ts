import type { Registry } from 'prom-client';
import type { Verified } from './db/audit-checks.js';
import { type Evidence, rowsRemoved } from './erasure.js';
import type { whereThrown } from './errors.js';
import type { Logger } from './logger.js';
import { counter, durations } from './telemetry.js';

/** What became of measurements that were read: `seen` is the sum of the others but `retired`. */
export interface PageCounts {
  /** A record counts once for each data type it feeds, the two halves of a blood pressure count as one. */
  readonly seen: number;
  readonly created: number;
  readonly amended: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly withheld: number;
  /** Halves of a blood pressure whose partner has not come. */
  readonly held: number;
  /** Observations that became entered-in-error. */
  readonly retired: number;
}

/** Retried dead letters, by what became of them: stored, stored before, and still open for three reasons. */
export type LetterCounts = Readonly<
  Record<'created' | 'unchanged' | 'rejected' | 'withheld' | 'held', number>
>;

export type ActivityEnd = 'completed' | 'failed' | 'cancelled';

/** What happens, in domain words: each function writes one log line and moves one metric. Ids, codes and counts only. */
export type Events = ReturnType<typeof createEvents>;

export function createEvents(logger: Logger, registry: Registry) {
  const polls = counter(registry, 'polls', 'Polls by outcome', ['outcome']);
  const pages = counter(registry, 'pages', 'Pages stored');
  const samples = counter(registry, 'samples_seen', 'Samples read');
  const observations = counter(registry, 'observations', 'Samples read, by what became of them', ['outcome']);
  const healings = counter(registry, 'healings', 'Connections fetched again by Open Wearables', ['outcome']);
  const reconciliations = counter(registry, 'reconciliations', 'Comparisons with Open Wearables', [
    'outcome',
  ]);
  const auditChecks = counter(registry, 'audit_checks', 'Checks of the audit trail', ['outcome']);
  const upstream = counter(registry, 'upstream_failures', 'Failed requests to Open Wearables', ['kind']);
  const upstreamTimes = durations(registry, 'upstream_request', 'Requests to Open Wearables', ['operation']);
  const rawObjects = counter(registry, 'raw_object_failures', 'Raw payloads that cannot be read', ['reason']);
  const deadLetters = counter(registry, 'dead_letters', 'Dead letters by what became of them', ['outcome']);
  const invitations = counter(registry, 'invitations', 'Invitations', ['outcome']);
  const mails = counter(registry, 'mails', 'Letters to patients', ['kind', 'outcome']);
  const links = counter(registry, 'fresh_links', 'Fresh links asked for', ['outcome']);
  const downloads = counter(registry, 'downloads', 'Downloads of own data', ['format']);
  const consents = counter(registry, 'consent_events', 'Consent events recorded', ['channel']);
  const attempts = counter(registry, 'connect_attempts', 'Attempts to connect a wearable', ['outcome']);
  const disconnects = counter(registry, 'disconnects', 'Wearables disconnected at Open Wearables', [
    'outcome',
  ]);
  const erasures = counter(registry, 'erasures', 'Erasures of patients', ['outcome']);
  const signIns = counter(registry, 'sign_ins', 'Sign-ins of practitioners', ['outcome']);
  const tokens = counter(registry, 'access_tokens', 'Access tokens made and revoked by their owners', [
    'outcome',
  ]);
  const passwords = counter(registry, 'passwords_changed', 'Passwords that practitioners changed');
  const activityFailures = counter(registry, 'activity_failures', 'Failed activity attempts', [
    'activity',
    'kind',
  ]);
  const activityTimes = durations(registry, 'activity', 'Activity attempts by how they ended', [
    'activity',
    'outcome',
  ]);
  const versions = counter(registry, 'worker_versions', 'Looks at versions of workers by what they led to', [
    'outcome',
  ]);
  const lostConnections = counter(
    registry,
    'database_connections_lost',
    'Connections ended while they opened',
  );
  const databaseWaits = durations(registry, 'database_wait', 'Waits for a connection while all are in use', [
    'pool',
  ]);
  const webhooks = counter(registry, 'webhooks', 'Webhooks of Open Wearables by what they led to', [
    'outcome',
  ]);
  const limits = counter(registry, 'rate_limited', 'Requests beyond a rate limit', ['limit']);
  const requests = counter(registry, 'http_requests', 'HTTP requests', ['method', 'route', 'status']);
  const requestTimes = durations(registry, 'http_request', 'HTTP requests', ['method', 'route']);

  return {
    pollCompleted(poll: { pollId: string; message: string }) {
      polls.inc({ outcome: 'completed' });
      logger.info({ event: 'poll completed', ...poll }, poll.message);
    },
    pollSkipped(poll: { pollId: string; message: string }) {
      polls.inc({ outcome: 'skipped' });
      logger.warn({ event: 'poll skipped', ...poll }, poll.message);
    },
    pageStored(page: PageCounts & { patientId: number }) {
      pages.inc();
      samples.inc(page.seen);
      for (const outcome of [
        'created',
        'amended',
        'unchanged',
        'rejected',
        'withheld',
        'held',
        'retired',
      ] as const) {
        observations.inc({ outcome }, page[outcome]);
      }
      logger.debug({ event: 'page stored', ...page });
    },
    healed(healing: { patientId: number; provider: string; outcome: string }) {
      healings.inc({ outcome: healing.outcome });
      logger.info({ event: 'connection healed', ...healing });
    },
    reconciled(run: { reconcileId: string; isComplete: boolean; message: string }) {
      reconciliations.inc({ outcome: run.isComplete ? 'complete' : 'incomplete' });
      logger.info({ event: 'reconciled', ...run }, run.message);
    },
    /** A line that tells the end of the chain: whoever keeps the log elsewhere can compare it with the trail. */
    auditChecked({ events, end, broken }: Verified) {
      auditChecks.inc({ outcome: broken === null ? 'whole' : 'broken' });
      const found = { events, end: `${end.id}:${end.hash.toString('hex')}` };
      if (broken === null) logger.info({ event: 'audit trail checked', ...found });
      else logger.error({ event: 'audit trail broken', ...found, brokenAt: broken.id, why: broken.why });
    },
    /** An answer of whatever status. */
    upstreamAnswered({ ms, ...answer }: { operation: string; status: number; ms: number }) {
      upstreamTimes.observe({ operation: answer.operation }, ms / 1000);
      logger.debug({ event: 'upstream answered', ...answer, ms: Math.round(ms) });
    },
    upstreamFailed(failure: { kind: string; operation: string; status: number | null }) {
      upstream.inc({ kind: failure.kind });
      logger.warn({ event: 'upstream failed', ...failure });
    },
    rawObjectFailed(failure: { patientId: number; objectId: number; reason: string }) {
      rawObjects.inc({ reason: failure.reason });
      logger.warn({ event: 'raw object failed', ...failure });
    },
    deadLettersRetried({ patientId, ...outcomes }: LetterCounts & { patientId: number }) {
      for (const [outcome, count] of Object.entries(outcomes)) deadLetters.inc({ outcome }, count);
      logger.info({ event: 'dead letters retried', patientId, ...outcomes });
    },
    deadLettersDiscarded(discarded: { deadLetterIds: readonly number[]; by: number | null }) {
      deadLetters.inc({ outcome: 'discarded' }, discarded.deadLetterIds.length);
      logger.info({ event: 'dead letters discarded', ...discarded });
    },
    /** Health data was shown to somebody. */
    deadLetterViewed(view: { deadLetterId: number; by: number }) {
      deadLetters.inc({ outcome: 'viewed' });
      logger.warn({ event: 'dead letter viewed', ...view });
    },
    webhookReceived(message: { outcome: string }) {
      webhooks.inc(message);
      logger.debug({ event: 'webhook received', ...message });
    },
    invitationIssued(invitation: { invitationId: number; patientId: number; issuedBy: number }) {
      invitations.inc({ outcome: 'issued' });
      logger.info({ event: 'invitation issued', ...invitation });
    },
    invitationRedeemed(invitation: { invitationId: number; patientId: number }) {
      invitations.inc({ outcome: 'redeemed' });
      logger.info({ event: 'invitation redeemed', ...invitation });
    },
    invitationWithdrawn(invitation: { invitationId: number }) {
      invitations.inc({ outcome: 'withdrawn' });
      logger.info({ event: 'invitation withdrawn', ...invitation });
    },
    invitationRefused(refusal: { reason: string }) {
      invitations.inc({ outcome: 'refused' });
      logger.info({ event: 'invitation refused', ...refusal });
    },
    limited(request: { limit: string }) {
      limits.inc(request);
      logger.warn({ event: 'rate limited', ...request });
    },
    linkAskedFor(request: { outcome: 'known' | 'unknown' | 'too often' }) {
      links.inc(request);
      logger.info({ event: 'fresh link asked for', ...request });
    },
    dataDownloaded(download: { patientId: number; format: string }) {
      downloads.inc({ format: download.format });
      logger.info({ event: 'own data downloaded', ...download });
    },
    mailEnded(mail: { patientId: number; kind: string; outcome: string }) {
      mails.inc({ kind: mail.kind, outcome: mail.outcome });
      logger.info({ event: 'mail ended', ...mail });
    },
    consentsRecorded(record: { patientId: number; count: number; channel: string }) {
      consents.inc({ channel: record.channel }, record.count);
      logger.info({ event: 'consents recorded', ...record });
    },
    attemptEnded(attempt: { attemptId: string; patientId: number; provider: string; outcome: string }) {
      attempts.inc({ outcome: attempt.outcome });
      logger.info({ event: 'connect attempt ended', ...attempt });
    },
    disconnected(disconnect: { patientId: number; provider: string; outcome: string }) {
      disconnects.inc({ outcome: disconnect.outcome });
      logger.info({ event: 'wearable disconnected', ...disconnect });
    },
    erasureAsked(asked: { erasureId: number; patientId: number; askedAs: string; askedBy: number | null }) {
      erasures.inc({ outcome: 'asked' });
      logger.warn({ event: 'erasure asked for', ...asked });
    },
    erasureDelayed(erased: { erasureId: number; patientId: number }) {
      erasures.inc({ outcome: 'delayed' });
      logger.warn({ event: 'erasure waits for Temporal', ...erased });
    },
    erased({ erasureId, patientId, counts, openWearables }: Evidence) {
      erasures.inc({ outcome: openWearables === 'remains' ? 'partial' : 'complete' });
      logger.warn({
        event: 'patient erased',
        erasureId,
        patientId,
        rows: rowsRemoved(counts),
        openWearables,
      });
    },
    signedIn(signIn: { outcome: 'accepted' | 'refused'; userId: number | null }) {
      signIns.inc({ outcome: signIn.outcome });
      logger.info({ event: 'sign-in', ...signIn });
    },
    accessTokenMade(made: { userId: number; access: string; validDays: number }) {
      tokens.inc({ outcome: 'made' });
      logger.info({ event: 'access token made', ...made });
    },
    accessTokenRevoked(revoked: { userId: number; tokenId: number }) {
      tokens.inc({ outcome: 'revoked' });
      logger.info({ event: 'access token revoked', ...revoked });
    },
    passwordChanged(change: { userId: number }) {
      passwords.inc();
      logger.info({ event: 'password changed', ...change });
    },
    requestServed(request: { method: string; route: string; status: number; ms: number }) {
      const { method, route, status, ms } = request;
      requests.inc({ method, route, status: String(status) });
      requestTimes.observe({ method, route }, ms / 1000);
      logger.debug({ event: 'request', ...request, ms: Math.round(ms) });
    },
    versionTookOver(change: { build: string | null; before: string | null }) {
      versions.inc({ outcome: 'took over' });
      logger.info({ event: 'version took over', ...change });
    },
    versionStandsBack(standing: { build: string | null; current: string | null }) {
      versions.inc({ outcome: 'stands back' });
      logger.debug({ event: 'version stands back', ...standing });
    },
    strandedRunsEnded(ended: { count: number }) {
      versions.inc({ outcome: 'runs ended' }, ended.count);
      logger.warn({ event: 'stranded runs ended', ...ended });
    },
    versionUnsettled(failure: { code: number }) {
      versions.inc({ outcome: 'unsettled' });
      logger.warn({ event: 'version unsettled', ...failure });
    },
    databaseWaited({ pool, ms }: { pool: 'owner' | 'reader' | 'pages'; ms: number }) {
      databaseWaits.observe({ pool }, ms / 1000);
      logger.debug({ event: 'database waited', pool, ms: Math.round(ms) });
    },
    databaseLost() {
      lostConnections.inc();
      logger.warn({ event: 'database connection lost' });
    },
    activityEnded({ activity, outcome, ms }: { activity: string; outcome: ActivityEnd; ms: number }) {
      activityTimes.observe({ activity, outcome }, ms / 1000);
      logger.debug({ event: 'activity ended', outcome, ms: Math.round(ms) });
    },
    activityFailed(failure: {
      activity: string;
      kind: string;
      attempt: number;
      unexpected?: ReturnType<typeof whereThrown>;
    }) {
      activityFailures.inc({ activity: failure.activity, kind: failure.kind });
      logger.warn({ event: 'activity failed', ...failure });
    },
    crashed(crash: { where: string; unexpected: ReturnType<typeof whereThrown>; requestId?: string }) {
      logger.error({ event: 'unexpected error', ...crash });
    },
  };
}
