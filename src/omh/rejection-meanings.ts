import type { RejectionReason } from './measurement.js';

/** What each rejection reason means, for dead letters and documentation. */
export const rejectionMeanings: Readonly<Record<RejectionReason, string>> = {
  'not-an-object': 'The sample is not a JSON object.',
  'no-converter': 'Nothing converts this data type from this source.',
  'unknown-series': 'The time series is not one that the data type is read from.',
  'unknown-shape': 'The record is neither a day nor a workout.',
  'missing-field': 'A field that the data type needs is absent or null.',
  'bad-field': 'A field has another JSON type than it should.',
  'bad-number': 'A field is not a finite number: text, a boolean, or too large.',
  'bad-text': 'A text has a character that cannot be stored.',
  'bad-time': 'A time is not an ISO 8601 date and time.',
  'no-time-zone': 'A time has no offset from UTC, so that its instant is unknown.',
  'bad-date': 'A date does not exist, or is not written as YYYY-MM-DD.',
  'zone-required': "A figure of a day needs the patient's time zone, which is unknown.",
  'unknown-zone': "The patient's time zone is not a known name.",
  'reversed-interval': 'The record ends before it starts.',
  'rejected-sleep-type': 'The record is a rest period or was deleted: no sleep.',
  schema: 'The data point would break its schema.',
};
