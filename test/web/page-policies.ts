import type { RoutePolicy } from '../../src/auth/declared-policies.js';

/** Who asks for a page, in the order of the columns. */
export const callers = ['nobody', 'patient', 'viewer', 'member', 'manager', 'operator'] as const;
export type Caller = (typeof callers)[number];

/** What the policy of a page makes of a request; whoever is admitted may still be told that there is no such row. */
export type Kind = 'admitted' | 'signed out' | 'to the sign-in' | 'not allowed';

interface PagesOfPolicy {
  readonly policy: RoutePolicy;
  readonly answers: readonly Kind[];
  readonly routes: readonly string[];
}

const ID = ':id{[0-9]+}';
const STUDY = ':study{[0-9]{1,9}}';
const PROVIDER = ':provider{[a-z]{2,32}}';
const everybody = (kind: Kind) => callers.map(() => kind);
const strangers = ['to the sign-in', 'to the sign-in'] as const;

/** Every route that is no API, by who may ask for it. A route that is missing here fails the test. */
export const pages: readonly PagesOfPolicy[] = [
  {
    policy: 'anyone',
    answers: everybody('admitted'),
    routes: [
      ...['GET /', 'GET /assets/:name', 'GET /api/v1/oauth/:provider/callback', 'GET /api/schema'],
      ...['GET /api/schema/swagger-ui', 'GET /api/schema/swagger-ui/', 'GET /api/schema/swagger-ui/:file'],
      ...['GET /ow', 'GET /clients/ow', 'GET /clients/ow/', 'GET /clients/ow/launch'],
      ...['GET /clients/ow/complete', 'GET /clients/ow/manage', 'GET /ow/connect', 'GET /ow/redeem'],
      ...['GET /ow/manage/consents', 'GET /ow/manage/disconnect', 'GET /ow/sign-out'],
      ...['GET /ow/', 'POST /ow/', 'POST /ow/redeem', 'GET /ow/return/:nonce', 'GET /ow/help'],
      'GET /ow/erased',
      ...['GET /ow/fresh-link', 'POST /ow/fresh-link', `GET /ow/icons/${PROVIDER}`],
      ...['GET /admin/sign-in', 'POST /admin/sign-in'],
    ],
  },
  {
    policy: 'anyone',
    // Where everybody is led who signs out, whoever they were.
    answers: everybody('to the sign-in'),
    routes: ['POST /admin/sign-out'],
  },
  {
    policy: 'patient',
    answers: ['signed out', 'admitted', 'signed out', 'signed out', 'signed out', 'signed out'],
    routes: [
      ...['GET /ow/preparing', 'GET /ow/log', 'GET /ow/consents', 'POST /ow/consents'],
      ...['GET /ow/not-taking-part', 'GET /ow/devices', 'POST /ow/connect', 'GET /ow/leave'],
      ...['GET /ow/complete', 'GET /ow/manage', 'POST /ow/manage/consents', 'POST /ow/manage/disconnect'],
      ...[`GET /ow/manage/leave/${STUDY}`, `POST /ow/manage/leave/${STUDY}`],
      ...[`GET /ow/manage/delete/${PROVIDER}`, 'POST /ow/manage/delete'],
      ...['GET /ow/manage/erase', 'POST /ow/manage/erase'],
      ...['GET /ow/manage/my-data.csv', 'GET /ow/manage/my-data.jsonl', 'POST /ow/sign-out'],
    ],
  },
  {
    policy: 'practitioner',
    answers: [...strangers, 'admitted', 'admitted', 'admitted', 'admitted'],
    routes: [
      ...['ALL /admin/*', 'GET /admin/', 'GET /admin/patients', 'POST /admin/patients/search'],
      ...['', '/consents', '/days', '/figures', '/points', '/points.json', '/observations'].map(
        (rest) => `GET /admin/patients/${ID}${rest}`,
      ),
      `GET /admin/patients/${ID}/observations/:observation{[0-9]{1,15}}`,
      ...['GET /admin/invitations', 'GET /admin/invitations/:id', 'GET /admin/studies'],
      ...['GET /admin/studies/:id', 'GET /admin/attention'],
      ...['GET /admin/tokens', 'POST /admin/tokens'],
      ...['GET /admin/tokens/:id/revoke', 'POST /admin/tokens/:id/revoke'],
      ...['GET /admin/account', 'POST /admin/account/password', 'POST /admin/account/sign-out-everywhere'],
    ],
  },
  {
    policy: 'member',
    answers: [...strangers, 'not allowed', 'admitted', 'admitted', 'admitted'],
    routes: [
      ...['GET /admin/patients/new', 'POST /admin/patients', `POST /admin/patients/${ID}/enrol`],
      ...['POST /admin/invitations', 'POST /admin/invitations/:id/cancel'],
      ...['GET /admin/studies/new', 'POST /admin/studies', 'POST /admin/studies/:id'],
      ...['clients', 'consent-text', 'scopes', 'sources'].map((part) => `POST /admin/studies/:id/${part}`),
    ],
  },
  {
    policy: 'manager',
    answers: [...strangers, 'not allowed', 'not allowed', 'admitted', 'admitted'],
    routes: [
      ...[`GET /admin/patients/${ID}/erase`, `POST /admin/patients/${ID}/erase`],
      ...['GET /admin/audit', 'GET /admin/erasures', `GET /admin/erasures/${ID}`],
    ],
  },
  {
    policy: 'superuser',
    answers: [...strangers, 'not allowed', 'not allowed', 'not allowed', 'admitted'],
    routes: [
      'POST /admin/studies/:id/new-client',
      ...['GET /admin/health', 'GET /admin/health/backfill', 'POST /admin/health/backfill'],
      ...['POST /admin/health/backfill/steer', 'POST /admin/health/reconcile', 'POST /admin/health/schedule'],
      ...['GET /admin/dead-letters', 'POST /admin/dead-letters', 'POST /admin/dead-letters/retry'],
      ...['GET /admin/dead-letters/discard', 'POST /admin/dead-letters/discard'],
      ...['GET /admin/dead-letters/:id', 'POST /admin/dead-letters/:id/original'],
      ...['GET /admin/settings', 'POST /admin/settings'],
    ],
  },
  {
    policy: 'superuser',
    // Temporal's own pages ask for it: they show no page of ours.
    answers: [...everybody('signed out').slice(1), 'admitted'],
    routes: ['POST /temporal/decode'],
  },
];
