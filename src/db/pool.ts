import { isDatabaseLost } from './lost.js';
import type { Sql } from './sql.js';

/** How long a server may take until it greets: the driver asks anew for ever, at once, where it is cut off before. */
const ANSWER_MS = 10_000;
/** How long a connection that nobody needs is kept. */
const REST_MS = 60_000;
/** How long one is used: a server keeps for each whatever it ever looked at. */
const LIFE_MS = 30 * 60_000;

export type Listener = Sql['options']['debug'];

/** Who hears of a connection: that the server answers, that it is no more, and of each statement that it sends. */
export interface Told {
  readonly onparameter: () => void;
  readonly onclose: () => void;
  readonly debug: Listener;
}

/** A connection of the driver, which connects when it is first used. */
export type Connect = (told: Told) => Sql;

/**
 * Connections, each of which does one thing at a time. One that was lost is never used again: what the driver is given
 * between the error of a socket and its end it refuses nowhere, and takes it for done once it has connected anew.
 */
export interface Pool {
  /** Does this on a connection that nobody else uses meanwhile, as soon as there is one. */
  use<Result>(work: (connection: Sql) => Promise<Result>): Promise<Result>;
  /** A connection to keep until it is given back. */
  take(): Promise<Place>;
  giveBack(place: Place): void;
  /** Hears each statement that is sent, with the number of its connection. */
  readonly listen: (debug: Listener) => void;
  /** Lets what is under way end within so many seconds, or as it likes; whoever comes later is refused. */
  readonly end: (options?: { timeout?: number | undefined }) => Promise<void>;
}

export interface Place {
  readonly connection: Sql;
  readonly retiresAt: number;
  resting?: NodeJS.Timeout;
}

/** Hears how long somebody waited for a connection, when all were in use. */
export type OnWait = (ms: number) => void;

export function openPool(connect: Connect, max: number, onWait?: OnWait): Pool {
  const open = new Set<Place>();
  const free: Place[] = [];
  const waiting: ((place: Place) => void)[] = [];
  let debug: Listener = false;
  let isEnded = false;
  return {
    async use(work) {
      const place = await take();
      try {
        return await work(place.connection);
      } catch (thrown) {
        if (isDatabaseLost(thrown)) void leave(place);
        throw thrown;
      } finally {
        giveBack(place);
      }
    },
    take,
    giveBack,
    listen(listener) {
      debug = listener;
      for (const { connection } of open) connection.options.debug = debug;
    },
    async end(options) {
      isEnded = true;
      for (const wait of waiting.splice(0)) wait(ended());
      await Promise.all([...open].map((place) => leave(place, options)));
    },
  };

  async function take(): Promise<Place> {
    if (isEnded) return ended();
    const place = free.pop() ?? (open.size < max ? openPlace() : undefined);
    if (place === undefined) return inTurn();
    clearTimeout(place.resting);
    return place;
  }

  async function inTurn(): Promise<Place> {
    const begun = performance.now();
    const place = await new Promise<Place>((resolve) => waiting.push(resolve));
    onWait?.(performance.now() - begun);
    return place;
  }

  function giveBack(place: Place): void {
    if (performance.now() > place.retiresAt) void leave(place);
    const next = waiting.shift();
    if (next !== undefined) next(open.has(place) ? place : openPlace());
    else if (open.has(place)) rest(place);
  }

  function rest(place: Place): void {
    free.push(place);
    place.resting = setTimeout(() => void leave(place), REST_MS).unref();
  }

  function openPlace(): Place {
    const told = {
      debug,
      onparameter: () => {
        clearTimeout(silence);
      },
      onclose: () => void leave(place),
    };
    const place: Place = { connection: connect(told), retiresAt: performance.now() + LIFE_MS };
    const silence = setTimeout(() => void leave(place), ANSWER_MS).unref();
    open.add(place);
    return place;
  }

  /** What it still does after that time is refused, whether the driver knows of it or not. */
  async function leave(
    place: Place,
    options: { timeout?: number | undefined } = { timeout: 0 },
  ): Promise<void> {
    open.delete(place);
    clearTimeout(place.resting);
    const index = free.indexOf(place);
    if (index >= 0) free.splice(index, 1);
    await place.connection.end(options);
  }

  /** Refuses whatever it is given, in the driver's own words. */
  function ended(): Place {
    const place = openPlace();
    void leave(place);
    return place;
  }
}
