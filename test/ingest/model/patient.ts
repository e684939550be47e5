import { vi } from 'vitest';
import { decide } from '../../helpers/connected-patient.js';
import type { Reader } from '../../helpers/reader.js';
import { conceptOf } from '../../helpers/scopes.js';
import { Agreements } from './agreements.js';
import { checkKept, checkRetired, checkSettled, checkWrites, type Moment } from './checks.js';
import { DAY_MS, MINUTE_MS, type ModelStudy } from './kinds.js';
import type { PagedUpstream } from './paged-upstream.js';
import { Shown, type Reading } from './shown.js';
import { storedOf } from './stored.js';

export interface ModelPlace {
  readonly reader: Reader;
  readonly upstream: PagedUpstream;
}

export interface ModelPerson {
  readonly id: number;
  readonly owUserId: string;
  readonly timeZone: string;
  readonly studies: readonly [ModelStudy, ModelStudy];
}

/** One patient, twice: what the model knows, and the service that must come to the same. */
export class ModelPatient {
  readonly shown: Shown;
  readonly agreements: Agreements;
  /** Since when each code is read without a gap, as far as polls went through. */
  readonly #readUntil = new Map<string, number>();
  /** What the newest complete read did not show any more. */
  readonly #absent = new Set<string>();
  #moments: Moment[] = [];

  constructor(
    private readonly place: ModelPlace,
    readonly person: ModelPerson,
    public now: number,
  ) {
    this.shown = new Shown(place.reader.sandbox.control, person.owUserId, person.timeZone);
    this.agreements = new Agreements(person.studies);
    vi.setSystemTime(now);
  }

  pass(minutes: number): void {
    this.now += minutes * MINUTE_MS;
    vi.setSystemTime(this.now);
  }

  async answer(study: ModelStudy, code: string, isAgreed: boolean): Promise<void> {
    const { sql } = this.place.reader;
    const [studyId, conceptId] = [study.id, await conceptOf(sql, code)];
    const at = new Date(this.now);
    await decide(sql, this.person.id, isAgreed ? 'agreed' : 'stopped', { at, studyId, conceptId });
    this.agreements.answer(study, code, isAgreed, this.now);
    this.#readUntil.delete(code);
  }

  /** A scheduled poll; `during` happens before one of its pages. */
  async poll(page = 0, during: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const asked = this.agreements.codes();
    this.place.upstream.beforePage = async (number) => {
      if (number !== page) return false;
      await during();
      this.#remember();
      return false;
    };
    await this.#checked(
      () => this.place.reader.poll(this.person.id),
      (reading) => this.#isPolled(reading),
    );
    for (const code of asked) if (this.agreements.isAgreed(code)) this.#readUntil.set(code, this.now);
  }

  /** A poll whose pages fail from one on, and its next attempt. */
  async pollInTwo(page: number, between: () => Promise<void>): Promise<void> {
    if (this.agreements.codes().length === 0) return;
    this.place.upstream.beforePage = (number) => number >= page;
    await this.#checked(
      async () => {
        const failed = await this.place.reader.failingPoll(this.person.id).catch(tolerateSuccess);
        this.place.upstream.reset();
        if (failed === undefined) return;
        await between();
        this.#remember();
        await failed.again();
      },
      (reading) => this.#isPolled(reading),
    );
  }

  /** A complete read of everything up to now, compared with what is stored. */
  async readBack(): Promise<void> {
    const to = new Date(this.now).toISOString();
    const request = { patientId: this.person.id, from: '2020-01-01T00:00:00Z', to, dataTypes: null };
    const before = await storedOf(this.place.reader.sql, this.person.id);
    await this.#checked(
      () => this.place.reader.readHistory(request),
      ({ start, end }) => (end ?? start) < this.now,
    );
    const after = await storedOf(this.place.reader.sql, this.person.id);
    checkRetired(before, after, this.#absent);
    const readings = this.shown.readings();
    for (const key of after.keys()) {
      if (readings.has(key)) this.#absent.delete(key);
      else this.#absent.add(key);
    }
  }

  /** Two complete reads while nothing moves: then what is stored is what the model says. */
  async settle(): Promise<void> {
    const [study] = this.person.studies;
    const [code] = study.codes;
    if (this.agreements.codes().length === 0 && code !== undefined) await this.answer(study, code, true);
    this.pass(1);
    await this.poll();
    await this.readBack();
    await this.readBack();
    const { sql } = this.place.reader;
    checkSettled(await storedOf(sql, this.person.id), this.#moment(), this.now);
    const letters = await sql`select 1 from dead_letters where patient_id = ${this.person.id}`;
    if (letters.length > 0) throw new Error('a good record became a dead letter');
  }

  /** Reads, and checks that nothing was written that must not be, and nothing is missing that was promised. */
  async #checked(run: () => Promise<unknown>, isPromised: (reading: Reading) => boolean): Promise<void> {
    const { sql } = this.place.reader;
    const before = await storedOf(sql, this.person.id);
    this.#moments = [this.#moment()];
    await run();
    this.place.upstream.reset();
    const after = await storedOf(sql, this.person.id);
    checkWrites(before, after, this.#moments);
    checkKept(after, this.#moments, isPromised);
  }

  /** A poll promises the last day, and all that came since the one before. */
  #isPolled({ code, start, end }: Reading): boolean {
    const lookback = this.now - DAY_MS;
    const since = Math.min(lookback, this.#readUntil.get(code) ?? lookback);
    return (end ?? start) < this.now && (end ?? start) > since;
  }

  #remember(): void {
    this.#moments.push(this.#moment());
  }

  #moment(): Moment {
    return { readings: this.shown.readings(), agreements: this.agreements.copy() };
  }
}

/** A poll with fewer pages than the one that should fail. */
function tolerateSuccess(thrown: unknown): undefined {
  if (thrown instanceof Error && thrown.message === 'the poll went through') return undefined;
  throw thrown;
}
