import os from 'node:os';
import { Command } from 'commander';
import type { App } from '../app.js';
import { isDatabaseLost } from '../db/lost.js';
import { whereThrown } from '../errors.js';
import { createLogger } from '../logger.js';
import { commandConfig, EXIT } from './run.js';

type Part = 'api' | 'worker';

export function serveCommand(): Command {
  return partCommand('serve', 'HTTP and workers in one process', ['worker', 'api']);
}

export function apiCommand(): Command {
  return partCommand('api', 'only HTTP', ['api']);
}

export function workerCommand(): Command {
  return partCommand('worker', 'only Temporal workers', ['worker']);
}

function partCommand(name: string, description: string, parts: readonly Part[]): Command {
  return new Command(name).description(description).action(async () => {
    const config = await commandConfig();
    if (!parts.includes('api')) standBack();
    const logger = createLogger({ level: config.LOG_LEVEL });
    const { openApp } = await import('../app.js');
    const app = await openApp(config, logger);
    endOnUnexpected(app);
    try {
      await serveUntilStopped(app, parts, (line) => {
        logger.info({ event: 'serving' }, line);
      });
    } finally {
      await app.close();
    }
  });
}

/** Where both share cores, answers to people go before reading in the background: workers alone stand back. */
function standBack(): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where a process may not choose its priority, whoever runs it does.
  }
}

/**
 * An error that nobody expected leaves the process in a state that nobody knows: it says where the error came from, never
 * what it quotes, and ends; whoever supervises it starts it again. A lost connection is no such error: the driver asks
 * for array types when one opens and leaves that promise to nobody, while the statement that opened it fails and is told.
 */
function endOnUnexpected({ events }: App): void {
  process.on('uncaughtException', (thrown) => {
    if (isDatabaseLost(thrown)) {
      events.databaseLost();
      return;
    }
    events.crashed({ where: 'process', unexpected: whereThrown(thrown) });
    process.exit(EXIT.failed);
  });
}

/**
 * Starts the parts, waits for SIGTERM or SIGINT (or a part that breaks), then stops them in reverse order: readiness goes
 * first, no request is cut, activities end or are handed over. A second signal ends the process at once.
 */
async function serveUntilStopped(
  app: App,
  parts: readonly Part[],
  say: (line: string) => void,
): Promise<void> {
  const running: { stop(): Promise<void> }[] = [];
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        app.stopping.begin();
        say(`${signal}: stopping`);
        setTimeout(resolve, app.config.STOP_DELAY_SECONDS * 1000);
      });
  });
  const broken: Promise<void>[] = [];
  try {
    if (parts.includes('worker')) {
      const worker = await app.startWorker();
      await app.ensureSchedule();
      running.push(worker);
      broken.push(worker.stopped);
      if (!parts.includes('api')) {
        const told = await app.startWorkerHttp();
        // The last to stop: how the rest of its work goes is told until the end.
        if (told !== undefined) running.unshift(told);
      }
      say('the worker polls Temporal');
    }
    if (parts.includes('api')) {
      const http = await app.startHttp();
      running.push(http);
      say(`HTTP listens at ${http.url}`);
    }
    await Promise.race([signalled, ...broken]);
  } finally {
    for (const part of running.reverse()) await part.stop();
  }
}
