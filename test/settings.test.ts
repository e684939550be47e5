import { describe, expect, it } from 'vitest';
import { definitions, parseSetting, resolveSettings, settingKeys, type SettingKey } from '../src/settings.js';

const VALUES: readonly (readonly [SettingKey, string, unknown])[] = [
  ['module.ow', 'true', true],
  ['module.ow', 'off', false],
  ['ow.ingest_mode', 'raw', 'raw'],
  ['ow.api_url', 'https://ow.example.org', 'https://ow.example.org'],
  ['ow.api_url', '', ''],
  ['ow.poll_interval_minutes', '5', 5],
  ['ow.backfill_days', '0', 0],
  ['conversion.schema_check', 'off', 'off'],
];
const MISTAKES: readonly (readonly [SettingKey, string])[] = [
  ['module.ow', 'perhaps'],
  ['ow.ingest_mode', 'both'],
  ['conversion.schema_check', 'some'],
  ['ow.api_url', 'javascript:alert(1)'],
  ['ow.api_url', 'ow.example.org'],
  ['ow.api_url', 'http://ow:80:80'],
  ['ow.poll_interval_minutes', '0'],
  ['ow.poll_interval_minutes', '1.5'],
  ['ow.backfill_days', ''],
  ['ow.backfill_days', '0x10'],
  ['ow.lookback_hours', 'a day'],
  ['auth.patient.invitation_expiration_days', '61'],
];

describe('the text of a setting', () => {
  it.each(VALUES)('%s = %s has its type', (key, text, value) => {
    expect(parseSetting(key, text)).toEqual({ ok: true, value });
  });

  it.each(MISTAKES)('%s = %s is refused, without repeating it', (key, text) => {
    const parsed = parseSetting(key, text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok && text.length > 2) expect(parsed.problem).not.toContain(text);
  });

  it('that is one of a few words is told which they are', () => {
    const problem = { ok: false, problem: 'must be normalized or raw' };
    expect(parseSetting('ow.ingest_mode', 'both')).toEqual(problem);
    const three = { ok: false, problem: 'must be off, sample or all' };
    expect(parseSetting('conversion.schema_check', 'some')).toEqual(three);
  });
});

describe('the settings in force', () => {
  it('are the defaults of the original where nothing is stored', () => {
    expect(resolveSettings(new Map())).toMatchObject({
      'module.ow': false,
      'ow.ingest_mode': 'normalized',
      'ow.s3.key_prefix': 'raw-payloads/oura/api_response',
      'ow.poll_interval_minutes': 15,
    });
  });

  it('fall back where a stored value does not fit any more', () => {
    const stored = new Map<string, unknown>([
      ['ow.poll_interval_minutes', 'often'],
      ['ow.lookback_hours', 48],
      ['a setting of another version', 1],
    ]);
    const settings = resolveSettings(stored);
    expect(settings).toMatchObject({ 'ow.poll_interval_minutes': 15, 'ow.lookback_hours': 48 });
    expect(Object.keys(settings)).toEqual([...settingKeys]);
  });

  it('count keys and passwords as secrets', () => {
    const secrets = settingKeys.filter((key) => definitions[key].secret);
    expect(secrets).toEqual(['ow.api_key', 'ow.webhook_secret', 'ow.s3.secret_access_key']);
  });
});
