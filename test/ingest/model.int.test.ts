import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { liveThroughNinetyDays } from './model/full-size.js';
import { startModel, type Model } from './model/start.js';
import { answerAnew, anySteps, beginnings } from './model/steps.js';

let model: Model;
beforeAll(async () => {
  model = await startModel();
});
afterAll(async () => {
  await model.close();
});

const MINUTE_MS = 60_000;
const RUNS = Number(process.env['MODEL_RUNS'] ?? 300);
const SAMPLES = Number(process.env['MODEL_SAMPLES'] ?? 100_000);
const SEED = Number(process.env['MODEL_SEED'] ?? 20_250_320);

/** A failure names its seed and the shortest sequence; both given to `assert` play it again. */
it(
  'whatever happens, in whatever order: once all is quiet, what is stored is what is shown and agreed',
  async () => {
    const start = fc.record({
      history: fc.constantFrom(...Array.from({ length: 15 }, () => 9), 90),
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles'),
      pageLimit: fc.constantFrom(5, 20, 100),
      hour: fc.nat(23),
    });
    const property = fc.asyncProperty(start, beginnings, anySteps(18), async (given, beginning, steps) => {
      const patient = await model.patient(given);
      try {
        for (const scope of beginning.answers) await answerAnew(patient, scope);
        for (const step of beginning.measured) await step.run(patient);
        if (beginning.isReadFirst) await patient.readBack();
        await fc.asyncModelRun(() => ({ model: patient, real: {} }), steps);
        await patient.settle();
      } finally {
        vi.useRealTimers();
        model.forget(patient);
      }
    });
    await fc.assert(property, {
      ...{ numRuns: RUNS, seed: SEED, unbiased: true },
      ...{ interruptAfterTimeLimit: 19 * MINUTE_MS, markInterruptAsFailure: true },
    });
    expect(model.defects()).toEqual([]);
  },
  20 * MINUTE_MS,
);

it(
  'ninety days of samples, in any order: what is stored is what is shown and agreed',
  async ({ annotate }) => {
    const patient = await model.patient({ history: 90, timeZone: 'Europe/Berlin', pageLimit: 100, hour: 9 });
    try {
      const arrived = await liveThroughNinetyDays(patient, SAMPLES);
      await patient.settle();
      expect(arrived).toBeGreaterThanOrEqual(SAMPLES);
      await annotate(`${arrived} samples arrived, ${patient.shown.samples.length} are shown in the end`);
    } finally {
      vi.useRealTimers();
      model.forget(patient);
    }
  },
  15 * MINUTE_MS,
);
