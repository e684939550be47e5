import { rejectionReasons } from '../../../../omh/measurement.js';
import { rejectionMeanings } from '../../../../omh/rejection-meanings.js';

/** What a reason means, in a sentence. */
export function meaningOf(reason: string): string {
  const known = rejectionReasons.find((each) => each === reason);
  return known === undefined ? reason : rejectionMeanings[known];
}

/** `heart rate` */
export function plainType(dataType: string): string {
  return dataType.replaceAll('_', ' ');
}
