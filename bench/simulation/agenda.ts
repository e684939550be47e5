/** What happens at a time of its own; of several things the earliest comes first. */
export class Agenda {
  readonly #times: number[] = [];
  readonly #works: ((now: number) => void)[] = [];

  /** `Infinity` when nothing is left. */
  get next(): number {
    return this.#times[0] ?? Infinity;
  }

  add(at: number, work: (now: number) => void): void {
    let place = this.#times.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.#times[parent] ?? 0) <= at) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, at, work);
  }

  /** Does what comes first. */
  run(): void {
    const [at, work] = [this.#times[0], this.#works[0]];
    const [lastAt, last] = [this.#times.pop(), this.#works.pop()];
    if (at === undefined || work === undefined || lastAt === undefined || last === undefined) return;
    const length = this.#times.length;
    if (length > 0) {
      let place = 0;
      for (let child = 1; child < length; child = 2 * place + 1) {
        if (child + 1 < length && (this.#times[child + 1] ?? 0) < (this.#times[child] ?? 0)) child += 1;
        if ((this.#times[child] ?? 0) >= lastAt) break;
        this.#move(child, place);
        place = child;
      }
      this.#put(place, lastAt, last);
    }
    work(at);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#times[from] ?? 0, this.#works[from] ?? (() => undefined));
  }

  #put(place: number, at: number, work: (now: number) => void): void {
    this.#times[place] = at;
    this.#works[place] = work;
  }
}
