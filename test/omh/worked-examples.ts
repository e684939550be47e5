import { readFileSync } from 'node:fs';
import type { DataPoint } from '../../src/omh/data-point.js';
import type { SampleSource } from '../../src/omh/measurement.js';

/** A sample with the whole data point it must give, identifier and creation time included. */
interface WorkedExample {
  readonly title: string;
  readonly type: string;
  readonly source: SampleSource;
  readonly timeZone: string | null;
  readonly input: object;
  readonly expected: DataPoint;
}

const file = new URL('./worked-examples.json', import.meta.url);

export const workedExamples = JSON.parse(readFileSync(file, 'utf8')) as readonly WorkedExample[];
