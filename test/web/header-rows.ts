import type { serverAlone } from '../helpers/server-alone.js';

type Server = ReturnType<typeof serverAlone>['server'];

/** Those that protect whoever gets the answer. */
const NAMES = [
  'cache-control',
  'content-security-policy',
  'cross-origin-opener-policy',
  'permissions-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
];

/** An answer by what it was asked for, its status, and its headers. */
export interface HeaderRow {
  readonly asked: string;
  readonly status: number;
  readonly headers: string;
}

export async function headerRow(
  server: Server,
  asked: string,
  request: RequestInit = {},
): Promise<HeaderRow> {
  const [method = '', path = ''] = asked.split(' ');
  const url = `https://wearables.example${path.replaceAll(/:\w+(\{[^}]*\}+)?/g, '1')}`;
  const answer = await server.request(url, { method, ...request });
  await answer.body?.cancel();
  const told = NAMES.map((name) => `${name}: ${answer.headers.get(name) ?? '-'}`);
  return { asked, status: answer.status, headers: told.join('\n') };
}

/** Every set of headers once, by a letter, and for each answer which one it has. */
export function headerTable(rows: readonly HeaderRow[]): string {
  const sets = [...new Set(rows.map(({ headers }) => headers))];
  const letterOf = (headers: string) => String.fromCharCode(65 + sets.indexOf(headers));
  const lines = rows.map(({ asked, status, headers }) => `${letterOf(headers)} ${status} ${asked}`);
  return `${sets.map((set) => `${letterOf(set)}\n${set}\n`).join('\n')}\n${lines.join('\n')}\n`;
}

/** `METHOD /path` of every route, middleware left out. */
export function routesOf(server: Server): string[] {
  const routes = server.routes.filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'));
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort();
}
