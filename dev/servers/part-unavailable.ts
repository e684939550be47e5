import { NamedError } from '../../src/errors.js';

/** A part of the embedded world cannot be had; the message says what to do about it. */
export class PartUnavailable extends NamedError {
  constructor(message: string) {
    super('PartUnavailable', message);
  }
}
