import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { createClientAddress } from '../src/client-address.js';

const PROXIES = ['10.0.0.0/8', 'fd00::/8'];

async function asking(remoteAddress: string, forwarded?: string, proxies = PROXIES): Promise<string> {
  const clientAddress = createClientAddress(proxies);
  const app = new Hono().get('/', (context) => context.text(clientAddress(context)));
  const headers = forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded };
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })).text();
}

it.each([
  ['the machine that connects', '203.0.113.7', undefined, '203.0.113.7'],
  ['what our proxy saw', '10.0.0.2', '203.0.113.7', '203.0.113.7'],
  ['what the first of our proxies saw', '10.0.0.2', '203.0.113.7, 10.0.0.9', '203.0.113.7'],
  ['never what a client claims behind our proxy', '10.0.0.2', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['never what a client claims without a proxy', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['our proxy itself when it says nothing', '10.0.0.2', undefined, '10.0.0.2'],
  ['the network of an IPv6 address', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', undefined, '2001:db8:1:2'],
  ['the network of a short IPv6 address', '2001:db8::1', undefined, '2001:db8:0:0'],
  ['the IPv4 address within an IPv6 one', '::ffff:203.0.113.7', undefined, '203.0.113.7'],
  ['the network of an IPv6 address that begins with zeros', '::5:2:3:4:5', undefined, '0:0:0:5'],
  ['the network of an IPv6 address that ends with zeros', '2001:DB8:7::', undefined, '2001:db8:7:0'],
  ['the network of an IPv6 address with zeros within', '2001:db8::7:0:0:0:1', undefined, '2001:db8:0:7'],
  ['all zeros', '::', undefined, '0:0:0:0'],
  ['no IPv4 address that only ends another one', '64:ff9b::ffff:203.0.113.7', undefined, '64:ff9b:0:0'],
  ['a proxy by IPv6 in disguise', '::ffff:10.0.0.2', '203.0.113.7', '203.0.113.7'],
])('is %s', async (_, remoteAddress, forwarded, expected) => {
  expect(await asking(remoteAddress, forwarded)).toBe(expected);
});

it('is the machine that connects, whatever it claims, when no proxy is trusted', async () => {
  expect(await asking('10.0.0.2', '203.0.113.7', [])).toBe('10.0.0.2');
});

it('is nobody in particular where no machine connects, as in a test without a network', async () => {
  const clientAddress = createClientAddress(PROXIES);
  const app = new Hono().get('/', (context) => context.text(`<${clientAddress(context)}>`));
  expect(await (await app.request('/')).text()).toBe('<>');
  expect(await (await app.request('/', {}, { incoming: {} })).text()).toBe('<>');
});
