import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Turns messages and stack traces of failures into payloads, which the codec then encrypts. Temporal loads it by its path,
 * into the worker, its workflows and the client.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
