import { change, type Decisions, entry, none, read } from './decisions.js';

const ID = ':id{[0-9]+}';
const PROVIDER = ':provider{[a-z]{2,32}}';
const STUDY = ':study{[0-9]{1,9}}';
const FORM = none('an empty form');
const STEERS = none(
  'steers what runs by the clock and tells of no patient; polls are remembered by themselves',
);
const LEADS_ON = none('leads to another page');
const STUDIES = none('tells of studies, not of who takes part');
const MACHINE = none('tells how the service does: ids, codes and counts');
const ERASURES = none('numbers, counts and times of who is not there any more');
const CATALOG = none('the same for everybody');

/** Pages of study teams and operators. */
const staff: Decisions = {
  'GET /admin/': LEADS_ON,
  'GET /admin/sign-in': FORM,
  'POST /admin/sign-in': entry('sign in'),
  'POST /admin/sign-out': change('sign out'),
  'GET /admin/patients': read('list patients'),
  'POST /admin/patients/search': read('look patients up'),
  'GET /admin/patients/new': FORM,
  'POST /admin/patients': change('add patient'),
  [`GET /admin/patients/${ID}`]: read('read patient'),
  [`GET /admin/patients/${ID}/consents`]: read('read consents'),
  [`GET /admin/patients/${ID}/days`]: read('read patient'),
  [`GET /admin/patients/${ID}/figures`]: read('read observations'),
  [`GET /admin/patients/${ID}/observations`]: read('read observations'),
  [`GET /admin/patients/${ID}/observations/:observation{[0-9]{1,15}}`]: read('read observations'),
  [`GET /admin/patients/${ID}/points`]: read('read observations'),
  [`GET /admin/patients/${ID}/points.json`]: read('read observations'),
  [`POST /admin/patients/${ID}/enrol`]: change('enrol patients'),
  [`GET /admin/patients/${ID}/erase`]: read('read patient'),
  [`POST /admin/patients/${ID}/erase`]: change('erase patient'),
  'GET /admin/erasures': ERASURES,
  [`GET /admin/erasures/${ID}`]: ERASURES,
  'GET /admin/invitations': read('list invitations'),
  'GET /admin/invitations/:id': read('read invitation'),
  'POST /admin/invitations': change('invite patient'),
  'POST /admin/invitations/:id/cancel': change('cancel invitation'),
  'GET /admin/studies': STUDIES,
  'GET /admin/studies/new': FORM,
  'GET /admin/studies/:id': STUDIES,
  'POST /admin/studies': change('add study'),
  'POST /admin/studies/:id': change('change study'),
  'POST /admin/studies/:id/clients': change('change study'),
  'POST /admin/studies/:id/consent-text': change('change study'),
  'POST /admin/studies/:id/new-client': change('add client'),
  'POST /admin/studies/:id/scopes': change('change study'),
  'POST /admin/studies/:id/sources': change('change study'),
  'GET /admin/tokens': none('tells an account of its own tokens, never a token'),
  'GET /admin/tokens/:id/revoke': FORM,
  'POST /admin/tokens': change('make access token'),
  'POST /admin/tokens/:id/revoke': change('revoke access token'),
  'GET /admin/account': none('tells an account of itself'),
  'POST /admin/account/password': change('change password'),
  'POST /admin/account/sign-out-everywhere': change('sign out everywhere'),
  'GET /admin/attention': MACHINE,
  'GET /admin/audit': read('read audit trail'),
  'GET /admin/health': MACHINE,
  'GET /admin/health/backfill': FORM,
  'POST /admin/health/backfill': change('read history back'),
  'POST /admin/health/backfill/steer': change('steer history'),
  'POST /admin/health/reconcile': STEERS,
  'POST /admin/health/schedule': STEERS,
  'GET /admin/dead-letters': MACHINE,
  'GET /admin/dead-letters/:id': MACHINE,
  'GET /admin/dead-letters/discard': FORM,
  'POST /admin/dead-letters': change('decide about dead letters'),
  'POST /admin/dead-letters/retry': change('decide about dead letters'),
  'POST /admin/dead-letters/discard': change('decide about dead letters'),
  'POST /admin/dead-letters/:id/original': change('read original of dead letter'),
  'GET /admin/settings': none('tells settings, of secrets only whether they are set'),
  'POST /admin/settings': change('change settings'),
  'POST /temporal/decode': none('decodes ids, codes and counts for operators'),
};

/** Pages of patients. */
const patient: Decisions = {
  'GET /ow/': none('who invites, and to what; or the way on'),
  'POST /ow/': LEADS_ON,
  'POST /ow/redeem': entry('open link'),
  'GET /ow/preparing': none('tells how far the preparation is'),
  'GET /ow/log': none('tells how far the connection is'),
  'GET /ow/help': CATALOG,
  'GET /ow/fresh-link': FORM,
  'POST /ow/fresh-link': none(
    'a letter to the address on record, whoever asks; each is remembered by itself',
  ),
  [`GET /ow/icons/${PROVIDER}`]: CATALOG,
  'GET /ow/consents': read('read consents'),
  'POST /ow/consents': change('answer consents'),
  'GET /ow/not-taking-part': none('says that no answer stands'),
  'GET /ow/devices': read('read connections'),
  'POST /ow/connect': change('connect wearable'),
  'GET /ow/return/:nonce': change('come back from the maker'),
  'GET /ow/complete': read('read observations'),
  'GET /ow/manage': read('read consents'),
  'POST /ow/manage/consents': change('answer consents'),
  'POST /ow/manage/disconnect': change('disconnect wearable'),
  'GET /ow/leave': FORM,
  [`GET /ow/manage/leave/${STUDY}`]: FORM,
  [`POST /ow/manage/leave/${STUDY}`]: change('leave study'),
  [`GET /ow/manage/delete/${PROVIDER}`]: FORM,
  'POST /ow/manage/delete': change('delete copy at Open Wearables'),
  'GET /ow/manage/erase': FORM,
  'POST /ow/manage/erase': change('erase own data'),
  'GET /ow/erased': none('tells who holds the receipt how far the erasure is: a number, counts and times'),
  'GET /ow/manage/my-data.csv': read('take own data along'),
  'GET /ow/manage/my-data.jsonl': read('take own data along'),
  'POST /ow/sign-out': change('sign out'),
};

export const routesOfPages: Decisions = {
  ...staff,
  ...patient,
  'GET /assets/:name': CATALOG,
  ...Object.fromEntries(
    [
      ...['/', '/ow', '/clients/ow', '/clients/ow/', '/clients/ow/launch', '/clients/ow/complete'],
      ...['/clients/ow/manage', '/ow/connect', '/ow/redeem', '/ow/manage/consents', '/ow/manage/disconnect'],
      '/ow/sign-out',
    ].map((path) => [`GET ${path}`, LEADS_ON]),
  ),
};
