import {
  ApplicationFailure,
  CancelledFailure,
  DefaultFailureConverter,
  defaultPayloadConverter,
} from '@temporalio/common';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { NamedError } from '../../src/errors.js';
import { OpenWearablesFailure, type FailureKind } from '../../src/open-wearables/failures.js';
import { asFailure } from '../../src/temporal/failure-interceptor.js';

const PLANTED = 'rosalind@planted.example 137.777';

/** All that a history would keep of a thrown value. */
function inHistory(thrown: unknown): string {
  return JSON.stringify(
    new DefaultFailureConverter().errorToFailure(asFailure(thrown), defaultPayloadConverter),
  );
}

function applicationFailure(thrown: unknown): ApplicationFailure {
  const failure = asFailure(thrown);
  if (failure instanceof ApplicationFailure) return failure;
  throw new Error('the failure is a cancellation');
}

describe('failures of Open Wearables', () => {
  it.each<FailureKind>(['NotFound', 'BadRequest', 'LoopingCursor'])('%s is not tried again', (kind) => {
    const { type, nonRetryable } = applicationFailure(new OpenWearablesFailure(kind));
    expect({ type, nonRetryable }).toEqual({ type: kind, nonRetryable: true });
  });

  it.each<FailureKind>([
    'RateLimited',
    'ServerError',
    'Unreachable',
    'TimedOut',
    'Unreadable',
    'KeyRejected',
    'NotConfigured',
  ])('%s is tried again, since time or an operator mends it', (kind) => {
    const { type, nonRetryable } = applicationFailure(new OpenWearablesFailure(kind));
    expect({ type, nonRetryable }).toEqual({ type: kind, nonRetryable: false });
  });

  it('are tried again when the upstream says so', () => {
    const failure = applicationFailure(
      new OpenWearablesFailure('RateLimited', { status: 429, retryAfterMs: 7_000 }),
    );
    expect(failure.nextRetryDelay).toBe(7_000);
    expect(applicationFailure(new OpenWearablesFailure('RateLimited')).nextRetryDelay).toBeUndefined();
  });

  it('keep the fixed text, never what caused them', () => {
    const failure = new OpenWearablesFailure('ServerError', { status: 500 }, { cause: new Error(PLANTED) });
    expect(applicationFailure(failure).message).toBe('Open Wearables failed (5xx)');
    expect(inHistory(failure)).not.toContain('planted');
    expect(inHistory(failure)).not.toContain('137.777');
  });
});

describe('errors that quote data', () => {
  const database = Object.assign(new postgres.PostgresError(`duplicate key: ${PLANTED}`), {
    code: '23505',
    detail: `Key (email)=(${PLANTED}) already exists.`,
  });
  const unforeseen = {
    'of the database': database,
    'of the program': new TypeError(`cannot read ${PLANTED}`),
    'that wrap another one': new Error(PLANTED, { cause: database }),
    'that are several': new AggregateError([new Error(PLANTED)], PLANTED),
    'that are no error at all': PLANTED,
    'that are a sample': { type: 'heart_rate', value: 137.777, email: PLANTED },
    'that are nothing': undefined,
  };

  it.each(Object.entries(unforeseen))('%s leave only their kind in a history', (_, thrown) => {
    expect(applicationFailure(thrown)).toMatchObject({ type: 'Unexpected', nonRetryable: false });
    expect(inHistory(thrown)).not.toContain('planted');
    expect(inHistory(thrown)).not.toContain('137.777');
  });

  it('of the database can be told apart by their code', () => {
    expect(applicationFailure(database).message).toBe('unexpected error (PostgresError/23505)');
  });
});

it.each(['57P01', '57P03', '08006', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT', 'ECONNREFUSED', 'ECONNRESET'])(
  'a lost connection to the database has a name and is tried again (%s)',
  (code) => {
    const thrown = Object.assign(new Error(`write CONNECTION_CLOSED ${PLANTED}`), { code });
    expect(applicationFailure(thrown)).toMatchObject({ type: 'DatabaseLost', nonRetryable: false });
    expect(inHistory(thrown)).not.toContain('planted');
  },
);

it('a failure of our own keeps its name and fixed text, not its cause', () => {
  const thrown = new NamedError('AccountTaken', 'the account belongs to another patient', {
    cause: new Error(PLANTED),
  });
  const { type, message, nonRetryable } = applicationFailure(thrown);
  expect({ type, message, nonRetryable }).toEqual({
    type: 'AccountTaken',
    message: 'the account belongs to another patient',
    nonRetryable: true,
  });
  expect(inHistory(thrown)).not.toContain('planted');
});

it('cancellation stays cancellation, however it was thrown', () => {
  const cancelled = new CancelledFailure('cancelled by an operator');
  expect(asFailure(cancelled)).toBe(cancelled);
  const aborted = asFailure(new DOMException(PLANTED, 'AbortError'));
  expect(aborted).toBeInstanceOf(CancelledFailure);
  expect(inHistory(new DOMException(PLANTED, 'AbortError'))).not.toContain('planted');
});

it('a request that took too long is a failure, not a cancellation', () => {
  expect(asFailure(new DOMException('too long', 'TimeoutError'))).toBeInstanceOf(ApplicationFailure);
});
