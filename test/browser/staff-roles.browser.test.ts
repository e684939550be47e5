import { parse } from 'node-html-parser';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { only } from '../../src/db/sql.js';
import { CLINIC, makeClinic } from '../helpers/clinic.js';
import type { TestWorld } from '../helpers/test-world.js';
import { invite, newPatient } from '../web/stages.js';
import { RawBrowser } from '../web/raw-browser.js';
import { expectAccessible, expectNoSidewaysScroll, takePictures } from './look.js';
import { type BrowserStage, setBrowserStage } from './stage.js';
import { type Places, type Role, roles, table } from './staff-table.js';

const accounts: Record<Role, string> = {
  operator: 'admin@example.com',
  manager: 'manager_mary@example.com',
  member: 'member_megan@example.com',
  viewer: 'viewer_victor@example.com',
  stranger: 'manager_mark@example.com',
};
const NAME = 'Jun Watanabe';
const REFUSED = /^(Nothing is here for you|Your role does not allow this)$/;

let stage: BrowserStage;
let world: TestWorld;
let browser: Browser;
let places: Places;
const faults: string[] = [];
/** Pages that were checked in this make already: what two roles see alike is looked at closely once. */
const seen = new Set<string>();

beforeAll(async () => {
  stage = await setBrowserStage();
  ({ world, browser } = stage);
  const { sql } = world.app;
  const patients = await makeClinic(sql, { patients: 10, days: 40, heartRatesADay: 6 });
  const patient = patients[3] ?? 0;
  const idOf = async (rows: Promise<readonly { id: number }[]>) => only(await rows).id;
  const tokenOf = async (email: string) =>
    idOf(sql<{ id: number }[]>`
      insert into access_tokens (user_id, name, token_hash, expires_at, access)
      select id, 'Notebook', sha256(email::bytea), now() + interval '9 days', 'read' from users where email = ${email}
      returning id`);
  const tokens = await Promise.all(roles.map(async (role) => [role, await tokenOf(accounts[role])] as const));
  places = {
    patient,
    observation: await idOf(sql<{ id: number }[]>`
      select id from observations where patient_id = ${patient} order by id limit 1`),
    // Open, so that it can be cancelled.
    invitation: await idOf(sql<{ id: number }[]>`
      update invitations set status = 'issued', redeemed_at = null where patient_id = ${patient} returning id`),
    letter: await idOf(sql<{ id: number }[]>`select id from dead_letters order by id limit 1`),
    erasure: await idOf(sql<{ id: number }[]>`
      insert into erasures (patient_id, organization_ids, asked_as, asked_by, reason, counts, ended_at, open_wearables,
                            remains, digest)
      values (800900, ${[CLINIC.organizationId]}, 'manager', 10002, 'withdrawn', '{"observations": 4711}', now(),
              'emptied', '{"consentEvents": 3, "rawObjects": 0, "openWearablesUser": null}', sha256('x'))
      returning id`),
    tokenOf: Object.fromEntries(tokens) as Record<Role, number>,
  };
}, 120_000);
afterAll(async () => {
  await stage.close();
});

const patternOf = (route: string) => route.replace(/\{[^/]*\}/g, '');
const address = (path: string) => `${world.config.SITE_URL}${path}`;

/** Every page that is there: of the routes, so that a new one without a row fails. */
function staffPages(): string[] {
  const pages = world.app.server.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/admin/'))
    .map(({ path }) => patternOf(path))
    .filter((path) => !/\*|\.json$|^\/admin\/(sign-in)?$/.test(path));
  return [...new Set(pages)].sort();
}

async function open(context: BrowserContext, width: number): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 800 });
  page.on('console', (message) => {
    // The status of the page itself is what the test is about.
    const isStatus = message.location().url === page.url() && message.text().startsWith('Failed to load');
    if (message.type() === 'error' && !isStatus) faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  return page;
}

async function signedIn(email: string): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  const { cookie } = await RawBrowser.signIn(world, email, SEED_PASSWORD);
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: world.config.SITE_URL }]);
  return context;
}

/** Where the forms of a page go, and its links to pages that make, revoke, discard or erase; a search has a form, too. */
async function offered(page: Page): Promise<string[]> {
  const main = parse(await page.content()).querySelector('main');
  const valuesOf = (selector: string, name: string) =>
    main?.querySelectorAll(selector).map((element) => element.getAttribute(name) ?? '') ?? [];
  const forms = valuesOf('form', 'action');
  const links = valuesOf('a', 'href');
  const makes = links.filter((href) => /\/(new|revoke|discard|erase)(\?|$)/.test(href));
  const paths = [...forms, ...makes].map((path) =>
    (path.split('?')[0] ?? '').replace(/\/\d+(?=\/|$)/g, '/:id'),
  );
  return [...new Set(paths)].sort();
}

it('every page of the staff has its row in the table', () => {
  expect(Object.keys(table).sort()).toEqual(staffPages());
});

it.each(roles)('a %s sees and may do exactly what the table says, at 1280 and at 360 px', async (role) => {
  const context = await signedIn(accounts[role]);
  const [wide, narrow] = [await open(context, 1280), await open(context, 360)];
  for (const [pattern, { at, seenBy, may = {} }] of Object.entries(table)) {
    const path = at(places, role);
    const isSeen = seenBy.includes(role);
    const answer = await wide.goto(address(path));
    const state = `${role} at ${pattern}`;
    expect(answer?.ok(), state).toBe(isSeen);
    const title = await wide.getByRole('heading', { level: 1 }).innerText();
    if (isSeen) expect(title, state).not.toMatch(REFUSED);
    else {
      expect([403, 404], state).toContain(answer?.status());
      expect(title, state).toMatch(REFUSED);
      expect(await wide.content(), state).not.toContain(NAME);
    }
    const allowed = isSeen ? Object.keys(may).filter((what) => may[what]?.includes(role)) : [];
    const offers = await offered(wide);
    expect(offers, state).toEqual(allowed.sort());
    await narrow.goto(address(path));
    for (const [page, width] of [
      [wide, 'wide'],
      [narrow, 'narrow'],
    ] as const) {
      await expectNoSidewaysScroll(page, `${state}, ${width}`);
      const kind = isSeen ? `${pattern} ${offers.join()}` : title;
      if (seen.has(`${kind} ${width}`)) continue;
      seen.add(`${kind} ${width}`);
      await expectAccessible(page, `${state}, ${width}`);
    }
  }
  await context.close();
  expect(faults).toEqual([]);
});

it('tokens, and a study with its own words and clients, are looked at in both lights', async () => {
  const { sql } = world.app;
  await sql`
    insert into consent_texts (study_id, version, body, written_by)
    values (${CLINIC.studyId}, 1, ${'We listen to hearts while they recover.\n\nOnly the study team reads it.'}, 10003)`;
  await sql`insert into study_clients (study_id, client_id) select ${CLINIC.studyId}, id from clients`;
  const context = await signedIn(accounts.member);
  const page = await open(context, 1280);
  for (const [state, pattern] of [
    ['staff-account', '/admin/account'],
    ['staff-tokens', '/admin/tokens'],
    ['staff-token-revoke', '/admin/tokens/:id/revoke'],
    ['staff-study-whole', '/admin/studies/:id'],
  ] as const) {
    await page.goto(address(table[pattern]?.at(places, 'member') ?? ''));
    await expectAccessible(page, state);
    await takePictures(page, state);
  }
  await context.close();
  expect(faults).toEqual([]);
});

it('who read a patient is a click away for a manager, works without script, and is looked at in both lights', async () => {
  const { cookie } = await RawBrowser.signIn(world, accounts.manager, SEED_PASSWORD);
  const context = await browser.newContext({
    ...{ javaScriptEnabled: false, reducedMotion: 'reduce', locale: 'en-GB' },
  });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: world.config.SITE_URL }]);
  const page = await open(context, 1280);
  await page.goto(address(`/admin/patients/${places.patient}`));
  await page.getByRole('link', { name: 'Who read this' }).click();
  await page.getByText(`of patient ${places.patient}`).waitFor();
  await page.getByText('Details of event').first().click();
  await page.getByText('GET /admin/patients/:id').first().waitFor();
  await page.getByRole('link', { name: 'Megan' }).first().click();
  expect(new URL(page.url()).search).toBe(`?patient=${places.patient}&who=10003`);
  await page.getByLabel('Account, by number').fill('');
  await page.getByLabel('Until day').fill('2020-01-01');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText('Nothing is found').waitFor();
  await context.close();

  const seeing = await signedIn(accounts.manager);
  const looked = await open(seeing, 1280);
  await looked.goto(address('/admin/audit'));
  await looked.getByText('Details of event').nth(1).click();
  await expectAccessible(looked, 'staff-audit');
  await takePictures(looked, 'staff-audit');
  await seeing.close();
  expect(faults).toEqual([]);
});

it.each(['a patient', 'nobody'])('%s is led to the sign-in from every page', async (who) => {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await open(context, 1280);
  if (who === 'a patient') {
    await page.goto(await invite(await newPatient(world)));
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('What would you like to share?').first().waitFor();
  }
  for (const [pattern, { at }] of Object.entries(table)) {
    await page.goto(address(at(places, 'member')));
    expect(new URL(page.url()).pathname, pattern).toBe('/admin/sign-in');
  }
  await expectNoSidewaysScroll(page, 'sign-in');
  await expectAccessible(page, 'sign-in');
  await context.close();
  expect(faults).toEqual([]);
});
