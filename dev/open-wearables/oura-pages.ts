import { measure } from './generator.js';
import type { Part } from './generator.js';
import type { Account } from './generator/ring.js';
import { ringOf } from './generator/ring.js';
import { DAY } from './instant.js';
import {
  activityDocuments,
  heartRateItems,
  oxygenDocuments,
  oxygenUptakeDocuments,
  readinessDocuments,
  sleepScoreDocuments,
  vascularDocuments,
  workoutDocuments,
} from './oura-days.js';
import { sleepDocument } from './oura-sleep.js';
import { midnightBefore } from './oura-time.js';
import type { Window } from './series.js';

/** A page of the vendor's answer. */
export interface VendorPage {
  readonly data: readonly unknown[];
  readonly next_token: string | null;
}

/** The vendor's endpoint behind each part; the upstream keeps none of the answers with personal information. */
const ENDPOINTS: Readonly<Partial<Record<Part, string>>> = {
  workouts: 'workout',
  activity: 'daily_activity',
  cardiovascular_age: 'daily_cardiovascular_age',
  readiness: 'daily_readiness',
  sleep: 'sleep',
  sleep_score: 'daily_sleep',
  spo2: 'daily_spo2',
  vo2_max: 'vO2_max',
  heart_rate: 'heartrate',
};

const PAGE_ROWS = 1000;
/** The vendor takes at most this much of heart rates in one question. */
const HEART_RATE_DAYS = 30;

export function vendorEndpoint(part: Part): string | undefined {
  return ENDPOINTS[part];
}

/** What the vendor answers to the upstream's questions for one part of a stretch of time, page by page. */
export function vendorPages(account: Account, seed: number, part: Part, window: Window): VendorPage[] {
  if (part === 'heart_rate') {
    return chunksOf(window).flatMap((chunk) => pagesOf(heartRatesIn(account, seed, chunk)));
  }
  // Documents of a day are asked for by day, so that a day that has begun comes whole each time.
  const from = midnightBefore(ringOf(account, seed), window.from);
  return pagesOf(documentsIn(account, seed, part, { from, to: window.to }));
}

function chunksOf({ from, to }: Window): Window[] {
  const chunks: Window[] = [];
  for (let start = from; start < to; start += HEART_RATE_DAYS * DAY) {
    chunks.push({ from: start, to: Math.min(to, start + HEART_RATE_DAYS * DAY) });
  }
  return chunks;
}

function heartRatesIn(account: Account, seed: number, window: Window) {
  const waking = measure(account, seed, 'heart_rate', window).readings;
  const nights = measure(account, seed, 'sleep', window).readings;
  return heartRateItems(
    waking,
    nights.filter(({ type }) => type === 'heart_rate'),
  );
}

function documentsIn(account: Account, seed: number, part: Part, window: Window): readonly unknown[] {
  const { ring, readings, nights, workouts } = measure(account, seed, part, window);
  switch (part) {
    case 'workouts':
      return workoutDocuments(ring, workouts);
    case 'activity':
      return activityDocuments(ring, readings);
    case 'cardiovascular_age':
      return vascularDocuments(readings);
    case 'readiness':
      return readinessDocuments(ring, readings);
    case 'sleep':
      return nights.map((night) => sleepDocument(ring, night));
    case 'sleep_score':
      return sleepScoreDocuments(ring, nights);
    case 'spo2':
      return oxygenDocuments(ring, readings);
    case 'vo2_max':
      return oxygenUptakeDocuments(ring, readings);
    case 'heart_rate':
    case 'personal_info':
      return [];
  }
}

/** At least one page; the token names the place of the next one. */
function pagesOf(records: readonly unknown[]): VendorPage[] {
  const count = Math.max(1, Math.ceil(records.length / PAGE_ROWS));
  return Array.from({ length: count }, (_, index) => {
    const end = (index + 1) * PAGE_ROWS;
    const token = end < records.length ? Buffer.from(String(end)).toString('base64') : null;
    return { data: records.slice(index * PAGE_ROWS, end), next_token: token };
  });
}
