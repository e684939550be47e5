import type { TokenAccess } from '../../../db/access-tokens.js';

/** What a token may do, in words. */
export const accessWords: Readonly<Record<TokenAccess, string>> = {
  read: 'Read',
  write: 'Read and change',
};
