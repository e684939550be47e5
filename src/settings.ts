import { z } from 'zod';

const inWords = new Intl.ListFormat('en-GB', { type: 'disjunction' });
const bool = z.stringbool({
  truthy: ['true', '1', 'yes', 'y', 'on'],
  falsy: ['false', '0', 'no', 'n', 'off'],
});
const text = z.string();
const webAddress = z
  .string()
  .refine((value) => value === '' || (/^https?:\/\//.test(value) && URL.canParse(value)), {
    message: 'must be an http or https URL',
  });
const oneOf = <const Value extends string>(...values: readonly Value[]) =>
  z.enum(values, { error: `must be ${inWords.format(values)}` });
const signingSecret = z
  .string()
  .regex(/^(whsec_[A-Za-z0-9+/]{16,}={0,2})?$/, "must be an endpoint's secret, whsec_...");
const whole = (min: number, max: number) => {
  const range = `must be ${min} to ${max}`;
  const inRange = z.number().min(min, range).max(max, range);
  return z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(inRange);
};

/** A runtime toggle: how its text is read, what holds without it, what it is for. */
interface Definition<Value> {
  readonly parse: z.ZodType<Value>;
  readonly fallback: Value;
  readonly secret: boolean;
  readonly about: string;
}

function setting<Value>(parse: z.ZodType<Value>, fallback: Value, about: string): Definition<Value> {
  return { parse, fallback, secret: false, about };
}

function secret(about: string, parse: z.ZodType<string> = text): Definition<string> {
  return { parse, fallback: '', secret: true, about };
}

/** The only list of settings. Keys and meanings of the first block are those of the JupyterHealth Exchange. */
export const definitions = {
  'module.ow': setting(bool, false, 'reads from Open Wearables only when true'),
  'ow.ingest_mode': setting(oneOf('normalized', 'raw'), 'normalized', 'normalized (API) or raw (S3)'),
  'ow.api_url': setting(webAddress, '', 'address of Open Wearables; else OW_API_URL'),
  'ow.api_key': secret('API key of Open Wearables; else OW_API_KEY'),
  'ow.webhook_secret': secret('signs the webhooks of Open Wearables', signingSecret),
  'ow.requests_per_second': setting(whole(1, 1000), 40, 'requests that Open Wearables gets at most'),
  'ow.requests_at_once': setting(
    whole(1, 64),
    4,
    'requests that Open Wearables gets at the same time at most',
  ),
  'ow.s3.endpoint_url': setting(webAddress, '', 'S3 server of the raw payloads'),
  'ow.s3.access_key_id': setting(text, '', 'S3 access key id'),
  'ow.s3.secret_access_key': secret('S3 secret access key'),
  'ow.s3.bucket_name': setting(text, '', 'bucket of the raw payloads'),
  'ow.s3.key_prefix': setting(text, 'raw-payloads/oura/api_response', 'folder of the raw payloads'),
  'auth.patient.invitation_expiration_days': setting(whole(1, 60), 7, 'days an invitation can be used'),
  'auth.patient.invitation_redemption_window_hours': setting(
    whole(1, 168),
    12,
    'hours in which a client that lost its code may redeem again',
  ),
  'onboarding.reminders': setting(
    whole(0, 3),
    2,
    'letters that remind a patient, before redeeming and before connecting; 0: none',
  ),
  'ow.poll_interval_minutes': setting(whole(1, 1440), 15, 'minutes between scheduled polls'),
  'ow.poll_jitter_seconds': setting(whole(0, 600), 0, 'seconds by which a scheduled poll may begin later'),
  'ow.poll_batch': setting(
    whole(0, 50),
    0,
    'patients whom a poll reads in one step; 0: each by a run of its own',
  ),
  'ow.lookback_hours': setting(whole(1, 168), 24, 'hours that every poll reads again'),
  'ow.max_age_minutes': setting(
    whole(0, 1440),
    60,
    'minutes after which a poll reads a patient without a hint',
  ),
  'ow.backfill_days': setting(whole(0, 365), 90, 'days of history read after a first connect'),
  'ow.heal_days': setting(whole(0, 365), 0, 'days that Open Wearables fetches again every night; 0: none'),
  'contact.name': setting(text, '', 'whom patients ask; else the organization'),
  'contact.phone': setting(text, '', 'where patients call'),
  'contact.email': setting(text, '', 'where patients write to'),
  'conversion.schema_check': setting(
    oneOf('off', 'sample', 'all'),
    'sample',
    'which data points are checked against their schema: none, one in a hundred, all',
  ),
} as const;

export type SettingKey = keyof typeof definitions;
export type Settings = { readonly [Key in SettingKey]: z.output<(typeof definitions)[Key]['parse']> };

export const settingKeys = Object.keys(definitions) as readonly SettingKey[];

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(definitions, key);
}

/** The typed value of a setting's text, or what is wrong with it; never quotes the text. */
export function parseSetting(
  key: SettingKey,
  value: string,
): { ok: true; value: unknown } | { ok: false; problem: string } {
  const parsed = definitions[key].parse.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problem: parsed.error.issues[0]?.message ?? 'is not valid' };
}

/** The settings in force: what is stored, else the default. Stored values that no longer fit fall back as well. */
export function resolveSettings(stored: ReadonlyMap<string, unknown>): Settings {
  const entries = settingKeys.map((key) => {
    const { parse, fallback } = definitions[key];
    const parsed = stored.has(key) ? parse.safeParse(String(stored.get(key))) : undefined;
    return [key, parsed?.success ? parsed.data : fallback];
  });
  return Object.fromEntries(entries) as Settings;
}
