import { conversionExamples } from './conversion-examples.js';
import { convertSample, isRejected } from './convert.js';
import { renderDataPoint } from './data-point.js';
import type { DataType, Feed } from './data-type.js';
import { rejectionReasons } from './measurement.js';
import { dataTypes } from './registry.js';
import { rejectionMeanings } from './rejection-meanings.js';

const HEADINGS = ['Data type', 'Open Wearables', 'Oura', 'Code', 'Value', 'FHIR', 'Comes'];

const EXAMPLE_PATIENT = '7c1f0a52-3f0e-4a57-9d43-0d6f1f6b2c11';

const INTRODUCTION = `# Conversions

Which samples become which Open mHealth / IEEE 1752.1 data points. Written from \`src/omh/registry.ts\` by
\`npx tsx dev/conversions-page.ts\`; a test says when this page is stale.

A study asks for a code and gets the data type that comes with it. Types marked "when asked" are converted only for a
study that asks for them; of types that share a code, only the first comes with the code. "Composite" types have
several figures, each with its unit in the body. FHIR codes are those that a published guide or schema confirms.`;

const REJECTIONS = `## What is not converted

Latitude, longitude and elevation are never read. Series without a truthful schema (heart rate variability, skin
temperature, steps by the minute, stress and readiness scores, and others) have no data type. Steps travel with the
day's physical activity.

A sample that cannot be converted is rejected with a reason and the name of the field, and rejects nothing else.
Values that are only implausible are converted.`;

const ADDING = `## A new data type

One file, one line of the registry, its vectors: [adding-a-data-type.md](adding-a-data-type.md).`;

/** The text of `docs/conversions.md`: every data type with what it is read from and what it becomes. */
export function renderConversionTable(): string {
  const sections = [
    INTRODUCTION,
    table(HEADINGS, dataTypes.map(cellsOf)),
    examples(),
    REJECTIONS,
    reasons(),
    ADDING,
  ];
  return `${sections.join('\n\n')}\n`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function reasons(): string {
  return table(
    ['Reason', 'Meaning'],
    rejectionReasons.map((reason) => [`\`${reason}\``, rejectionMeanings[reason]]),
  );
}

function examples(): string {
  return ['## Examples', ...conversionExamples.map(exampleText)].join('\n\n');
}

function exampleText({
  title,
  dataType,
  source,
  timeZone,
  sample,
}: (typeof conversionExamples)[number]): string {
  const outcome = convertSample(dataType, source, sample, { subject: EXAMPLE_PATIENT, timeZone });
  const point = isRejected(outcome) ? outcome : renderDataPoint(outcome);
  return `${title}, as \`${dataType}\`:\n\n${json(sample)}\n\n${json(point)}`;
}

function json(value: object): string {
  return ['```json', JSON.stringify(value, null, 2), '```'].join('\n');
}

function cellsOf(type: DataType): string[] {
  return [
    `\`${type.name}\``,
    feedsText(type.feeds.filter(({ source }) => source === 'ow_normalized')),
    feedsText(type.feeds.filter(({ source }) => source === 'oura_raw')),
    `\`${type.schemaId}\`, ${type.coding.display}`,
    type.quantity === null ? 'composite' : `\`${type.quantity.property}\` in \`${type.quantity.unit}\``,
    type.fhir.codings.map(codingText).join(', ') || 'none confirmed',
    type.standing === 'core' ? 'with its code' : 'when asked',
  ];
}

function feedsText(feeds: readonly Feed[]): string {
  return feeds.map(feedText).join('; ') || 'no';
}

function feedText(feed: Feed): string {
  const place =
    'series' in feed
      ? `timeseries ${feed.series.map((name) => `\`${name}\``).join(', ')}`
      : `\`${feed.endpoint}\``;
  return `${place} (${feed.kind})`;
}

function codingText({ system, code }: { readonly system: string; readonly code: string }): string {
  return `${system.endsWith('loinc.org') ? 'LOINC' : 'SNOMED CT'} ${code}`;
}
