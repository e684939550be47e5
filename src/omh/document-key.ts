import type { Fields, Frame } from './data-type.js';
import { textOrNull } from './fields.js';
import { utcText } from './time-frame.js';

/** The record key of a document: its kind and its id, or its start where the upstream gave it no id. */
export function documentKey(kind: string, document: Fields, frame: Frame): readonly string[] {
  return [kind, textOrNull(document, 'id') ?? utcText(frame.start)];
}
