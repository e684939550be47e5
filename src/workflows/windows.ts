import type { BackfillRequest } from './contract.js';

export interface Window {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** Splits a span into windows of at most `days` days, newest first. */
export function windowsOf({ from, to }: Pick<BackfillRequest, 'from' | 'to'>, days: number): Window[] {
  const windows: Window[] = [];
  const start = Date.parse(from);
  for (let end = Date.parse(to); end > start; end -= days * DAY_MS) {
    const begin = Math.max(start, end - days * DAY_MS);
    windows.push({ from: new Date(begin).toISOString(), to: new Date(end).toISOString() });
  }
  return windows;
}
