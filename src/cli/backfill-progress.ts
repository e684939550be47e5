import { setTimeout as pause } from 'node:timers/promises';
import type { Orchestration } from '../temporal/orchestration.js';
import type { BackfillProgress } from '../workflows/contract.js';
import { type Output, table } from './output.js';
import { bar, onOneLine, type Screen } from './progress-bar.js';
import { EXIT } from './run.js';

const ENDED: readonly BackfillProgress['state'][] = ['done', 'cancelled', 'failed'];

/** Shows the progress until the backfill has ended. */
export async function follow(
  { backfillProgress }: Pick<Orchestration, 'backfillProgress'>,
  output: Output,
  patientId: number,
  screen: Screen = process.stdout,
): Promise<void> {
  const show = output.json || screen.isTTY !== true ? onPaper(output) : onTerminal(screen);
  for (;;) {
    const progress = await backfillProgress(patientId);
    if (progress === undefined) return;
    const hasEnded = ENDED.includes(progress.state);
    show(progress, hasEnded);
    if (hasEnded) {
      output.result(progress);
      if (progress.state !== 'done') process.exitCode = EXIT.failed;
      return;
    }
    await pause(500);
  }
}

/** A single line, written again and again. */
function onTerminal(screen: Screen) {
  const show = onOneLine(screen);
  return (progress: BackfillProgress, isLast: boolean): void => {
    show(`${bar(progress.percent / 100)} ${summaryOf(progress)}`);
    if (isLast) screen.write('\n');
  };
}

/** What stays readable in a file: the end, and what it waits for on the way. */
function onPaper(output: Output) {
  let shown: BackfillProgress['state'] = 'running';
  return (progress: BackfillProgress): void => {
    if (progress.state !== shown && progress.state !== 'running') output.line(summaryOf(progress));
    shown = progress.state;
  };
}

function summaryOf(progress: BackfillProgress): string {
  const { state, percent, daysDone, daysTotal, seen, created, amended, failure } = progress;
  const parts = [
    `${state}${failure === null ? '' : ` (${failure})`}: ${percent} %`,
    `${daysDone} of ${daysTotal} days`,
    // A terminal of 80 columns still shows when it ends.
    ...paceOf(progress),
    `${seen} samples seen`,
    `${created} new`,
    `${amended} corrected`,
  ];
  return parts.join(', ');
}

function paceOf({ rate, eta }: BackfillProgress): string[] {
  return [
    ...(eta === null ? [] : [`ends ${localTime(eta)}`]),
    ...(rate === null ? [] : [`${rate} samples/s`]),
  ];
}

export function showStatus(output: Output, patientId: number, progress: BackfillProgress | undefined): void {
  output.result(progress ?? null);
  if (progress === undefined) {
    output.line(`Patient ${patientId} never had a backfill.`);
    return;
  }
  const { state, percent, daysDone, daysTotal, window, failure, startedAt } = progress;
  const { seen, created, amended, unchanged, rejected, withheld, held, retired } = progress;
  const counts = [`${created} new`, `${amended} corrected`, `${unchanged} unchanged`];
  const others = [`${rejected} rejected`, `${withheld} not consented`, `${held} held`, `${retired} retired`];
  const rows: readonly (readonly string[])[] = [
    ['state', failure === null ? state : `${state}: ${failure}`],
    ['read', `${percent} %, ${daysDone} of ${daysTotal} days`],
    ['samples', [`${seen} seen`, ...counts, ...others].join(', ')],
    ['pace', paceOf(progress).join(', ') || 'none yet'],
    ...(window === null ? [] : [['window', `${localTime(window.from)} to ${localTime(window.to)}`]]),
    ['began', localTime(startedAt)],
  ];
  for (const line of table(rows)) output.line(line);
}

/** `2026-11-22 09:44`, in the operator's zone. */
function localTime(iso: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso));
}
