import { convertSample } from '../omh/convert.js';
import { convertSleepHeartRates } from '../omh/convert-sleep-heart-rates.js';
import type { ConversionContext, DataType } from '../omh/data-type.js';
import { deletedSleep } from '../omh/deleted-sleep.js';
import type { Measurement, Rejected } from '../omh/measurement.js';
import { sleepHeartRate } from '../omh/sleep-heart-rate.js';

/** What one data type made of one record; `feed` is the vendor's endpoint. */
export interface RawAttempt {
  readonly dataType: string;
  readonly feed: string;
  readonly record: unknown;
  readonly rows: 1;
  readonly outcome: Measurement | Rejected;
}

/** Those of the data types that read the records of a vendor's endpoint. */
export function fedBy(endpoint: string, dataTypes: readonly DataType[]): DataType[] {
  return dataTypes.filter((type) =>
    type.feeds.some((feed) => feed.source === 'oura_raw' && 'endpoint' in feed && feed.endpoint === endpoint),
  );
}

/** Converts every record for every data type; one that cannot be converted moves no other. */
export function convertRecords(
  records: readonly unknown[],
  endpoint: string,
  dataTypes: readonly DataType[],
  context: ConversionContext,
): RawAttempt[] {
  return records.flatMap((record) =>
    dataTypes.flatMap((type) =>
      outcomesOf(record, type, context).map((outcome) => ({
        ...{ dataType: type.name, feed: endpoint, record, rows: 1 as const, outcome },
      })),
    ),
  );
}

/** The identifiers of what these records say was deleted. */
export function deletedBy(
  records: readonly unknown[],
  endpoint: string,
  dataTypes: readonly DataType[],
  context: ConversionContext,
): string[] {
  return endpoint === 'sleep' ? records.flatMap((record) => deletedSleep(record, dataTypes, context)) : [];
}

function outcomesOf(
  record: unknown,
  type: DataType,
  context: ConversionContext,
): readonly (Measurement | Rejected)[] {
  // One night holds many of these, so that they have no converter of one sample.
  if (type === sleepHeartRate) return convertSleepHeartRates(record, context);
  return [convertSample(type.name, 'oura_raw', record, context)];
}
