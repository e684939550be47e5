import { describe, expect, it } from 'vitest';
import { assetRoutes } from '../../../src/web/assets.js';
import { everyView } from './every-view.js';
import { named, OWN_SCRIPT, read, type Tag } from './html.js';

const get = (tag: Tag, attribute: string) => tag.attributes.get(attribute);

describe.each(Object.entries(everyView))('the page %s', (_name, view) => {
  it('is one well-formed document with a doctype, a title, one main part and one h1', async () => {
    const { html, tags } = await read(view());
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toMatch(/<title>[^<]+<\/title>/);
    for (const once of ['html', 'head', 'body', 'main', 'h1'])
      expect(named(tags, once), once).toHaveLength(1);
  });

  it('holds no inline script, no inline style, no event handler and no id twice', async () => {
    const { html, tags } = await read(view());
    expect(html.replace(OWN_SCRIPT, '')).not.toContain('<script');
    expect(named(tags, 'style')).toEqual([]);
    const attributes = tags.flatMap((tag) => [...tag.attributes.keys()]);
    expect(attributes.filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
    const ids = tags.flatMap((tag) => get(tag, 'id') ?? []);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('has a label for every field, and every reference between parts leads somewhere', async () => {
    const { tags } = await read(view());
    const ids = new Set(tags.flatMap((tag) => get(tag, 'id') ?? []));
    const labelled = new Set(named(tags, 'label').flatMap((tag) => get(tag, 'for') ?? []));
    const fields = tags.filter(
      (tag) =>
        ['input', 'select', 'textarea', 'progress'].includes(tag.name) && get(tag, 'type') !== 'hidden',
    );
    for (const field of fields) expect(labelled, get(field, 'name')).toContain(get(field, 'id'));
    const references = tags.flatMap((tag) =>
      ['for', 'aria-labelledby', 'aria-describedby'].flatMap((name) => get(tag, name)?.split(' ') ?? []),
    );
    const anchors = named(tags, 'a').flatMap((tag) =>
      get(tag, 'href')?.startsWith('#') ? get(tag, 'href')?.slice(1) : [],
    );
    for (const reference of [...references, ...anchors]) expect(ids).toContain(reference);
  });

  it('posts its forms with the anti-forgery field, unless they change how the page looks or ask for numbers and days', async () => {
    const { html } = await read(view());
    for (const [form] of html.matchAll(/<form[^>]*>.*?<\/form>/gs)) {
      if (/^<form method="post"[^>]*><button[^>]* name="(language|theme)"/.test(form)) continue;
      // What a filter asks for stands in the address: no name and no text belongs there.
      const typed = [...form.matchAll(/<(?:input|select|textarea)[^>]*?(?: type="(\w+)"|>)/g)];
      if (/^<form method="get"/.test(form) && typed.every(([, type = '']) => /number|date/.test(type)))
        continue;
      expect(form).toMatch(/^<form method="post" action="\/[a-z]/);
      // Whoever has no session may ask for a link.
      if (form.includes('action="/ow/fresh-link"')) continue;
      expect(form).toContain('<input type="hidden" name="csrf" value="csrf-of-this-session"/>');
    }
  });

  it('loads only assets of our own that exist', async () => {
    const { tags } = await read(view());
    const loaded = tags.filter((tag) => ['link', 'use', 'img', 'script'].includes(tag.name));
    for (const tag of loaded) {
      const [address = '', symbol] = (get(tag, 'href') ?? get(tag, 'src') ?? '').split('#');
      // A maker's icon passes through our own server.
      if (/^\/ow\/icons\/[a-z]+$/.test(address)) continue;
      const answer = await assetRoutes().request(address);
      expect(answer.status, address).toBe(200);
      if (tag.name === 'use') expect(await answer.text()).toContain(`<symbol id="${symbol ?? ''}"`);
    }
  });

  it('has at most one main button outside its repeated rows', async () => {
    const { tags } = await read(view());
    const filled = tags.filter((tag) => get(tag, 'class')?.split(' ').includes('btn-primary'));
    expect(filled.length).toBeLessThanOrEqual(1);
  });
});
