/** A part of the embedded world cannot be had; the message says what to do about it. */
export class PartUnavailable extends Error {
  override readonly name = 'PartUnavailable';
}
