import { convertSample, isRejected } from '../src/omh/convert.js';
import { renderDataPoint } from '../src/omh/data-point.js';
import { loadSchemaValidation } from '../src/schema-validation.js';
import { measureInTurn } from './measure.js';
import { heartRateSamples } from './samples.js';

const SAMPLES = 50_000;
const ROUNDS = 5;
const context = { subject: '7c1f0a52-3f0e-4a57-9d43-0d6f1f6b2c11', timeZone: null };

/** Conversion, identity and rendering of five-minute heart rate, against JSON.parse of the same samples. */
export function benchConvert() {
  const samples = heartRateSamples(SAMPLES);
  const texts = samples.map((sample) => JSON.stringify(sample));
  const validation = loadSchemaValidation();
  const points = samples.slice(0, SAMPLES / 10).map(pointOf);

  const rates = measureInTurn(
    {
      'JSON.parse': () => countOf(texts, (text) => JSON.parse(text) !== null),
      'convert, identify and render': () => countOf(samples, (sample) => pointOf(sample).header.uuid !== ''),
      'schema validation': () => countOf(points, (point) => validation.problemsOf(point).length === 0),
    },
    ROUNDS,
  );
  const rate = (name: string) => rates.get(name)?.median ?? 0;
  return {
    name: 'convert',
    unit: 'samples per CPU second, one core',
    rates: Object.fromEntries(
      [...rates].map(([name, { median, perSecond }]) => [name, { median, perSecond }]),
    ),
    ratios: { 'convert to JSON.parse': rate('convert, identify and render') / rate('JSON.parse') },
  };
}

function pointOf(sample: object) {
  const measurement = convertSample('heart_rate', 'ow_normalized', sample, context);
  if (isRejected(measurement)) throw new Error('a sample of the bench was rejected');
  return renderDataPoint(measurement);
}

/** Counts without keeping anything, so that the collector's work is that of the measured piece. */
function countOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  for (const item of items) if (!holds(item)) throw new Error('a piece of the bench did not do its work');
  return items.length;
}
