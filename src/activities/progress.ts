import { Context } from '@temporalio/activity';

/** What a running activity told last. */
const told = new WeakMap<Context, unknown>();

/** Tells the server how far this attempt came, which the next one begins with. */
export function tellProgress(mark: unknown): void {
  const context = Context.current();
  told.set(context, mark);
  // A step beside a workflow is begun anew: nobody would ask for it.
  if (!context.info.isLocal) context.heartbeat(mark);
}

/** What is told again as a sign of life; before the first word of this attempt, what the one before it told. */
export function lastTold(context: Context): unknown {
  return told.has(context) ? told.get(context) : context.info.heartbeatDetails;
}
