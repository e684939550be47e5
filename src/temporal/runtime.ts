import { makeTelemetryFilterString, Runtime, type LogLevel, type LogMetadata } from '@temporalio/worker';
import type { Logger } from '../logger.js';
import { sdkBuffer } from './sdk-metrics.js';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/** What the SDK warns of and is meant: the worker of calls of others' servers has activities only. */
export const MEANT = 'No workflows registered, not polling for workflow tasks';

let installed = false;

/** Sends what the Temporal SDK says to our own log and metrics, once a process; its chatter about states counts as debug. */
export function installRuntime(logger: Logger): void {
  if (installed) return;
  installed = true;
  const log = (level: LogLevel, message: string, meta?: LogMetadata) => {
    // Messages are the SDK's own fixed texts; of the metadata only ids and names are kept.
    logger[levelOf(level, message)]({ event: 'temporal', ...identifiers(meta) }, message);
  };
  Runtime.install({
    logger: {
      log,
      trace: (message, meta) => {
        log('TRACE', message, meta);
      },
      debug: (message, meta) => {
        log('DEBUG', message, meta);
      },
      info: (message, meta) => {
        log('INFO', message, meta);
      },
      warn: (message, meta) => {
        log('WARN', message, meta);
      },
      error: (message, meta) => {
        log('ERROR', message, meta);
      },
    },
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      metrics: { buffer: sdkBuffer },
    },
    // The process ends when its own parts have stopped; the SDK must not race them.
    shutdownSignals: [],
  });
}

export function levelOf(level: LogLevel, message: string) {
  return message === MEANT ? 'debug' : LEVELS[level];
}

const KEPT = ['sdkComponent', 'taskQueue', 'workflowId', 'workflowType', 'activityType', 'attempt', 'state'];

function identifiers(meta: LogMetadata = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(meta).filter(([key]) => KEPT.includes(key)));
}
