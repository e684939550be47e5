import { z } from 'zod';
import { OpenWearablesFailure } from './failures.js';
import { OpenWearablesHttp, parseJson, type Answer, type HttpOptions } from './http.js';
import * as shapes from './shapes.js';
import { signInAddress } from './sign-in-address.js';

export interface SamplesQuery {
  readonly owUserId: string;
  readonly series: readonly string[];
  /** Inclusive start and exclusive end, ISO 8601 with Z; the end must not be exactly midnight. */
  readonly from: string;
  readonly to: string;
  readonly cursor: string | null;
  readonly signal?: AbortSignal | undefined;
}

/** Endpoints whose records are sessions, or daily totals. */
export type RecordsEndpoint = 'events/sleep' | 'events/workouts' | 'summaries/activity' | 'summaries/sleep';

export interface RecordsQuery {
  readonly owUserId: string;
  readonly endpoint: RecordsEndpoint;
  /** ISO times for sessions that start from `from` on and end before `to`; the first and the last date of totals. */
  readonly from: string;
  readonly to: string;
  readonly cursor: string | null;
  readonly signal?: AbortSignal | undefined;
}

/** What is counted: rows of series, or sessions of an endpoint, between any two ISO times. */
export interface CountQuery {
  readonly owUserId: string;
  readonly feeds: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly signal?: AbortSignal | undefined;
}

export interface ClientOptions extends HttpOptions {
  /** Hosts beside the makers' own where patients may be led to sign in. */
  readonly signInHosts?: readonly string[];
}

/** The calls this service makes; every one may throw OpenWearablesFailure. */
export type OpenWearables = ReturnType<typeof createOpenWearables>;

/** The largest page the upstream gives. */
const PAGE_LIMIT = 100;
/** Before any wearable measured. */
const EARLIEST = '2000-01-01T00:00:00Z';

export function createOpenWearables(options: ClientOptions) {
  const http = new OpenWearablesHttp(options);
  return {
    /** The only real health check: the database answers and the key is good. */
    async probe(signal?: AbortSignal): Promise<void> {
      await http.json(
        { operation: 'probe', path: '/api/v1/users', query: { limit: 1 }, signal },
        shapes.userListShape,
      );
    },

    /** The user with this external id; undefined: there is none. */
    async findUser(externalId: string, signal?: AbortSignal): Promise<string | undefined> {
      const query = { external_user_id: externalId, limit: 1 };
      const { items } = await http.json(
        { operation: 'find user', path: '/api/v1/users', query, signal },
        shapes.userListShape,
      );
      return items.find((user) => user.external_user_id === externalId)?.id;
    },

    /** POST /users is find-or-create by external id, as long as no e-mail is sent; older versions answer 400 or 409. */
    async findOrCreateUser(externalId: string, signal?: AbortSignal): Promise<string> {
      const existing = await this.findUser(externalId, signal);
      if (existing !== undefined) return existing;
      const body = { external_user_id: externalId };
      const call = { operation: 'create user', method: 'POST', path: '/api/v1/users', body, signal } as const;
      const created = await http.ok(call, [400, 409]);
      const found =
        created.status < 300
          ? shapes.userShape.safeParse(parseJson(created.text)).data?.id
          : await this.findUser(externalId, signal);
      if (found === undefined) throw new OpenWearablesFailure('Unreadable', { status: created.status });
      return found;
    },

    /** DELETE /users/{id}: true when the user is gone. False: this version wants a developer to sign in for that. */
    async deleteUser(owUserId: string, signal?: AbortSignal): Promise<boolean> {
      const call = {
        operation: 'delete user',
        method: 'DELETE',
        path: `/api/v1/users/${owUserId}`,
        signal,
      } as const;
      try {
        const { status } = await http.ok(call, [403, 404, 405]);
        return status < 300 || status === 404;
      } catch (thrown) {
        if (thrown instanceof OpenWearablesFailure && thrown.kind === 'NotAuthorized') return false;
        throw thrown;
      }
    },

    /** GET /oauth/providers: wearables that are switched on and have a cloud. */
    async providers(signal?: AbortSignal): Promise<shapes.Provider[]> {
      const query = { enabled_only: 'true', cloud_only: 'true' };
      return http.json(
        { operation: 'providers', path: '/api/v1/oauth/providers', query, signal },
        z.array(shapes.providerShape),
      );
    },

    /** GET /oauth/{provider}/authorize: where the browser goes to sign in at the vendor, and nowhere else. */
    async authorize(provider: string, owUserId: string, redirectUri: string): Promise<shapes.Authorization> {
      const path = `/api/v1/oauth/${encodeURIComponent(provider)}/authorize`;
      const query = { user_id: owUserId, redirect_uri: redirectUri };
      const call = { operation: 'authorize', path, query };
      const told = await http.json(call, shapes.authorizationShape);
      const address = signInAddress(told.authorization_url, provider, options.signInHosts ?? []);
      if (address === undefined) throw http.fail(call, new OpenWearablesFailure('ForeignSignIn'));
      return { ...told, authorization_url: address };
    },

    /** GET /oauth/{provider}/callback, passed on from a vendor that was told to return to us; any status. */
    async callback(provider: string, query: Readonly<Record<string, string>>): Promise<Answer> {
      return http.raw({
        operation: 'callback',
        path: `/api/v1/oauth/${encodeURIComponent(provider)}/callback`,
        query,
      });
    },

    /** GET /users/{id}/connections; revoked ones included, unknown users have none. */
    async connections(owUserId: string, signal?: AbortSignal): Promise<shapes.UpstreamConnection[]> {
      const path = `/api/v1/users/${owUserId}/connections`;
      return http.json({ operation: 'connections', path, signal }, z.array(shapes.connectionShape));
    },

    /** DELETE /users/{id}/connections/{provider}; a connection that never was counts as gone. */
    async disconnect(owUserId: string, provider: string, signal?: AbortSignal): Promise<void> {
      const path = `/api/v1/users/${owUserId}/connections/${encodeURIComponent(provider)}`;
      await http.ok({ operation: 'disconnect', method: 'DELETE', path, signal }).catch((failure: unknown) => {
        if (!(failure instanceof OpenWearablesFailure && failure.kind === 'NotFound')) throw failure;
      });
    },

    /**
     * DELETE /users/{id}/connections/{provider}/data: ends the connection and deletes what is kept of it. False: this
     * version of Open Wearables cannot, or knows of no such connection.
     */
    async purge(owUserId: string, provider: string, signal?: AbortSignal): Promise<boolean> {
      const path = `/api/v1/users/${owUserId}/connections/${encodeURIComponent(provider)}/data`;
      const call = { operation: 'purge', method: 'DELETE', path, signal } as const;
      return (await http.ok(call, [404, 405])).status < 300;
    },

    /** GET /users/{id}/timeseries: one page, ascending by recorded time. */
    async samples(query: SamplesQuery): Promise<shapes.Page> {
      const path = `/api/v1/users/${query.owUserId}/timeseries`;
      const parameters = {
        start_time: query.from,
        end_time: query.to,
        types: query.series,
        limit: PAGE_LIMIT,
        ...(query.cursor === null ? {} : { cursor: query.cursor }),
      };
      return http.json(
        { operation: 'samples', path, query: parameters, signal: query.signal },
        shapes.pageShape,
      );
    },

    /** GET /users/{id}/events/… or /summaries/…: one page; sessions newest first, totals by date. */
    async records(query: RecordsQuery): Promise<shapes.Page> {
      const path = `/api/v1/users/${query.owUserId}/${query.endpoint}`;
      const parameters = {
        start_date: query.from,
        end_date: query.to,
        limit: PAGE_LIMIT,
        ...(query.cursor === null ? {} : { cursor: query.cursor }),
      };
      return http.json(
        { operation: query.endpoint, path, query: parameters, signal: query.signal },
        shapes.pageShape,
      );
    },

    /** How many records pages of this span would show; null when Open Wearables does not say. */
    async count({ owUserId, feeds, from, to, signal }: CountQuery): Promise<number | null> {
      const [endpoint] = feeds.filter((feed) => feed.includes('/'));
      const path = `/api/v1/users/${owUserId}/${endpoint ?? 'timeseries'}`;
      const query =
        endpoint === undefined
          ? { start_time: from, end_time: notMidnight(to), types: feeds, limit: 1 }
          : { start_date: from, end_date: to, limit: 1 };
      const call = { operation: 'count', path, query, signal };
      return (await http.json(call, shapes.pageShape)).pagination.total_count ?? null;
    },

    /** Whether anything of these series, or of this endpoint, is shown from before an instant. */
    async showsOlder(owUserId: string, feeds: readonly string[], before: string): Promise<boolean> {
      const [endpoint] = feeds.filter((feed) => feed.includes('/'));
      const path = `/api/v1/users/${owUserId}/${endpoint ?? 'timeseries'}`;
      const query =
        endpoint === undefined
          ? { start_time: EARLIEST, end_time: before, types: feeds, limit: 1 }
          : { start_date: EARLIEST, end_date: before, limit: 1 };
      const { data } = await http.json({ operation: 'older', path, query }, shapes.pageShape);
      return data.length > 0;
    },

    /** Whether Open Wearables still knows the user; series of an unknown one are empty, which is not "no data". */
    async knowsUser(owUserId: string, signal?: AbortSignal): Promise<boolean> {
      const call = { operation: 'user', path: `/api/v1/users/${owUserId}`, signal } as const;
      return (await http.ok(call, [404])).status !== 404;
    },

    /** GET /users/{id}/sync/runs: what Open Wearables itself is fetching from the vendor; unknown users have none. */
    async runs(owUserId: string, signal?: AbortSignal): Promise<shapes.Run[]> {
      const path = `/api/v1/users/${owUserId}/sync/runs`;
      return http
        .json({ operation: 'runs', path, query: { limit: 50 }, signal }, z.array(shapes.runShape))
        .catch((failure: unknown) => {
          if (failure instanceof OpenWearablesFailure && failure.kind === 'NotFound') return [];
          throw failure;
        });
    },

    /** GET /sync/runs: what Open Wearables fetched from the vendors of all users in the last day, newest first. */
    async allRuns(limit: number, signal?: AbortSignal): Promise<shapes.Run[]> {
      const call = { operation: 'all runs', path: '/api/v1/sync/runs', query: { limit }, signal };
      return http.json(call, z.array(shapes.runShape));
    },

    /** GET /users by newest sync: page after page, as long as the caller goes on. Never synced ones come last. */
    async *usersBySync(signal?: AbortSignal): AsyncGenerator<shapes.SyncedUser[]> {
      for (let page = 1, more = true; more; page += 1) {
        const query = { sort_by: 'last_synced_at', sort_order: 'desc', limit: PAGE_LIMIT, page };
        const call = { operation: 'users by sync', path: '/api/v1/users', query, signal };
        const { items, has_next: hasNext } = await http.json(call, shapes.syncedUserListShape);
        yield items;
        more = hasNext;
      }
    },

    /** POST .../sync/historical: has Open Wearables fetch so many days again. False: it cannot, of this provider. */
    async syncHistorical(
      owUserId: string,
      provider: string,
      days: number,
      signal?: AbortSignal,
    ): Promise<boolean> {
      const path = `/api/v1/providers/${encodeURIComponent(provider)}/users/${owUserId}/sync/historical`;
      const call = { operation: 'historical sync', method: 'POST', path, query: { days }, signal } as const;
      return (await http.ok(call, [400, 404, 501])).status < 300;
    },

    /** An icon of a provider, by the relative address that the provider list gives. */
    async icon(path: string): Promise<Answer> {
      return http.ok({ operation: 'icon', path });
    },

    close: () => http.close(),
  };
}

/** An end at midnight makes Open Wearables add a day, unless it is midnight in another offset than the one sent. */
function notMidnight(time: string): string {
  if (Date.parse(time) % 86_400_000 !== 0) return time;
  return `${time.slice(0, 10)}T01:00:00+01:00`;
}
