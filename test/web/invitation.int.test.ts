import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptInvitation } from '../../dev/journey/patient-pages.js';
import { Visitor } from '../../dev/journey/visitor.js';
import { createServer } from '../../src/server.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { until } from '../../dev/journey/until.js';
import { openedLink } from './opened-link.js';
import { invite, newPatient, openPage } from './stages.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const codeOf = (link: string) => new URL(link).searchParams.get('code') ?? '';
const invitationsOf = async (patientId: number) =>
  world.app.sql<
    { status: string }[]
  >`select status from invitations where patient_id = ${patientId} order by id`;

it('a malformed code, an unknown token and no code at all open nothing and say the same', async () => {
  const unknown = `localhost_${'A'.repeat(43)}`;
  for (const query of [
    '?code=',
    '?code=x',
    `?code=${unknown}x`,
    `?code=${'%F0%9F%92%8D'.repeat(9)}`,
    `?code=${unknown}`,
    '',
  ]) {
    const page = await new Visitor().open(`${world.config.SITE_URL}/clients/ow/${query}`);
    expect(page.status, query).toBe(410);
    expect(page.text).toContain('This link does not work any more');
  }
});

it('an expired invitation says until when it could be used, and cannot be redeemed', async () => {
  const stage = await newPatient(world);
  const link = await invite(stage);
  const launch = await stage.visitor.open(link);
  await world.app.sql`
    update invitations set expires_at = '2026-01-14 12:00Z' where patient_id = ${stage.patientId}`;

  for (const page of [
    await stage.visitor.open(link),
    await stage.visitor.submit(launch, 'form[action="/ow/redeem"]'),
  ]) {
    expect(page.status).toBe(410);
    expect(page.text).toContain('This invitation has ended');
    expect(page.text).toContain('14 January 2026');
  }
  expect(await invitationsOf(stage.patientId)).toEqual([{ status: 'issued' }]);
  await world.app.sql`update invitations set status = 'expired' where patient_id = ${stage.patientId}`;
  const late = await stage.visitor.submit(launch, 'form[action="/ow/redeem"]');
  expect(late.text).toContain('This invitation has ended');
});

it("a mail scanner's visits use nothing up", async () => {
  const stage = await newPatient(world);
  const link = await invite(stage);
  for (const method of ['GET', 'HEAD', 'GET']) {
    const visit = await fetch(link, { method });
    expect(visit.status).toBe(200);
    expect(visit.headers.getSetCookie()).toEqual([expect.stringMatching(/^link-/)]);
  }
  expect(await invitationsOf(stage.patientId)).toEqual([{ status: 'issued' }]);
  await acceptInvitation(stage.visitor, link);
});

it('a used link opens nothing in another browser, while the browser that used it goes on', async () => {
  const stage = await newPatient(world);
  const link = await invite(stage);
  const launch = await stage.visitor.open(link);
  await acceptInvitation(stage.visitor, link);

  const stranger = await new Visitor().open(link);
  expect(stranger.status).toBe(410);
  expect(stranger.text).toContain('This link does not work any more');
  expect(stranger.text).not.toContain('Demo');
  expect((await stage.visitor.open(link)).url).toMatch(/\/ow\/consents$/);
  const again = await stage.visitor.submit(launch, 'form[action="/ow/redeem"]');
  expect(again.url).toMatch(/\/ow\/consents$/);
});

it('twenty concurrent uses of one link open exactly one session', async () => {
  const stage = await newPatient(world);
  const { cookie, link } = openedLink(await invite(stage));
  const uses = await Promise.all(
    Array.from({ length: 20 }, async () =>
      fetch(`${world.config.SITE_URL}/ow/redeem`, {
        method: 'POST',
        body: new URLSearchParams({ link }),
        headers: { origin: world.config.SITE_URL, cookie },
        redirect: 'manual',
      }),
    ),
  );
  expect(uses.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(uses.filter(({ status }) => status === 410)).toHaveLength(19);
  const sessions = await world.app.sql`
    select 1 from sessions s join patients p on p.user_id = s.user_id where p.id = ${stage.patientId}`;
  expect(sessions).toHaveLength(1);
});

it('a double click on "Begin" is one click: the same browser gets on, with one session', async () => {
  const stage = await newPatient(world);
  const address = await invite(stage);
  const launch = await stage.visitor.open(address);
  const { cookie } = openedLink(address);
  const fields = Object.fromEntries(
    launch.html
      .querySelectorAll('form[action="/ow/redeem"] input[type=hidden]')
      .map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
  );
  const click = (body: Record<string, string>) =>
    fetch(`${world.config.SITE_URL}/ow/redeem`, {
      method: 'POST',
      body: new URLSearchParams(body),
      headers: { origin: world.config.SITE_URL, cookie },
      redirect: 'manual',
    });
  const clicks = await Promise.all([click(fields), click(fields), click(fields)]);
  expect(clicks.map(({ status }) => status)).toEqual([303, 303, 303]);
  const cookies = new Set(clicks.map(({ headers }) => headers.getSetCookie().at(-1) ?? ''));
  expect(cookies.size).toBe(1);
  const page = await fetch(`${world.config.SITE_URL}/ow/preparing`, {
    headers: { cookie: [...cookies].join().split(';')[0] ?? '' },
  });
  expect(page.status).toBe(200);
  const sessions = await world.app.sql`
    select 1 from sessions s join patients p on p.user_id = s.user_id where p.id = ${stage.patientId}`;
  expect(sessions).toHaveLength(1);

  // Whoever has the link but not the page it was clicked on gets nothing.
  for (const csrf of ['', 'A'.repeat(43)]) {
    expect((await click({ link: fields['link'] ?? '', csrf })).status).toBe(410);
  }
});

it('a browser that keeps no cookies, or has forgotten the link, is told to open it again, and it still works', async () => {
  const stage = await newPatient(world);
  const address = await invite(stage);
  const { link } = openedLink(address);
  const strange = new Visitor();
  const looked = await strange.open(`${world.config.SITE_URL}/ow/?link=${link}`);
  const launch = await stage.visitor.open(address);
  const pressed = await fetch(`${world.config.SITE_URL}/ow/redeem`, {
    method: 'POST',
    body: new URLSearchParams({ link }),
    headers: { origin: world.config.SITE_URL },
  });
  for (const [status, text] of [
    [looked.status, looked.text],
    [pressed.status, await pressed.text()],
  ]) {
    expect(status).toBe(403);
    expect(text).toContain('Open the link in your message once more');
  }
  expect(await invitationsOf(stage.patientId)).toEqual([{ status: 'issued' }]);
  const begun = await stage.visitor.submit(launch, 'form[action="/ow/redeem"]');
  expect(begun.status).toBe(200);
});

it('two links opened in one browser are two links', async () => {
  const [one, other] = [await newPatient(world), await newPatient(world)];
  const first = await one.visitor.open(await invite(one));
  await one.visitor.open(await invite(other));
  await one.visitor.submit(first, 'form[action="/ow/redeem"]');
  expect(await invitationsOf(one.patientId)).toEqual([{ status: 'redeemed' }]);
  expect(await invitationsOf(other.patientId)).toEqual([{ status: 'issued' }]);
});

it('a new invitation supersedes the old one', async () => {
  const stage = await newPatient(world);
  const [old, fresh] = [await invite(stage), await invite(stage)];
  expect((await stage.visitor.open(old)).text).toContain('This link does not work any more');
  expect(await invitationsOf(stage.patientId)).toEqual([{ status: 'reissued' }, { status: 'issued' }]);
  await acceptInvitation(stage.visitor, fresh);
});

it('a click that Temporal did not hear is said again by the next page', async () => {
  const stage = await newPatient(world);
  const { cookie: opened, link } = openedLink(await invite(stage));
  const { app } = world;
  const orchestration = {
    ...app.orchestration,
    prepare: () => Promise.resolve(false),
  };
  const deaf = createServer({ ...app, orchestration });
  const answer = await deaf.request('/ow/redeem', {
    method: 'POST',
    body: new URLSearchParams({ link }),
    headers: { origin: world.config.SITE_URL, cookie: opened },
  });
  expect(answer.headers.get('location')).toBe('/ow/preparing');

  const cookie = (answer.headers.getSetCookie().at(-1) ?? '').split(';')[0] ?? '';
  await until('the pages are prepared', async () => {
    const page = await fetch(`${world.config.SITE_URL}/ow/preparing`, {
      headers: { cookie },
      redirect: 'manual',
    });
    return page.headers.get('location') === '/ow/consents';
  });
});

it('the addresses of the original client lead to our pages, the invitation code included', async () => {
  const stage = await newPatient(world);
  const code = codeOf(await invite(stage));
  for (const path of ['/clients/ow', '/clients/ow/', '/clients/ow/launch', '/ow']) {
    const page = await openPage(stage, `${path}?code=${encodeURIComponent(code)}`);
    expect(page.text, path).toContain('invites you');
  }
  for (const page of ['complete', 'manage']) {
    expect((await openPage(stage, `/clients/ow/${page}`)).url).toBe(`${world.config.SITE_URL}/ow/${page}`);
  }
});
