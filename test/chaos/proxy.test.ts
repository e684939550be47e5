import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { openLink, type Link } from './proxy.js';

/** Answers every message with itself, and says goodbye when the other side does. */
let echo: Server;
let link: Link;
const clients: Socket[] = [];
beforeAll(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => socket.on('error', () => undefined).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
});
afterAll(() => {
  echo.close();
});
beforeEach(async () => {
  link = await openLink((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await link.close();
});

interface Call {
  readonly socket: Socket;
  readonly heard: () => string;
  /** How it ended: the code of an error, `end`, or undefined while it lives. */
  readonly ending: () => string | undefined;
}

function call(): Call {
  const socket = connect({ port: link.port, host: '127.0.0.1', allowHalfOpen: true });
  clients.push(socket);
  let [text, ending] = ['', undefined as string | undefined];
  socket.on('data', (data: Buffer) => {
    text += data.toString();
  });
  socket.on('end', () => (ending ??= 'end'));
  socket.on('error', (error: NodeJS.ErrnoException) => (ending ??= error.code));
  return { socket, heard: () => text, ending: () => ending };
}

const hears = (one: Call, text: string) =>
  until(`${text} is heard`, () => Promise.resolve(one.heard() === text));
const ends = (one: Call) => until('it ends', () => Promise.resolve(one.ending()));

it('healthy, it carries both directions, and a goodbye of either side', async () => {
  const one = call();
  one.socket.end('question');
  await hears(one, 'question');
  expect(await ends(one)).toBe('end');
});

it('a great answer arrives whole and in order', async () => {
  const one = call();
  const text = Array.from({ length: 200_000 }, (_, index) => index).join(' ');
  one.socket.end(text);
  await ends(one);
  expect(one.heard()).toBe(text);
});

it('latency holds each message up for so long', async () => {
  await link.set({ kind: 'latency', ms: 150 });
  const one = call();
  const began = performance.now();
  one.socket.write('slow');
  await hears(one, 'slow');
  // Once on the way there, once on the way back.
  expect(performance.now() - began).toBeGreaterThan(290);
});

it('a reset breaks in the middle of an answer, for who is connected already as well', async () => {
  const one = call();
  one.socket.write('before');
  await hears(one, 'before');
  await link.set({ kind: 'reset', afterBytes: 4 });
  one.socket.write('unheard');
  // Not every system tells a reset that follows data from a goodbye.
  expect(['ECONNRESET', 'end']).toContain(await ends(one));
  expect('beforeunheard'.startsWith(one.heard())).toBe(true);
  expect(one.heard()).not.toBe('beforeunheard');
});

it('a truncated answer ends politely after so many bytes', async () => {
  await link.set({ kind: 'truncate', afterBytes: 4 });
  const one = call();
  one.socket.write('truncated');
  expect(await ends(one)).toBe('end');
  expect(one.heard()).toBe('trun');
});

it('what is stalled goes on when the link is well again', async () => {
  const one = call();
  await link.set({ kind: 'stall' });
  one.socket.write('patience');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect([one.heard(), one.ending()]).toEqual(['', undefined]);
  await link.set(null);
  await hears(one, 'patience');
});

it('refused, nobody is connected and nobody can connect; later the same port answers again', async () => {
  const one = call();
  one.socket.write('here');
  await hears(one, 'here');
  await link.set({ kind: 'refuse' });
  expect(await ends(one)).toBe('ECONNRESET');
  expect(await ends(call())).toBe('ECONNREFUSED');
  await link.set(null);
  const later = call();
  later.socket.write('again');
  await hears(later, 'again');
});

it('drips a few bytes at a time, and pours what is left once it is well', async () => {
  await link.set({ kind: 'drip', bytes: 2, everyMs: 50 });
  const one = call();
  const began = performance.now();
  one.socket.write('12345678');
  await hears(one, '12345678');
  expect(performance.now() - began).toBeGreaterThan(190);
  await link.set({ kind: 'drip', bytes: 1, everyMs: 60_000 });
  one.socket.write('90');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await link.set(null);
  await hears(one, '1234567890');
});
