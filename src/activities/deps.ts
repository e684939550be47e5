import type { Sql } from '../db/sql.js';
import type { Events } from '../events.js';
import type { Post } from '../mail/post.js';
import type { OpenWearables } from '../open-wearables/client.js';
import type { RuntimeSettings } from '../runtime-settings.js';
import type { SchemaChecks } from '../schema-checks.js';
import type { SecretBox } from '../secret-box.js';
import type { Orchestration } from '../temporal/orchestration.js';

/** What activities are made of; `openWearables` throws OpenWearablesFailure `NotConfigured` when it has no address or key. */
export interface ActivityDeps {
  readonly sql: Sql;
  /** The same database, over the few connections by which pages are stored. */
  readonly pages: Sql;
  readonly settings: RuntimeSettings;
  readonly openWearables: () => Promise<OpenWearables>;
  readonly orchestration: Orchestration;
  readonly events: Events;
  readonly secretBox: SecretBox;
  readonly schemaChecks: SchemaChecks;
  readonly post: Post;
  /** Where the links in letters lead. */
  readonly siteUrl: string;
}
