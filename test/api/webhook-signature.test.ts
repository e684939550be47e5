import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { isSigned } from '../../src/api/webhook-signature.js';

const SECRET = `whsec_${Buffer.from('a secret of this test').toString('base64')}`;
const now = new Date();
const sign = (id: string, at: Date, body: string, secret = SECRET) => new Webhook(secret).sign(id, at, body);
const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));
const later = (s: number) => new Date(now.getTime() + s * 1000);
const good = {
  ...{ id: 'msg_1', timestamp: seconds(now), body: '{"heart":"ä"}' },
  signatures: sign('msg_1', now, '{"heart":"ä"}'),
};
/** Signed by our secret, whatever the time looks like. */
const resigned = (timestamp: string) => {
  const key = Buffer.from('a secret of this test');
  const signature = createHmac('sha256', key).update(`msg_1.${timestamp}.${good.body}`).digest('base64');
  return { ...good, timestamp, signatures: `v1,${signature}` };
};
const other = sign('msg_1', now, good.body, Buffer.from('another').toString('base64'));

it.each([
  ['as signed', good, now],
  [
    'with the signature of another secret before it',
    { ...good, signatures: `${other} ${good.signatures}` },
    now,
  ],
  ['within five minutes', good, later(298)],
  ['to the second', good, new Date((Number(good.timestamp) + 300) * 1000)],
])('what the library of Standard Webhooks signs holds: %s', (_, message, at) => {
  expect(isSigned(SECRET, message, at)).toBe(true);
  expect(isSigned(SECRET.slice('whsec_'.length), message, at)).toBe(true);
});

it.each([
  ['another body', { ...good, body: '{}' }, now],
  ['another id', { ...good, id: 'msg_2' }, now],
  ['no id', { ...good, id: '', signatures: sign('', now, good.body) }, now],
  ['another time', { ...good, timestamp: seconds(later(1)) }, now],
  ['a time that is none', { ...good, timestamp: 'now' }, now],
  ['a time with a sign before it', resigned(`+${good.timestamp}`), now],
  ['a time with more behind it', resigned(`${good.timestamp}.0`), now],
  ['no signature', { ...good, signatures: '' }, now],
  ['half a signature', { ...good, signatures: good.signatures.slice(0, 20) }, now],
  ['another version', { ...good, signatures: good.signatures.replace('v1', 'v1a') }, now],
  ['another secret', { ...good, signatures: other }, now],
  ['more than five minutes later', good, later(302)],
  ['signed in the future', good, later(-302)],
])('what does not hold: %s', (_, message, at) => {
  expect(isSigned(SECRET, message, at)).toBe(false);
});
