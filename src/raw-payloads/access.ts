import { NamedError } from '../errors.js';
import type { Settings } from '../settings.js';

/** Where the raw payloads lie, and how they are reached. */
export interface RawAccess {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  readonly keyPrefix: string;
}

const REQUIRED = [
  'ow.s3.endpoint_url',
  'ow.s3.access_key_id',
  'ow.s3.secret_access_key',
  'ow.s3.bucket_name',
] as const;

/** Which required setting is missing first, in the words of the original system; undefined when none is. */
export function missingRawSettings(settings: Settings): string | undefined {
  const missing = REQUIRED.find((key) => settings[key] === '');
  return missing === undefined ? undefined : `OW raw ingest requires JheSetting '${missing}' to be set.`;
}

/** Throws NamedError `RawNotConfigured` when a required setting is missing. */
export function rawAccess(settings: Settings): RawAccess {
  const missing = missingRawSettings(settings);
  if (missing !== undefined) throw new NamedError('RawNotConfigured', missing);
  return {
    endpoint: settings['ow.s3.endpoint_url'],
    accessKeyId: settings['ow.s3.access_key_id'],
    secretAccessKey: settings['ow.s3.secret_access_key'],
    bucket: settings['ow.s3.bucket_name'],
    keyPrefix: settings['ow.s3.key_prefix'],
  };
}
