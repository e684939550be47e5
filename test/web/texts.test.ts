import { expect, it } from 'vitest';
import { en } from '../../src/web/texts/en.js';
import { es } from '../../src/web/texts/es.js';
import { patientViews } from './views/patient-views.js';
import { textOf } from './views/html.js';

/** What a text says, by its place; one that takes words is given a mark for each. */
function sayings(texts: unknown, place = ''): [string, string][] {
  if (typeof texts === 'string') return [[place, texts]];
  if (typeof texts === 'function') {
    const speak = texts as (...words: string[]) => unknown;
    const said = speak(...Array.from({ length: texts.length }, (_, index) => `<${index}>`));
    return [[place, [said].flat().join('')]];
  }
  return Object.entries(texts ?? {}).flatMap(([key, value]) => sayings(value, `${place}/${key}`));
}

const marks = (text: string) => (text.match(/<\d>/g) ?? []).sort();

/** Words that no Spanish sentence holds. */
const english =
  /\b(the|you|your|we|our|and|is|are|was|not|of|to|from|with|this|that|for|it|what|when|page|device|data|answer|answers|sharing|reading|connected)\b/i;

it('Spanish says everything that English says, and every word put in comes out', () => {
  const inSpanish = new Map(sayings(es));
  const inEnglish = sayings(en);
  expect([...inSpanish.keys()]).toEqual(inEnglish.map(([place]) => place));
  for (const [place, text] of inEnglish) {
    expect(marks(inSpanish.get(place) ?? ''), place).toEqual(marks(text));
  }
});

it('no English is left in Spanish', () => {
  const inEnglish = new Map(sayings(en));
  for (const [place, text] of sayings(es)) {
    expect(text, place).not.toMatch(english);
    if (/[a-z]{3}/i.test(text.replaceAll(/<\d>/g, ''))) expect(text, place).not.toBe(inEnglish.get(place));
  }
});

it('nobody is addressed as tú', () => {
  for (const [place, text] of sayings(es))
    expect(text, place).not.toMatch(/\b(tú|tus?|te|ti|contigo|tienes|puedes)\b/i);
});

it.each(Object.entries(patientViews({ texts: es, locale: 'es-ES' })))(
  'the page %s is in Spanish throughout',
  async (_name, view) => {
    const written = (await textOf(view())).replaceAll(
      /Recovery Rhythm Study|Lifespan Study on Blood Pressure and Heart Rate in Everyday Life|people of the study team/g,
      '',
    );
    const ours = sayings(en).map(([, text]) => text);
    const left = ours.filter(
      (text) => /[a-z]{3}.*\s.*[a-z]{3}/i.test(text) && !text.includes('<') && written.includes(text),
    );
    expect(left).toEqual([]);
  },
);
