import { expect, it } from 'vitest';
import { ConsentsPage } from '../../../src/web/views/patient/consents.js';
import { named, read, textOf } from './html.js';
import { csrf, everyday, frame, log, openLines, rhythm } from './samples.js';

const props = { frame, csrf, studies: [rhythm, everyday], log };
const problem = 'Tick at least one line, or choose “I do not want to take part”.';

it.each([
  ['a first visit', undefined],
  ['a refused form', problem],
])('nothing is ticked beforehand on %s', async (_when, refused) => {
  const { tags } = await read(ConsentsPage({ ...props, problem: refused }));
  expect(tags.filter((tag) => tag.attributes.has('checked'))).toEqual([]);
});

it('an open line has a box to tick, and the form says which open lines were shown under which text', async () => {
  const { tags } = await read(ConsentsPage(props));
  const values = (name: string) =>
    named(tags, 'input').flatMap(({ attributes }) =>
      attributes.get('name') === name ? [attributes.get('value')] : [],
    );
  const open = openLines.map(({ id }) => id);
  expect(values('share')).toEqual(open);
  expect(values('shown')).toEqual(open);
  expect(values('textVersion')).toEqual(['2026-11']);
});

it('a line that has an answer shows it and asks no second time', async () => {
  const text = await textOf(ConsentsPage({ ...props, studies: [everyday] }));
  expect(text).toContain('Heart rate Shared Since 2 November 2026.');
  expect(text).toContain('Breathing rate Stopped You stopped on 14 November 2026.');
  expect(text).toContain('Weight Not shared You said no on 2 November 2026.');
  expect(text).not.toContain('I agree to share');
});

it('kinds of data are named in plain words, and by the study’s own where there are none', async () => {
  const text = await textOf(ConsentsPage(props));
  expect(text).toContain('Sleep When you fell asleep and woke up.');
  expect(text).toContain('Grip Strength As your device measures it.');
  expect(text).not.toContain('omh:');
});

it('saving is the default of the form, and saying no to all is its other button', async () => {
  const { html } = await read(ConsentsPage(props));
  const answers = [...html.matchAll(/name="answer" value="([a-z]+)"/g)].map(([, value]) => value);
  expect(answers).toEqual(['save', 'decline']);
});

it('a refused form says why first and leads to the first open line', async () => {
  const { html, tags } = await read(ConsentsPage({ ...props, problem }));
  const alert = tags.find((tag) => tag.attributes.get('role') === 'alert');
  expect(alert?.attributes.has('autofocus')).toBe(true);
  expect(html).toContain('<a href="#share-1-1">');
});
