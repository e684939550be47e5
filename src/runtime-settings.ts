import type { Config } from './config.js';
import { removeSettings, saveSetting, storedSettings } from './db/settings.js';
import type { Sql } from './db/sql.js';
import { createEgress, type Egress, type EgressConfig } from './egress.js';
import { NamedError } from './errors.js';
import type { SecretBox } from './secret-box.js';
import {
  definitions,
  isSettingKey,
  parseSetting,
  resolveSettings,
  type SettingKey,
  type Settings,
} from './settings.js';

/** Settings as the running service sees them: stored values, then the environment, then defaults. */
export interface RuntimeSettings {
  read(): Promise<Settings>;
  /** As `read`, or as they stood less than a second ago: for who asks again and again. What is written here shows at once. */
  recent(): Promise<Settings>;
  /** What is wrong with a value given as text; undefined when it may be stored. */
  problemOf(key: SettingKey, value: string): string | undefined;
  /**
   * Stores a value given as text; throws NamedError `SettingUnknown` or `SettingInvalid`. An address of another origin
   * takes away the key that was stored for the old one.
   */
  write(key: string, value: string, updatedBy: number | null): Promise<void>;
  /** Lets the default hold again; answers whether a value was stored. */
  unset(key: string, removedBy?: number | null): Promise<boolean>;
  /** Which settings are stored, and since when. */
  stored(): Promise<ReadonlyMap<string, Date>>;
  /** Where the stored addresses may lead. */
  readonly egress: Egress;
}

const RECENT_MS = 1_000;

export type SettingsConfig = EgressConfig & Partial<Pick<Config, 'OW_API_KEY'>>;

/** Addresses, and what proves us to the server there. */
const KEY_OF: Partial<Record<SettingKey, SettingKey>> = {
  'ow.api_url': 'ow.api_key',
  'ow.s3.endpoint_url': 'ow.s3.secret_access_key',
};

export function createRuntimeSettings(sql: Sql, box: SecretBox, config: SettingsConfig): RuntimeSettings {
  const egress = createEgress(config);
  let latest: { readonly until: number; readonly settings: Promise<Settings> } | undefined;
  return {
    egress,
    read,
    async recent() {
      if (latest === undefined || performance.now() > latest.until)
        latest = { until: performance.now() + RECENT_MS, settings: read() };
      const asked = latest;
      try {
        return await asked.settings;
      } catch (thrown) {
        if (latest === asked) latest = undefined;
        throw thrown;
      }
    },
    problemOf,
    async write(key, value, updatedBy) {
      const known = requireKnown(key);
      const problem = problemOf(known, value);
      if (problem !== undefined) throw new NamedError('SettingInvalid', `${key}: ${problem}`);
      const secret = definitions[known].secret ? box.seal(key, value) : null;
      const plain = secret ? null : definitions[known].parse.parse(value);
      const forgetting = await keyOfOldOrigin(known, value);
      await saveSetting(sql, { key, value: plain, secret, updatedBy, forgetting });
      latest = undefined;
    },
    async unset(key, removedBy = null) {
      const known = requireKnown(key);
      const bound = await keyOfOldOrigin(known, known === 'ow.api_url' ? config.OW_API_URL : '');
      const removed = await removeSettings(sql, bound === null ? [key] : [key, bound], removedBy);
      latest = undefined;
      return removed.includes(key);
    },
    async stored() {
      return new Map((await storedSettings(sql)).map((row) => [row.key, row.updatedAt]));
    },
  };

  async function read(): Promise<Settings> {
    const values = new Map<string, unknown>();
    for (const { key, value, secret } of await storedSettings(sql)) {
      values.set(key, secret === null ? value : box.open(key, secret));
    }
    return resolveSettings(withEnvironment(values, config));
  }

  function problemOf(key: SettingKey, value: string): string | undefined {
    const parsed = parseSetting(key, value);
    if (!parsed.ok) return parsed.problem;
    return KEY_OF[key] === undefined || value === '' ? undefined : egress.refusal(value);
  }

  /** The stored key of an address that is about to be of another origin. */
  async function keyOfOldOrigin(key: SettingKey, next: unknown): Promise<SettingKey | null> {
    const bound = KEY_OF[key];
    if (bound === undefined) return null;
    const stored = (await storedSettings(sql)).find((setting) => setting.key === key);
    const before = originOf(stored?.value ?? (key === 'ow.api_url' ? config.OW_API_URL : ''));
    return before === '' || before === originOf(next) ? null : bound;
  }
}

function originOf(address: unknown): string {
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : '';
}

/** The environment fills in what is not stored; its key never goes to another server than its own. */
function withEnvironment(
  values: Map<string, unknown>,
  { OW_API_URL: url, OW_API_KEY: apiKey }: SettingsConfig,
): ReadonlyMap<string, unknown> {
  const stored = values.get('ow.api_url');
  if (url !== undefined && stored === undefined) values.set('ow.api_url', url);
  const isOwn = stored === undefined || originOf(stored) === originOf(url);
  if (apiKey !== undefined && isOwn && !values.has('ow.api_key')) values.set('ow.api_key', apiKey);
  return values;
}

function requireKnown(key: string): SettingKey {
  if (isSettingKey(key)) return key;
  throw new NamedError('SettingUnknown', `there is no setting of this name; 'settings list' shows them all`);
}
