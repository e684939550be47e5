import { defaultPayloadConverter } from '@temporalio/common';
import { expect, it } from 'vitest';
import { createPayloadCodec, createPayloadDecoder } from '../../src/temporal/payload-codec.js';

const OLD = 'the old key of this test, long enough';
const NEW = 'the new key of this test, long enough';
const VALUE = { patientId: 40001, types: ['planted'], nothing: null };
const payload = defaultPayloadConverter.toPayload(VALUE);

it('what is encrypted comes back as it was, and looks like nothing meanwhile', async () => {
  const codec = createPayloadCodec([NEW]);
  const [encrypted] = await codec.encode([payload]);
  expect(Buffer.from(encrypted?.data ?? []).toString('latin1')).not.toMatch(/planted|json|patientId/);
  expect(Object.keys(encrypted?.metadata ?? {})).toEqual(['encoding']);
  const [decrypted] = await codec.decode([encrypted ?? {}]);
  expect(defaultPayloadConverter.fromPayload(decrypted ?? {})).toEqual(VALUE);
});

it('a key that was replaced still reads, and a new one writes', async () => {
  const [old] = await createPayloadCodec([OLD]).encode([payload]);
  const [read] = await createPayloadCodec([NEW, OLD]).decode([old ?? {}]);
  expect(defaultPayloadConverter.fromPayload(read ?? {})).toEqual(VALUE);
  const [written] = await createPayloadCodec([NEW, OLD]).encode([payload]);
  await expect(createPayloadCodec([OLD]).decode([written ?? {}])).rejects.toMatchObject({
    name: 'SecretUnreadable',
  });
});

it('what was written before there were keys is read', async () => {
  expect(await createPayloadCodec([NEW]).decode([payload])).toEqual([payload]);
});

it('the decoder gives back as it is what no key opens, and what was never encrypted', async () => {
  const decode = createPayloadDecoder([NEW]);
  const foreign = {
    metadata: { encoding: Buffer.from('binary/encrypted').toString('base64') },
    data: 'AAAA',
  };
  expect(await decode(foreign)).toEqual(foreign);
  const plain = { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data: 'e30=' };
  expect(await decode(plain)).toEqual(plain);
});
