import { DAY_MS, measures, type ModelStudy, type Provider } from './kinds.js';

interface Answer {
  readonly isAgreed: boolean;
  readonly at: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a patient has answered, and which recorded times that covers: the model's own arithmetic. */
export class Agreements {
  readonly #answers = new Map<string, readonly Answer[]>();

  constructor(private readonly studies: readonly ModelStudy[]) {}

  answer(study: ModelStudy, code: string, isAgreed: boolean, at: number): void {
    this.#answers.set(keyOf(study, code), [...this.#of(study, code), { isAgreed, at }]);
  }

  /** As they are now; later answers do not change it. */
  copy(): Agreements {
    const copy = new Agreements(this.studies);
    for (const [key, answers] of this.#answers) copy.#answers.set(key, answers);
    return copy;
  }

  stands(study: ModelStudy, code: string): boolean {
    return this.#of(study, code).at(-1)?.isAgreed ?? false;
  }

  /** Whether any study has this code agreed. */
  isAgreed(code: string): boolean {
    return this.studies.some((study) => this.stands(study, code));
  }

  /** The codes that are agreed in any study. */
  codes(): readonly string[] {
    return [...new Set(this.studies.flatMap(({ codes }) => codes))].filter((code) => this.isAgreed(code));
  }

  /** Whether what this wearable recorded of a code at an instant may be stored. */
  covers(code: string, provider: Provider, at: number): boolean {
    if (!measures(provider, code)) return false;
    return this.studies
      .filter((study) => study.providers.includes(provider))
      .some((study) => this.#spans(study, code).some(({ from, to }) => at >= from && at < to));
  }

  /** The earliest instant that anything agreed reaches back to. */
  reach(): number {
    const spans = this.studies.flatMap((study) => study.codes.flatMap((code) => this.#spans(study, code)));
    return Math.min(...spans.map(({ from }) => from));
  }

  /** Nothing while the newest answer is no; the first yes reaches back, each later one starts when it was given. */
  #spans(study: ModelStudy, code: string): Span[] {
    if (!this.stands(study, code)) return [];
    const answers = this.#of(study, code);
    const first = answers.findIndex(({ isAgreed }) => isAgreed);
    return answers.flatMap(({ isAgreed, at }, index) => {
      const from = index === first ? at - study.historyDays * DAY_MS : at;
      return isAgreed ? [{ from, to: answers[index + 1]?.at ?? Infinity }] : [];
    });
  }

  #of(study: ModelStudy, code: string): readonly Answer[] {
    return this.#answers.get(keyOf(study, code)) ?? [];
  }
}

const keyOf = ({ id }: ModelStudy, code: string) => `${id} ${code}`;
