import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { needsDeveloper, needsKey } from '../auth.js';
import { integer, oneOf, userIdOf } from '../parameters.js';
import { Refusal, userNotFound } from '../refusal.js';
import { changeUser, findOrCreateUser, listedUser, removeUser, shownUser, withSyncs } from '../users.js';
import type { SyncedUser, UserFields } from '../users.js';
import type { User, World } from '../world.js';

const SORT_COLUMNS = ['created_at', 'email', 'first_name', 'last_name', 'last_synced_at'];

const text = (limit = Number.MAX_SAFE_INTEGER) =>
  z
    .string('Input should be a valid string')
    .max(limit, `String should have at most ${limit} characters`)
    .nullable()
    .optional();

const fields = z.object(
  {
    first_name: text(100),
    last_name: text(100),
    email: text()
      .refine((email) => !email || email.includes('@'), 'An email address must have an @-sign.')
      .refine(
        (email) => !email || /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(email),
        'The part after the @-sign is not valid. It should have a period.',
      ),
    external_user_id: text(),
  },
  'Input should be a valid dictionary or object to extract fields from',
);

async function fieldsOf(context: Context): Promise<UserFields> {
  const body: unknown = await context.req.json().catch(() => {
    throw new Refusal(400, 'JSON decode error');
  });
  const parsed = fields.safeParse(body);
  if (parsed.success) {
    return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  }
  const [issue] = parsed.error.issues;
  const prefix = issue?.code === 'custom' ? 'value is not a valid email address: ' : '';
  throw new Refusal(400, prefix + (issue?.message ?? ''));
}

function matches(context: Context): (user: User) => boolean {
  const [email, externalId] = [context.req.query('email'), context.req.query('external_user_id')];
  const search = context.req.query('search')?.toLowerCase();
  return (user) => {
    if (email !== undefined && user.email !== email) return false;
    if (externalId !== undefined && user.externalUserId !== externalId) return false;
    const names = [user.firstName, user.lastName, user.email];
    return search === undefined || names.some((name) => name?.toLowerCase().includes(search));
  };
}

function sortValue(column: string, { user, syncedAt }: SyncedUser): string | number | null {
  switch (column) {
    case 'email':
      return user.email;
    case 'first_name':
      return user.firstName;
    case 'last_name':
      return user.lastName;
    case 'last_synced_at':
      return syncedAt;
    default:
      return user.createdAt;
  }
}

/** Nulls last in either direction; ties by id. */
function ordered(users: readonly SyncedUser[], column: string, order: string): SyncedUser[] {
  const sign = order === 'asc' ? 1 : -1;
  const keyed = users.map((user) => ({ user, value: sortValue(column, user) }));
  keyed.sort((a, b) => {
    const byId = a.user.user.id < b.user.user.id ? -1 : 1;
    if (a.value === b.value) return byId;
    if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
    return a.value < b.value ? -sign : sign;
  });
  return keyed.map(({ user }) => user);
}

function list(world: World, context: Context) {
  const page = integer(context, 'page', 1, 1, Number.MAX_SAFE_INTEGER);
  const limit = integer(context, 'limit', 20, 1, 100);
  const column = oneOf(context.req.query('sort_by') ?? 'created_at', SORT_COLUMNS);
  const order = oneOf(context.req.query('sort_order') ?? 'desc', ['asc', 'desc']);
  const found = [...world.users.values()].filter(matches(context)).map((user) => withSyncs(world, user));
  const pages = Math.ceil(found.length / limit);
  const items = ordered(found, column, order).slice((page - 1) * limit, page * limit);
  const position = { total: found.length, page, limit, pages, has_next: page < pages, has_prev: page > 1 };
  return { items: items.map(listedUser), ...position };
}

function userOf(world: World, context: Context): User {
  const userId = userIdOf(context);
  const user = world.users.get(userId);
  if (!user) throw userNotFound(userId);
  return user;
}

/** `/users`: list, read, create; PATCH and DELETE want a developer token. */
export function userRoutes(api: Hono, world: World): void {
  const [key, developer] = [needsKey(world), needsDeveloper(world)];
  api.get('/users', key, (context) => context.json(list(world, context)));
  api.post('/users', key, async (context) =>
    context.json(shownUser(findOrCreateUser(world, await fieldsOf(context))), 201),
  );
  api.get('/users/:user_id', key, (context) => context.json(shownUser(userOf(world, context))));
  api.patch('/users/:user_id', developer, async (context) => {
    const user = userOf(world, context);
    changeUser(world, user, await fieldsOf(context));
    return context.json(shownUser(user));
  });
  api.delete('/users/:user_id', developer, (context) => {
    const user = userOf(world, context);
    removeUser(world, user.id);
    return context.json(shownUser(user));
  });
}
