import { type Handler, Hono } from 'hono';
import { expect, it } from 'vitest';
import { anyone, enforces, policiesOf } from '../../src/auth/declared-policies.js';

const answer: Handler = (context) => context.body(null, 204);
const members = enforces('member', async (_context, next) => next());
const passes = enforces('anyone', async (_context, next) => next());

const reads = async (_context: unknown, next: () => Promise<void>) => next();

it('the policy of each route is told, also of one behind a page that answers failures itself', () => {
  const pages = new Hono();
  pages.onError((_error, context) => context.body(null, 500));
  pages.get('/:id', members, reads, answer);
  const app = new Hono();
  app.use(reads);
  app.get('/', anyone, answer);
  app.route('/pages', pages);
  expect(Object.fromEntries(policiesOf(app.routes))).toEqual({
    'GET /': 'anyone',
    'GET /pages/:id': 'member',
  });
});

it.each<[string, (app: Hono) => unknown]>([
  ['none', (app) => app.get('/secrets', answer)],
  ['none, for every method', (app) => app.all('/secrets', answer)],
  ['one that comes late', (app) => app.get('/secrets', reads, members, answer)],
  ['two', (app) => app.get('/secrets', members, passes, answer)],
  [
    'one of each of two that answer at the same address',
    (app) => app.get('/secrets', members, answer).get('/secrets', anyone, answer),
  ],
  ['one that stands around it alone', (app) => app.use(members).get('/secrets', answer)],
])('a server cannot be built whose route has as its policy: %s', (_name, add) => {
  const app = new Hono();
  add(app);
  expect(() => policiesOf(app.routes)).toThrow(/one policy.*: (GET|ALL) \/secrets$/);
});
