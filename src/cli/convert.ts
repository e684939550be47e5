import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { NamedError } from '../errors.js';
import { convertSample, isRejected } from '../omh/convert.js';
import { renderDataPoint } from '../omh/data-point.js';
import type { Measurement, Rejected, SampleSource } from '../omh/measurement.js';
import { pairBloodPressure } from '../omh/pair-blood-pressure.js';
import { dataTypes } from '../omh/registry.js';
import { rejected } from '../omh/rejection.js';

interface Options {
  readonly source: SampleSource;
  readonly timeZone?: string;
  readonly subject: string;
}

/** The identity of samples that belong to nobody; a real subject gives the uuids that the service stores. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const NOT_JSON = Symbol('not JSON');

/** Conversion by itself, without database or servers: for people who debug, and for others who check us. */
export function convertCommand(): Command {
  return new Command('convert')
    .description('samples in, data points out: one JSON value a line, in order')
    .argument('<data-type>', `for example heart_rate; there are ${dataTypes.length}`)
    .addOption(
      new Option('--source <name>', 'where the samples are from')
        .choices(['ow_normalized', 'oura_raw'])
        .makeOptionMandatory(),
    )
    .option('--time-zone <zone>', 'IANA zone, for data that is told by day')
    .option('--subject <uuid>', 'whose samples they are; part of the identity', NOBODY)
    .action(async (dataType: string, options: Options) => {
      requireDataType(dataType);
      const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
      if (dataType === 'blood_pressure') await convertBatch(lines, options);
      else
        for await (const line of lines) if (line.trim() !== '') print(convertLine(dataType, line, options));
    });
}

function requireDataType(name: string): void {
  // A name that nobody converts, but that the reference converter knows, is answered line by line.
  if (/^[a-z0-9_]{1,64}$/.test(name)) return;
  throw new NamedError('UsageWrong', 'a data type is named like heart_rate');
}

function convertLine(dataType: string, line: string, options: Options): Measurement | Rejected {
  const sample = parse(line);
  return sample === NOT_JSON
    ? notJson()
    : convertSample(dataType, options.source, sample, contextOf(options));
}

/** Halves of a blood pressure find each other over all lines: first the readings, then what was rejected. */
async function convertBatch(lines: AsyncIterable<string>, options: Options): Promise<void> {
  const samples: unknown[] = [];
  let unreadable = 0;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const sample = parse(line);
    if (sample === NOT_JSON) unreadable += 1;
    else samples.push(sample);
  }
  if (options.source !== 'ow_normalized') {
    for (const sample of samples)
      print(convertSample('blood_pressure', options.source, sample, contextOf(options)));
    return;
  }
  const { readings, rejected: refusals } = pairBloodPressure(samples, contextOf(options));
  for (const { measurement } of readings) print(measurement);
  for (const { outcome } of refusals) print(outcome);
  for (let count = 0; count < unreadable; count += 1) print(notJson());
}

function contextOf({ subject, timeZone }: Options) {
  return { subject, timeZone: timeZone ?? null };
}

function notJson(): Rejected {
  return rejected('not-an-object', 'line');
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return NOT_JSON;
  }
}

function print(outcome: Measurement | Rejected): void {
  const answer = isRejected(outcome)
    ? { rejected: { class: outcome.class, reason: outcome.reason, detail: outcome.detail } }
    : renderDataPoint(outcome);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
