import { expect, it } from 'vitest';
import { attemptJudge } from '../../src/activities/judge.js';
import { convertSamples } from '../../src/activities/page.js';
import { wantedFor } from '../../src/activities/wanted.js';
import { resolveSettings } from '../../src/settings.js';
import { shownSample } from '../helpers/samples.js';

const patient = { id: 1, reference: 'p', timeZone: 'UTC' };
const { attempts } = convertSamples([shownSample()], patient, wantedFor(['heart_rate']).dataTypes);

/** A judge for whom every data point breaks its schema. */
function strictJudge(mode: string) {
  const settings = resolveSettings(new Map([['conversion.schema_check', mode]]));
  const schemaChecks = { problemsOf: () => ['body/heart_rate: required'] };
  return attemptJudge({ settings: { recent: () => Promise.resolve(settings) }, schemaChecks });
}

it('a data point that its schema forbids is refused, with the place and the rule, never the value', async () => {
  expect(await strictJudge('all')(attempts)).toMatchObject([
    { outcome: { class: 'ValidationError', reason: 'schema', detail: 'body/heart_rate: required' } },
  ]);
});

it('nothing is judged when the setting is off', async () => {
  expect(await strictJudge('off')(attempts)).toEqual(attempts);
});
