import type { AuditSubjects } from '../db/audit-events.js';
import { type Decision, type Decisions, none } from './decisions.js';
import { routesOfApi } from './routes-of-api.js';
import { routesOfPages } from './routes-of-pages.js';

/** What was decided about every route there is. */
export const decided: Decisions = { ...routesOfApi, ...routesOfPages };

const NO_ROUTE = none('nothing answers here');

export function decisionOf(method: string, pattern: string): Decision {
  return decided[`${method === 'HEAD' ? 'GET' : method} ${pattern}`] ?? NO_ROUTE;
}

/** Refuses to build a server in which nobody has decided whether some route is recorded. */
export function requireDecisions(
  routes: readonly { readonly method: string; readonly path: string }[],
): void {
  const undecided = routes
    .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !Object.hasOwn(decided, route));
  if (undecided.length > 0)
    throw new Error(`routes that nobody decided to record or not: ${undecided.join(', ')}`);
}

/** What the word before an id in an address says that it is an id of. */
const NAMED: Readonly<Record<string, Exclude<keyof AuditSubjects, 'account'>>> = {
  ...{
    patients: 'patients',
    Patient: 'patients',
    organizations: 'organizations',
    studies: 'studies',
    leave: 'studies',
  },
  ...{ invitation: 'invitations', invitations: 'invitations', 'dead-letters': 'deadLetters' },
};
const ACCOUNTS = ['users', 'practitioners'];
const LARGEST_ID = 2 ** 31 - 1;

/** Whom an address is about; undefined when its pattern names nobody. */
export function subjectsOfPath(pattern: string, path: string): AuditSubjects | undefined {
  const [patterns, segments] = [pattern.split('/'), path.split('/')];
  for (const [index, each] of patterns.entries()) {
    const before = patterns[index - 1] ?? '';
    if (!each.startsWith(':')) continue;
    const kind = NAMED[before];
    if (kind === undefined && !ACCOUNTS.includes(before)) continue;
    const id = idOf(segments[index]);
    if (id === undefined) return {};
    return kind === undefined ? { account: id } : { [kind]: [id] };
  }
  return undefined;
}

/** Undefined for what can be no id: nobody is asked for. */
function idOf(segment: string | undefined): number | undefined {
  const id = /^\d{1,10}$/.test(segment ?? '') ? Number(segment) : undefined;
  return id === undefined || id > LARGEST_ID ? undefined : id;
}
