import { NamedError } from '../errors.js';

/**
 * What can go wrong at Open Wearables, as far as a caller must tell it apart:
 * - NotConfigured: no address or key is set.
 * - KeyRejected: one of the two key texts of a 401; nothing will work until an operator mends it.
 * - NotAuthorized: any other 401; belongs to one connection, not to our key.
 * - ForeignSignIn: a patient would be sent to sign in where nobody knows the maker to be.
 * - NotFound, BadRequest: permanent answers to this request.
 * - RateLimited, ServerError, Unreachable, TimedOut, Unreadable: worth trying again.
 */
export type FailureKind =
  | 'NotConfigured'
  | 'KeyRejected'
  | 'NotAuthorized'
  | 'ForeignSignIn'
  | 'NotFound'
  | 'BadRequest'
  | 'RateLimited'
  | 'ServerError'
  | 'Unreachable'
  | 'TimedOut'
  | 'Unreadable'
  | 'LoopingCursor';

const TEXTS: Record<FailureKind, string> = {
  NotConfigured: 'OW_API_URL / OW_API_KEY not configured',
  KeyRejected: '401 Invalid or missing API key',
  NotAuthorized: 'Open Wearables refused this connection (401)',
  ForeignSignIn:
    'Open Wearables leads to a sign-in page that is not known to be of the maker (SIGN_IN_HOSTS)',
  NotFound: 'Open Wearables does not know this record (404)',
  BadRequest: 'Open Wearables refused the request',
  RateLimited: 'Open Wearables asks for fewer requests (429)',
  ServerError: 'Open Wearables failed (5xx)',
  Unreachable: 'Open Wearables cannot be reached',
  TimedOut: 'Open Wearables did not answer in time',
  Unreadable: 'Open Wearables gave an answer that is not what it claims to be',
  LoopingCursor: 'Open Wearables repeats a page for ever',
};

const RETRYABLE: ReadonlySet<FailureKind> = new Set([
  'RateLimited',
  'ServerError',
  'Unreachable',
  'TimedOut',
  'Unreadable',
]);

/** A named failure of the upstream; the message is fixed, the upstream's own text is never kept. */
export class OpenWearablesFailure extends NamedError {
  readonly retryable: boolean;

  constructor(
    readonly kind: FailureKind,
    readonly details: { readonly status?: number; readonly retryAfterMs?: number } = {},
    options?: ErrorOptions,
  ) {
    super(kind, TEXTS[kind], options);
    this.retryable = RETRYABLE.has(kind);
  }
}
