import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is there; throws with what was waited for when it never comes. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false>,
  withinMs = 30_000,
): Promise<Answer> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs / 1000} s in vain until ${what}`);
    await pause(100);
  }
}
