import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { z } from 'zod';
import { createSecretBox } from '../secret-box.js';

const NAME = 'temporal payload';
const ENCODING = 'binary/encrypted';

/** A payload as JSON has it: how one is sealed, and how Temporal's UI sends it. Values are base64. */
export const payloadText = z.object({
  metadata: z.record(z.string(), z.base64()).default({}),
  data: z.base64().default(''),
});
export type PayloadText = z.infer<typeof payloadText>;

/**
 * Encrypts what workflows, activities and queries carry, with AES-256-GCM under the first key; reads what any of the keys
 * encrypted. Payloads from before there were keys stay readable.
 */
export function createPayloadCodec([current = '', ...retired]: readonly string[]): PayloadCodec {
  const box = createSecretBox(current, retired);
  const seal = (payload: Payload): Payload => ({
    metadata: { encoding: Buffer.from(ENCODING) },
    data: box.seal(NAME, JSON.stringify(textOf(payload))),
  });
  const open = (payload: Payload): Payload => {
    if (Buffer.from(payload.metadata?.['encoding'] ?? []).toString() !== ENCODING) return payload;
    return payloadOf(payloadText.parse(JSON.parse(box.open(NAME, Buffer.from(payload.data ?? [])))));
  };
  return {
    encode: (payloads) => Promise.resolve(payloads).then((all) => all.map(seal)),
    decode: (payloads) => Promise.resolve(payloads).then((all) => all.map(open)),
  };
}

/** Decrypts one payload of Temporal's UI; one that no key opens stays as it is. */
export function createPayloadDecoder(keys: readonly string[]): (text: PayloadText) => Promise<PayloadText> {
  const codec = createPayloadCodec(keys);
  return async (text) => {
    try {
      const [plain] = await codec.decode([payloadOf(text)]);
      return plain === undefined ? text : textOf(plain);
    } catch {
      return text;
    }
  };
}

/** How payloads are written for Temporal; undefined without keys: as they are. */
export function dataConverterOf(keys: readonly string[]): DataConverter | undefined {
  if (keys.length === 0) return undefined;
  const source = fileURLToPath(new URL('failure-converter.ts', import.meta.url));
  const failureConverterPath = existsSync(source) ? source : source.replace(/\.ts$/, '.js');
  return { payloadCodecs: [createPayloadCodec(keys)], failureConverterPath };
}

function textOf({ metadata, data }: Payload): PayloadText {
  const entries: [string, Uint8Array][] = Object.entries(metadata ?? {});
  return {
    metadata: Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
    data: Buffer.from(data ?? []).toString('base64'),
  };
}

function payloadOf({ metadata, data }: PayloadText): Payload {
  const entries = Object.entries(metadata).map(
    ([key, value]) => [key, Buffer.from(value, 'base64')] as const,
  );
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}
