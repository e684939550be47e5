import { NamedError } from '../../errors.js';

/** Why a staff page is not shown: what does not exist and what belongs to others look the same. */
export type Refusal = 'not found' | 'not allowed' | 'form expired';

/** Ends a handler with the page that says so. */
export class PageRefused extends NamedError {
  constructor(readonly refusal: Refusal) {
    super('PageRefused', refusal);
  }
}
