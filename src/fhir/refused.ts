import { NamedError } from '../errors.js';

/** Something in a request that cannot be understood or must not be; `message` is a fixed text. */
export class Refused extends NamedError {
  constructor(
    readonly status: 400 | 422,
    message: string,
  ) {
    super('FhirRefused', message);
  }
}
