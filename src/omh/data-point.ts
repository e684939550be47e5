import type { DataType } from './data-type.js';
import type { JsonValue, Measurement } from './measurement.js';
import { dataTypeNamed } from './registry.js';

/** What rendering needs, all of it columns of a row. */
export type Renderable = Pick<
  Measurement,
  'dataType' | 'schemaId' | 'identifier' | 'start' | 'end' | 'value' | 'details' | 'datasheet'
>;

/** The header of `ieee:header:1.0`; its keys are in the order they are written. */
export interface Header {
  readonly uuid: string;
  readonly schema_id: { readonly namespace: string; readonly name: string; readonly version: string };
  readonly source_creation_date_time: string;
  readonly modality: 'sensed';
  readonly external_datasheets?: readonly [
    { readonly datasheet_type: 'manufacturer'; readonly datasheet_reference: string },
  ];
}

export type Body = Readonly<Record<string, JsonValue>>;

/** An Open mHealth / IEEE 1752.1 data point. */
export interface DataPoint {
  readonly header: Header;
  readonly body: Body;
}

/** The data point of a stored row. The same row gives the same bytes: no clock, no randomness, fixed key order. */
export function renderDataPoint(row: Renderable): DataPoint {
  return { header: renderHeader(row), body: renderBody(row, dataTypeNamed(row.dataType)) };
}

function renderHeader(row: Renderable): Header {
  const [namespace = '', name = '', version = ''] = row.schemaId.split(':');
  const header: Header = {
    uuid: row.identifier,
    schema_id: { namespace, name, version },
    source_creation_date_time: row.end ?? row.start,
    modality: 'sensed',
  };
  if (row.datasheet === null) return header;
  return {
    ...header,
    external_datasheets: [{ datasheet_type: 'manufacturer', datasheet_reference: row.datasheet }],
  };
}

function renderBody(row: Renderable, type: DataType): Body {
  const body: Record<string, JsonValue> = {};
  if (row.value !== null && type.quantity !== null) {
    body[type.quantity.property] = { value: row.value, unit: type.quantity.unit };
  }
  const details = row.details ?? {};
  for (const name of type.beforeFrame) {
    const detail = details[name];
    if (detail !== undefined) body[name] = detail;
  }
  body['effective_time_frame'] = renderFrame(row);
  // A name that is already there keeps its place before the frame.
  return Object.assign(body, details);
}

function renderFrame({ start, end }: Renderable): JsonValue {
  if (end === null) return { date_time: start };
  return { time_interval: { start_date_time: start, end_date_time: end } };
}
