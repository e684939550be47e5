import type { Fields } from './data-type.js';
import { isFields, textOrNull } from './fields.js';
import type { Origin, SampleSource } from './measurement.js';

const NOTHING: Fields = {};
const OURA = { provider: 'oura', datasheet: 'Oura Ring' };

/**
 * Where a sample came from. Open Wearables repeats the provider in `source.source` since 0.6 and left it out before:
 * both are null here, so that an upgrade of the upstream changes no identity.
 */
export function originOf(sample: Fields, from: SampleSource, series: string): Origin {
  const source = sourceFields(sample);
  const provider = textOrNull(source, 'provider') ?? (from === 'oura_raw' ? OURA.provider : '');
  const named = textOrNull(source, 'source');
  return {
    provider,
    source: named === provider ? null : named,
    device: textOrNull(source, 'device'),
    series,
  };
}

/**
 * The reference of the external datasheet: the first text of device, device model, provider and source name.
 * An Oura item names none of these: it is an Oura Ring. In such an item `source` is a label, not an object.
 */
export function datasheetOf(sample: Fields, from: SampleSource): string | null {
  const source = sourceFields(sample);
  return (
    textOrNull(source, 'device') ??
    textOrNull(source, 'device_model') ??
    textOrNull(source, 'provider') ??
    textOrNull(source, 'source_name') ??
    (from === 'oura_raw' ? OURA.datasheet : null)
  );
}

function sourceFields(sample: Fields): Fields {
  return isFields(sample['source']) ? sample['source'] : NOTHING;
}
