import { setCurrentDetails } from '@temporalio/workflow';
import type { OnboardingStep, ProgressStep } from './onboarding-contract.js';

/** What has happened on the way of one invitation, in order; nothing is ever taken back. */
export class OnboardingSteps {
  readonly #steps: ProgressStep[];

  /** Goes on after the steps of an earlier run; without one, the patient is invited. */
  constructor(earlier: readonly ProgressStep[] = []) {
    this.#steps = [...earlier];
    // Before any signal is heard: one may have come first.
    if (earlier.length === 0) this.reached('invited');
  }

  get all(): readonly ProgressStep[] {
    return this.#steps;
  }

  reached(step: OnboardingStep, about: Pick<ProgressStep, 'provider' | 'count'> = {}): void {
    this.#steps.push({ step, at: new Date().toISOString(), ...about });
    setCurrentDetails(this.#steps.map((entry) => entry.step).join(' → '));
  }

  /** Where it makes no difference how often a step is reported. */
  once(step: OnboardingStep): void {
    if (!this.has(step)) this.reached(step);
  }

  has(...steps: readonly OnboardingStep[]): boolean {
    return this.#steps.some(({ step }) => steps.includes(step));
  }

  /** Milliseconds since the epoch at which a step was first reached; undefined before. */
  since(step: OnboardingStep): number | undefined {
    const entry = this.#steps.find((known) => known.step === step);
    return entry && Date.parse(entry.at);
  }
}
