import { pino } from 'pino';

export type Logger = pino.Logger;

/** JSON lines with ids, codes and counts only; whatever could name a person or a secret is cut out as a last resort. */
export function createLogger(options: { level: string; destination?: pino.DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ['*.email', '*.token', '*.password', '*.apiKey', '*.cookie', '*.authorization'],
    },
    options.destination ?? pino.destination({ fd: 2, sync: true }),
  );
}
