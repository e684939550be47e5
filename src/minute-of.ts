/** `2026-11-21 10:07 UTC`: a time for people, wherever they read it. */
export function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
