import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const PAGE = `/admin/studies/${STUDY.studyId}`;
const OW_LOCAL = '6';
const added = {
  clientName: 'Sleep diary',
  clientId: 'sleep-diary',
  invitationUrl: 'https://diary.example/begin?code=CODE',
};

async function signIn(email: string) {
  const browser = await RawBrowser.signIn(world, `${email}@example.com`, SEED_PASSWORD);
  return { browser, csrf: await browser.csrf('/admin/patients') };
}

/** Posts a form of the study's page as somebody; answers the status. */
async function post(email: string, path: string, form: Readonly<Record<string, string>>): Promise<number> {
  const { browser, csrf } = await signIn(email);
  return (await browser.post(`${PAGE}/${path}`, { csrf, ...form })).status;
}

async function used(): Promise<number[]> {
  const rows = await world.app.sql<{ id: number }[]>`
    select client_id as id from study_clients where study_id = ${STUDY.studyId} order by 1`;
  return rows.map(({ id }) => id);
}
const clients = async () => world.app.sql`select client_id, name, invitation_url from clients order by id`;

it('a member makes these the clients of the study, and none', async () => {
  expect(await post('member_megan', 'clients', { client: OW_LOCAL })).toBe(303);
  expect(await used()).toEqual([6]);
  const { browser } = await signIn('member_megan');
  const page = parse(await (await browser.get(PAGE)).text());
  const card = page.querySelector('section[aria-labelledby=clients-h]');
  expect(card?.querySelector('.wx-row')?.textContent).toContain('OW Local');
  expect(
    card?.querySelectorAll('input[name=client][checked]').map((box) => box.getAttribute('value')),
  ).toEqual([OW_LOCAL]);
  expect(await post('member_megan', 'clients', {})).toBe(303);
  expect(await used()).toEqual([]);
});

it('a client that is not there is not attached, nor is what is no number', async () => {
  expect(await post('member_megan', 'clients', { client: '999' })).toBe(303);
  expect(await post('member_megan', 'clients', { client: 'x' })).toBe(404);
  expect(await used()).toEqual([]);
});

it('an operator adds a client, which the study uses at once; what is wrong is told and stays typed', async () => {
  expect(await post('admin', 'new-client', added)).toBe(303);
  expect(await clients()).toContainEqual({
    ...{ client_id: 'sleep-diary', name: 'Sleep diary', invitation_url: added.invitationUrl },
  });
  expect(await used()).toHaveLength(1);
  const { browser, csrf } = await signIn('admin');
  for (const [wrong, says] of [
    [{}, 'A client of this id is there already.'],
    [{ clientId: 'other', invitationUrl: 'javascript:alert(1)//CODE' }, 'Type a web address that has CODE'],
    [{ clientId: 'an other' }, 'without blanks'],
    [{ clientId: 'other', clientName: ' ' }, 'Give the client a name'],
  ] as const) {
    const answer = await browser.post(`${PAGE}/new-client`, { csrf, ...added, ...wrong });
    expect(answer.status, JSON.stringify(wrong)).toBe(422);
    const page = await answer.text();
    expect(page).toContain(says);
    expect(page).toContain('value="' + { ...added, ...wrong }.clientId + '"');
  }
});

it.each([
  ['viewer_victor', 'clients', 403],
  ['viewer_victor', 'new-client', 403],
  ['manager_mark', 'clients', 404],
  ['manager_mark', 'new-client', 403],
  ['member_megan', 'new-client', 403],
  ['manager_mary', 'new-client', 403],
])('%s, who posts to %s, is refused with %i, and nothing changes', async (email, path, status) => {
  const before = [await used(), await clients()];
  const form = path === 'clients' ? { client: OW_LOCAL } : { ...added, clientId: 'theirs' };
  expect(await post(email, path, form)).toBe(status);
  expect([await used(), await clients()]).toEqual(before);
});

it('a study that was changed on its page says so to those who read by last change', async () => {
  const changedAt = async () =>
    world.app
      .sql`select name, history_days, icon_url, updated_at::text from studies where id = ${STUDY.studyId}`;
  await world.app.sql`update studies set icon_url = 'https://i.example/a.png' where id = ${STUDY.studyId}`;
  const [before] = await changedAt();
  const { browser, csrf } = await signIn('member_megan');
  const form = { csrf, name: 'Renamed', description: 'Still sleep.', days: '33' };
  expect((await browser.post(PAGE, form)).status).toBe(303);
  const [after] = await changedAt();
  expect(after).toMatchObject({ name: 'Renamed', history_days: 33, icon_url: 'https://i.example/a.png' });
  expect(after?.['updated_at']).not.toBe(before?.['updated_at']);
});
