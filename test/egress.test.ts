import type { LookupOptions } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEgress } from '../src/egress.js';
import { OpenWearablesHttp } from '../src/open-wearables/http.js';
import { openRawStorage } from '../src/raw-payloads/storage.js';

/** Listens on this machine, where nothing but a mistake leads. */
let inside: Server;
let port: number;
let visits = 0;
beforeAll(async () => {
  inside = createServer((_, answer) => {
    visits += 1;
    answer.end('{}');
  });
  inside.on('connection', () => (visits += 1));
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  port = (inside.address() as AddressInfo).port;
});
afterAll(async () => {
  inside.closeAllConnections();
  await new Promise((resolve) => inside.close(resolve));
});
beforeEach(() => {
  visits = 0;
});

const ALLOWED = ['ow.example', 'ow.example:8443', '127.0.0.1:*', '[::1]:*', '169.254.169.254', '10.0.0.7'];
const resolver = (...answers: readonly string[][]): Parameters<typeof createEgress>[1] => {
  let asked = 0;
  const lookup = (_: string, __: unknown, callback: (error: null, found: unknown) => void) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    callback(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return lookup as unknown as Parameters<typeof createEgress>[1];
};

describe('an address that may not be stored', () => {
  it.each([
    ...[
      'http://localhost',
      'http://LOCALHOST:8001',
      'http://localhost.',
      'https://ow.example.',
      'http://ow.example:81',
    ],
    ...[
      'http://127.0.0.1',
      'http://127.0.0.1:5432',
      'http://127.1',
      'http://2130706433',
      'http://0x7f000001',
    ],
    ...[
      'http://0177.0.0.1',
      'http://0x7f.0.0.1',
      'http://127.0.0.1.nip.io',
      'http://[::1]',
      'http://[::1]:7233',
    ],
    ...[
      'http://[::ffff:127.0.0.1]',
      'http://[::ffff:7f00:1]',
      'http://[0:0:0:0:0:0:0:1]',
      'http://[::]',
      'http://0.0.0.0',
    ],
    ...[
      'http://0',
      'http://169.254.169.254',
      'http://169.254.169.254/latest/meta-data/',
      'http://0xa9fea9fe',
    ],
    ...['http://2852039166', 'http://[fd00:ec2::254]', 'http://metadata.google.internal', 'http://10.0.0.7'],
    ...[
      'http://10.0.0.8',
      'http://192.168.1.1',
      'http://172.16.0.1',
      'http://100.64.0.1',
      'http://[fe80::1]',
      'http://[fc00::1]',
    ],
    ...[
      'https://ow.example@evil.example',
      'https://ow.example:443@evil.example',
      'https://evil.example#ow.example',
    ],
    ...[
      'https://evil.example/ow.example',
      'https://evil.example?ow.example',
      'https://ow.example.evil.example',
    ],
    ...[
      'https://evilow.example',
      'https://user:pass@ow.example',
      'https://user@ow.example',
      'https://ow.example:8444',
    ],
    ...[
      'https://ow.example:22',
      'http://ow.example:8001',
      'https://①②⑦.⓪.⓪.①',
      'https://ow。evil.example',
      'https://ow-example',
    ],
    ...[
      'https://ow.examp1e',
      'https://[64:ff9b::7f00:1]',
      'https://sub.ow.example',
      'https://ow.example:65535',
    ],
    ...['http:\\\\evil.example', 'https://ow.example\\@evil.example', 'https:evil.example'],
  ])('%s', (url) => {
    const egress = createEgress({ UPSTREAM_HOSTS: ALLOWED });
    expect(egress.refusal(url)).toMatch(/UPSTREAM_HOSTS|UPSTREAM_NETWORKS|user name/);
  });
});

it.each(['https://ow.example', 'https://OW.example/base', 'http://ow.example', 'https://ow.example:8443'])(
  '%s may be stored, for its host is listed',
  (url) => {
    expect(createEgress({ UPSTREAM_HOSTS: ALLOWED }).refusal(url)).toBeUndefined();
  },
);

it('none may be stored where no host is listed, but that of the environment always', () => {
  expect(createEgress({}).refusal('https://ow.example')).toMatch(/UPSTREAM_HOSTS/);
  const own = createEgress({ OW_API_URL: 'http://10.0.0.9:8000/base' });
  expect(own.refusal('http://10.0.0.9:8000/another')).toBeUndefined();
  for (const other of ['http://10.0.0.9:8001', 'https://10.0.0.9:8000'])
    expect(own.refusal(other)).toMatch(/UPSTREAM_HOSTS/);
});

it('an address of a public network may be stored, and of one that was opened', () => {
  const hosts = { UPSTREAM_HOSTS: ['93.184.215.14', '[2606:2800::1]', '10.0.0.7', '[fd00::1]'] };
  const opened = createEgress({ ...hosts, UPSTREAM_NETWORKS: ['10.0.0.0/8', 'fd00::/8'] });
  for (const host of hosts.UPSTREAM_HOSTS) expect(opened.refusal(`https://${host}/`)).toBeUndefined();
  const closed = createEgress(hosts);
  for (const host of hosts.UPSTREAM_HOSTS.slice(0, 2))
    expect(closed.refusal(`https://${host}/`)).toBeUndefined();
  for (const host of hosts.UPSTREAM_HOSTS.slice(2))
    expect(closed.refusal(`https://${host}/`)).toMatch(/UPSTREAM_NETWORKS/);
});

describe('the address a name leads to', () => {
  const resolved = (lookup: LookupFunction, host = 'ow.example', options: LookupOptions = {}) =>
    new Promise((resolve) => {
      lookup(host, options, (failure, address, family) => {
        if (failure !== null) resolve(failure.message);
        else resolve(typeof address === 'string' ? `${address} ${family ?? '-'}` : address);
      });
    });
  const REFUSED = 'the name leads to an address that is not allowed';

  it('is looked at each time: a name that flips from outside to inside is refused the second time', async () => {
    const egress = createEgress({ UPSTREAM_HOSTS: ALLOWED }, resolver(['93.184.215.14'], ['127.0.0.1']));
    expect(await resolved(egress.lookup)).toBe('93.184.215.14 4');
    expect(await resolved(egress.lookup)).toBe(REFUSED);
  });

  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.31.255.255',
      '192.168.0.1',
      '169.254.169.254',
      '100.127.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ],
    ...[
      '255.255.255.255',
      '198.18.0.1',
      '::1',
      '::',
      '::ffff:10.0.0.1',
      '::ffff:a00:1',
      'fe80::1',
      'fd00:ec2::254',
      'ff02::1',
    ],
    ...['64:ff9b::a00:1', '2002:a00:1::1', '2001:db8::1'],
  ])('is refused inside: %s, even beside one that is fine', async (address) => {
    const egress = createEgress({ UPSTREAM_HOSTS: ALLOWED }, resolver(['93.184.215.14', address]));
    expect(await resolved(egress.lookup)).toBe(REFUSED);
  });

  it('is told whole to whoever asks for all of them, and a failure as it is', async () => {
    const egress = createEgress({}, resolver(['93.184.215.14', '2606:2800::1']));
    const all = [
      { address: '93.184.215.14', family: 4 },
      { address: '2606:2800::1', family: 6 },
    ];
    expect(await resolved(egress.lookup, 'ow.example', { all: true })).toEqual(all);
    expect(await resolved(createEgress({}, resolver([])).lookup)).toEqual([]);
    const failing = ((_: string, __: unknown, tell: (failure: Error, found: []) => void) => {
      tell(new Error('no such name'), []);
    }) as unknown as Parameters<typeof createEgress>[1];
    expect(await resolved(createEgress({}, failing).lookup)).toBe('no such name');
  });

  it('may be in a network that was opened, or that of the environment', async () => {
    const opened = createEgress(
      { UPSTREAM_NETWORKS: ['10.0.0.0/8', 'fd00::/8'] },
      resolver(['10.0.0.1', 'fd00::1']),
    );
    expect(await resolved(opened.lookup)).toBe('10.0.0.1 4');
    const own = createEgress({ OW_API_URL: 'http://ow.example:8000' }, resolver(['172.18.0.4']));
    expect(await resolved(own.lookup)).toBe('172.18.0.4 4');
    expect(await resolved(own.lookup, 'other.example')).toBe(REFUSED);
  });
});

describe('no connection is made', () => {
  const flipping = () => createEgress({ UPSTREAM_HOSTS: ['ow.example:*'] }, resolver(['127.0.0.1']));

  it('by the client of Open Wearables when the name leads inside', async () => {
    const { lookup } = flipping();
    const url = `http://ow.example:${port}`;
    const http = new OpenWearablesHttp({ url, apiKey: 'k', lookup, onFailure: () => undefined });
    await expect(http.raw({ operation: 'probe', path: '/' })).rejects.toMatchObject({ kind: 'Unreachable' });
    await http.close();
    expect(visits).toBe(0);
  });

  it('by the S3 client when the name leads inside, or the stored address does', async () => {
    const access = { accessKeyId: 'a', secretAccessKey: 'b', bucket: 'c', keyPrefix: '' };
    const storage = await openRawStorage({ ...access, endpoint: `http://ow.example:${port}` }, flipping());
    await expect(storage.any('x', AbortSignal.timeout(20_000))).rejects.toMatchObject({
      name: 'RawStorageUnavailable',
    });
    storage.close();
    await expect(
      openRawStorage({ ...access, endpoint: `http://127.0.0.1:${port}` }, flipping()),
    ).rejects.toMatchObject({ name: 'RawStorageUnavailable' });
    expect(visits).toBe(0);
  });
});

describe('a redirect is not followed', () => {
  let redirecting: Server;
  let url: string;
  beforeAll(async () => {
    redirecting = createServer((_, answer) => {
      answer.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    redirecting.closeAllConnections();
    await new Promise((resolve) => redirecting.close(resolve));
  });

  it('by the client of Open Wearables', async () => {
    const http = new OpenWearablesHttp({ url, apiKey: 'k', onFailure: () => undefined });
    expect((await http.raw({ operation: 'probe', path: '/' })).status).toBe(307);
    await http.close();
    expect(visits).toBe(0);
  });

  it('by the S3 client', async () => {
    const access = { accessKeyId: 'a', secretAccessKey: 'b', bucket: 'c', keyPrefix: '' };
    const storage = await openRawStorage({ ...access, endpoint: url });
    await expect(storage.any('x', AbortSignal.timeout(20_000))).rejects.toThrow();
    storage.close();
    expect(visits).toBe(0);
  });
});
