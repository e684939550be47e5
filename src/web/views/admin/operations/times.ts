import { clockTime, shortDate } from '../../../components/times.js';

/** `21 Nov, 10:07` */
export function dayAndTime(at: Date, zone: string): string {
  return `${shortDate(at, zone)}, ${clockTime(at, zone)}`;
}

/** `38 s`, `12 min`, `2 h 37 min`: how long something took or has lasted. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
