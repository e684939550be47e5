import { isRejected } from '../omh/convert.js';
import { rejected } from '../omh/rejection.js';
import type { ActivityDeps } from './deps.js';
import type { Attempt } from './page.js';

/** Refuses what was converted to a data point that its schema forbids, as far as the setting has it checked. */
export function attemptJudge({
  settings,
  schemaChecks,
}: {
  readonly settings: Pick<ActivityDeps['settings'], 'recent'>;
  readonly schemaChecks: ActivityDeps['schemaChecks'];
}) {
  return async (attempts: readonly Attempt[]): Promise<readonly Attempt[]> => {
    const mode = (await settings.recent())['conversion.schema_check'];
    if (mode === 'off') return attempts;
    return attempts.map((attempt) => {
      if (isRejected(attempt.outcome)) return attempt;
      const [problem] = schemaChecks.problemsOf(attempt.outcome, mode);
      return problem === undefined ? attempt : { ...attempt, outcome: rejected('schema', problem) };
    });
  };
}
