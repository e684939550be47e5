import { type Handler, Hono } from 'hono';
import { expect, it } from 'vitest';
import { anyone, enforces, policiesOf } from '../../src/auth/declared-policies.js';

const answer: Handler = (context) => context.body(null, 204);
const members = enforces('member', async (_context, next) => next());
const passes = enforces('anyone', async (_context, next) => next());

const reads = async (_context: unknown, next: () => Promise<void>) => next();

it('the policy of each route is told, also of one behind a page that answers failures itself', async () => {
  const pages = new Hono();
  pages.onError((_error, context) => context.body(null, 500));
  pages.get('/:id', members, reads, answer);
  const app = new Hono();
  app.use(reads);
  app.get('/', anyone, answer);
  app.route('/pages', pages);
  app.all('*', members, answer);
  expect(Object.fromEntries(policiesOf(app.routes))).toEqual({
    'GET /': 'anyone',
    'GET /pages/:id': 'member',
    'ALL /*': 'member',
  });
  expect((await app.request('/')).status).toBe(204);
});

it('whoever adds a route without a policy is told of which, and how one is declared', () => {
  const app = new Hono();
  app.get('/one', answer).post('/fine', anyone, answer).post('/other', answer);
  expect(() => policiesOf(app.routes)).toThrow(
    'routes without one policy before anything else of theirs (API: declareRoutes, publicRoute; staff pages: ' +
      'staffOnly; patient pages: patientsOnly; for everybody: anyone): GET /one, POST /other',
  );
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
