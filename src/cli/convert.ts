import { createInterface } from 'node:readline/promises';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { NamedError } from '../errors.js';
import { bloodPressure } from '../omh/blood-pressure.js';
import { convertSleepHeartRates } from '../omh/convert-sleep-heart-rates.js';
import { convertSample, isRejected, type ConversionContext } from '../omh/convert.js';
import { renderDataPoint } from '../omh/data-point.js';
import type { Measurement, Rejected, SampleSource } from '../omh/measurement.js';
import { pairBloodPressure } from '../omh/pair-blood-pressure.js';
import { dataTypes } from '../omh/registry.js';
import { rejected } from '../omh/rejection.js';
import { sleepHeartRate } from '../omh/sleep-heart-rate.js';

interface Options {
  readonly source: SampleSource;
  readonly timeZone?: string;
  readonly subject: string;
}

type Outcome = Measurement | Rejected;

/** The identity of samples that belong to nobody; a real subject gives the uuids that the service stores. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Stands for a line that holds no JSON value; no JSON text has this value. */
const UNREADABLE = undefined;

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
      const outcomes = convertAll(dataType, options, samplesOf(lines));
      await pipeline(outcomes, asLines, process.stdout, { end: false }).catch(unlessReaderLeft);
    });
}

function requireDataType(name: string): void {
  // A name that nobody converts, but that the reference converter knows, is answered line by line.
  if (/^[a-z0-9_]{1,64}$/.test(name)) return;
  throw new NamedError('UsageWrong', 'a data type is named like heart_rate');
}

async function* samplesOf(lines: AsyncIterable<string>): AsyncGenerator {
  for await (const line of lines) if (line.trim() !== '') yield parse(line);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return UNREADABLE;
  }
}

async function* convertAll(
  dataType: string,
  { source, subject, timeZone }: Options,
  samples: AsyncIterable<unknown>,
): AsyncGenerator<Outcome> {
  const context = { subject, timeZone: timeZone ?? null };
  if (dataType === bloodPressure.name && source === 'ow_normalized') yield* convertHalves(samples, context);
  else
    for await (const sample of samples) {
      if (sample === UNREADABLE) yield notJson();
      else if (dataType === sleepHeartRate.name && source === 'oura_raw')
        yield* convertSleepHeartRates(sample, context);
      else yield convertSample(dataType, source, sample, context);
    }
}

/** Halves of a blood pressure find each other over all lines: first the readings, then what was rejected. */
async function* convertHalves(
  samples: AsyncIterable<unknown>,
  context: ConversionContext,
): AsyncGenerator<Outcome> {
  const all: unknown[] = [];
  for await (const sample of samples) all.push(sample);
  const { readings, rejected: refusals } = pairBloodPressure(all, context);
  for (const { measurement } of readings) yield measurement;
  for (const { index, outcome } of refusals) yield all[index] === UNREADABLE ? notJson() : outcome;
}

function notJson(): Rejected {
  return rejected('not-an-object', 'line');
}

async function* asLines(outcomes: AsyncIterable<Outcome>): AsyncGenerator<string> {
  for await (const outcome of outcomes) yield `${JSON.stringify(answerTo(outcome))}\n`;
}

function answerTo(outcome: Outcome): object {
  if (!isRejected(outcome)) return renderDataPoint(outcome);
  const { class: kind, reason, detail } = outcome;
  return { rejected: { class: kind, reason, detail } };
}

/** A reader that has seen enough, as `head` has, is no failure. */
function unlessReaderLeft(failure: unknown): void {
  if (failure instanceof Error && 'code' in failure && failure.code === 'EPIPE') return;
  throw failure;
}
