import { pino } from 'pino';
import { logContext } from './log-context.js';

export type Logger = pino.Logger;

/** JSON lines with ids, codes and counts only, those of the work around them included; whatever could name a person or a secret is cut out as a last resort. */
export function createLogger(options: { level: string; destination?: pino.DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      mixin: logContext,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ['*.email', '*.token', '*.password', '*.apiKey', '*.cookie', '*.authorization'],
    },
    options.destination ?? pino.destination({ fd: 2, sync: true }),
  );
}
