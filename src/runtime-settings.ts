import type { Config } from './config.js';
import { removeSetting, saveSetting, storedSettings } from './db/settings.js';
import type { Sql } from './db/sql.js';
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
  /** Stores a value given as text; throws NamedError `SettingUnknown` or `SettingInvalid`. */
  write(key: string, value: string, updatedBy: number | null): Promise<void>;
  /** Lets the default hold again; answers whether a value was stored. */
  unset(key: string, removedBy?: number | null): Promise<boolean>;
  /** Which settings are stored, and since when. */
  stored(): Promise<ReadonlyMap<string, Date>>;
}

export function createRuntimeSettings(
  sql: Sql,
  box: SecretBox,
  config: Pick<Config, 'OW_API_URL' | 'OW_API_KEY'>,
): RuntimeSettings {
  return {
    async read() {
      const values = new Map<string, unknown>();
      if (config.OW_API_URL !== undefined) values.set('ow.api_url', config.OW_API_URL);
      if (config.OW_API_KEY !== undefined) values.set('ow.api_key', config.OW_API_KEY);
      for (const { key, value, secret } of await storedSettings(sql)) {
        values.set(key, secret === null ? value : box.open(key, secret));
      }
      return resolveSettings(values);
    },
    async write(key, value, updatedBy) {
      const known = requireKnown(key);
      const parsed = parseSetting(known, value);
      if (!parsed.ok) throw new NamedError('SettingInvalid', `${key}: ${parsed.problem}`);
      const secret = definitions[known].secret ? box.seal(key, value) : null;
      await saveSetting(sql, { key, value: secret ? null : parsed.value, secret, updatedBy });
    },
    async unset(key, removedBy = null) {
      return removeSetting(sql, requireKnown(key), removedBy);
    },
    async stored() {
      return new Map((await storedSettings(sql)).map((row) => [row.key, row.updatedAt]));
    },
  };
}

function requireKnown(key: string): SettingKey {
  if (isSettingKey(key)) return key;
  throw new NamedError('SettingUnknown', `there is no setting of this name; 'settings list' shows them all`);
}
