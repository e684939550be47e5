import { activityInfo } from '@temporalio/activity';
import type { PageCounts } from '../events.js';
import type { ActivityDeps } from './deps.js';
import { tellProgress } from './progress.js';
import { windowReader, type Progress, type WindowRead } from './read-window.js';
import type { ReadWindow } from './page-coverage.js';
import { NO_COUNTS, addCounts } from '../workflows/counts.js';

/** What to read for a patient: feeds together, window by window. */
export interface LegsRead extends Pick<WindowRead, 'patient' | 'wanted' | 'isAudited' | 'isStillAllowed'> {
  readonly legs: readonly { readonly feeds: readonly string[]; readonly windows: readonly ReadWindow[] }[];
}

/** How far a read came, kept by the server so that the next attempt goes on from there. */
interface Mark {
  readonly leg: number;
  readonly window: number;
  readonly cursor: string | null;
  readonly counts: PageCounts;
}

/** Reads legs one after the other, page by page; an attempt goes on where the one before it stopped. */
export function legsReader(deps: ActivityDeps) {
  const readWindow = windowReader(deps);
  return async (read: LegsRead): Promise<PageCounts> => {
    const mark = activityInfo().heartbeatDetails as Mark | undefined;
    let counts = mark?.counts ?? NO_COUNTS;
    for (const [index, { feeds, windows }] of read.legs.entries()) {
      if (index < (mark?.leg ?? 0)) continue;
      const isResumed = index === mark?.leg;
      for (const [number, window] of windows.entries()) {
        if (isResumed && number < mark.window) continue;
        const start = isResumed && number === mark.window ? mark.cursor : null;
        const before = counts;
        const tell: Progress = (cursor, soFar) => {
          counts = addCounts(before, soFar);
          tellProgress({ leg: index, window: number, cursor, counts } satisfies Mark);
        };
        const end = await readWindow({ ...read, feeds, window, start }, tell);
        tellProgress({ leg: index, window: number + 1, cursor: null, counts } satisfies Mark);
        if (end === 'not allowed') return counts;
      }
    }
    return counts;
  };
}
