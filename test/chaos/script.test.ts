import { expect, it } from 'vitest';
import { scriptOf, scriptShape, shortestOf, type Script, type Step } from './script.js';

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);

it('a seed is always the same script, and another one is another', () => {
  expect(scriptOf(7)).toEqual(scriptOf(7));
  expect(new Set(seeds.map((seed) => JSON.stringify(scriptOf(seed)))).size).toBe(seeds.length);
});

it('a script can be printed and played again', () => {
  for (const seed of seeds) {
    const script = scriptOf(seed);
    expect(scriptShape.parse(JSON.parse(JSON.stringify(script)))).toEqual(script);
  }
});

it('two hundred rounds meet every kind of step, every fault on every link, and both modes', () => {
  const scripts = seeds.map(scriptOf);
  const steps = scripts.flatMap((script) => script.steps);
  expect(new Set(steps.map((step) => step.do)).size).toBe(15);
  const isFault = (step: Step) => step.do === 'fault' && step.fault !== null;
  const met = steps
    .filter(isFault)
    .map((step) => (step.do === 'fault' ? `${step.fault?.kind} ${step.link}` : ''));
  expect(new Set(met).size).toBe(24);
  expect(new Set(scripts.map(({ mode }) => mode))).toEqual(new Set(['normalized', 'raw']));
});

it('a script that fails is shortened to what makes it fail, beginning with the script of the seed', async () => {
  const played: Script[] = [];
  const isKilling = ({ steps }: Script) => steps.some((step) => step.do === 'kill');
  const seed = seeds.find((each) => isKilling(scriptOf(each))) ?? 0;
  const { shortest } = await shortestOf(seed, 1, (script) => {
    played.push(script);
    return Promise.resolve(!isKilling(script));
  });
  expect(played[0]).toEqual(scriptOf(seed));
  expect(shortest?.steps.filter((step) => step.do === 'kill')).toHaveLength(1);
  expect(shortest?.steps.length).toBeLessThanOrEqual(2 + 1);
});
