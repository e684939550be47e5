import { expect, it } from 'vitest';
import { ProviderPickerPage } from '../../../src/web/views/patient/provider-picker.js';
import { named, read, textOf } from './html.js';
import { drawings } from '../../../src/web/components/drawing.js';
import { csrf, frame, log } from './samples.js';

const oura = { provider: 'oura', name: 'Oura', agreed: 4, missing: [] };
const polar = { provider: 'polar', name: 'Polar', agreed: 4, missing: ['blood oxygen'] };
const props = { frame, csrf, usable: [oura, polar], unusable: [], icons: new Set(['oura']), log };

it('each device that can be used is the button of its own form', async () => {
  const { html } = await read(ProviderPickerPage(props));
  const forms = [...html.matchAll(/<form method="post" action="\/ow\/connect"[^>]*>.*?<\/form>/gs)].map(
    ([form]) => form,
  );
  expect(forms).toHaveLength(2);
  expect(forms[0]).toContain('name="provider" value="oura"');
  expect(forms[1]).toContain('name="provider" value="polar"');
});

it('says how much of what was agreed a device measures', async () => {
  const text = await textOf(ProviderPickerPage(props));
  expect(text).toContain('All 4 kinds you agreed to');
  expect(text).toContain('3 of 4: no blood oxygen');
});

it.each([
  ['needs-app', 'Needs an app on your phone.'],
  ['measures-nothing-agreed', 'Measures nothing that you agreed to share.'],
  ['does-not-answer', 'Does not answer right now. Try again in a few minutes.'],
  ['already-connected', 'Already connected.'],
] as const)('a device that cannot be used (%s) says why and has no button', async (reason, words) => {
  const page = { ...props, usable: [], unusable: [{ provider: 'x', name: 'Xenon', reason }] };
  expect(await textOf(ProviderPickerPage(page))).toContain(`Xenon ${words}`);
  expect((await read(ProviderPickerPage(page))).html).not.toContain('value="x"');
});

it('a maker’s icon comes from our own address, and a drawing of ours stands where there is none', async () => {
  const { html, tags } = await read(ProviderPickerPage(props));
  const pictures = named(tags, 'img').map(({ attributes }) => attributes.get('src'));
  expect(pictures).toEqual(['/ow/icons/oura']);
  expect(html).toContain(drawings().get('dev-strap')?.shapes);
  expect(html).not.toContain(drawings().get('dev-ring')?.shapes);
});
