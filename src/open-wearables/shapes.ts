import { z } from 'zod';

/** Answers of Open Wearables, as far as this service reads them. Unknown fields and values are normal. */

export const userShape = z.object({ id: z.uuid(), external_user_id: z.string().nullish() });

export const userListShape = z.object({ items: z.array(userShape), total: z.number() });

export const syncedUserListShape = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      last_synced_at: z.string().nullish(),
      /** Only the list tells. */
      has_active_connection: z.boolean().nullish(),
    }),
  ),
  has_next: z.boolean(),
});
export type SyncedUser = z.infer<typeof syncedUserListShape>['items'][number];

export const providerShape = z.object({
  provider: z.string(),
  name: z.string(),
  has_cloud_api: z.boolean(),
  is_enabled: z.boolean(),
  icon_url: z.string().nullish(),
  live_sync_mode: z.string().nullish(),
  live_sync_configurable: z.boolean().nullish(),
  data_granularity: z.unknown(),
});
export type Provider = z.infer<typeof providerShape>;

/** What is not named here is passed on to the patient. */
export const connectionShape = z.looseObject({
  provider: z.string(),
  status: z.string(),
  updated_at: z.string(),
  last_synced_at: z.string().nullish(),
  /** Whether Open Wearables fetches from this vendor itself; older versions do not say. */
  rest_pull: z.boolean().nullish(),
  /** Other users who connected the same vendor account. */
  linked_user_ids: z.array(z.string()).nullish(),
});
export type UpstreamConnection = z.infer<typeof connectionShape>;

export const authorizationShape = z.object({ authorization_url: z.string(), state: z.string() });
export type Authorization = z.infer<typeof authorizationShape>;

/** Samples stay unknown here: each is converted or rejected on its own. */
export const pageShape = z.object({
  data: z.array(z.unknown()),
  pagination: z
    .object({
      next_cursor: z.string().nullish(),
      has_more: z.boolean(),
      total_count: z.number().nullish(),
    })
    // More without a way to it must not pass for the end.
    .refine(({ has_more: hasMore, next_cursor: next }) => !hasMore || Boolean(next)),
});
export type Page = z.infer<typeof pageShape>;

export const runShape = z.object({
  run_id: z.string(),
  provider: z.string(),
  source: z.string(),
  status: z.string(),
  started_at: z.string().nullish(),
  ended_at: z.string().nullish(),
  user_id: z.string().nullish(),
  items_processed: z.number().nullish(),
});
export type Run = z.infer<typeof runShape>;
