import { Argument, Command } from 'commander';
import { minuteOf } from '../minute-of.js';
import { type ScheduleName, scheduleNames, type ScheduleState } from '../temporal/oversight.js';
import { table } from './output.js';
import { EXIT, withApp } from './run.js';

/** What each word does, and what is said afterwards. */
const STEERING = {
  pause: { about: 'let it rest until it is resumed; what runs goes on', said: 'rests' },
  resume: { about: 'let it run by the clock again', said: 'runs by the clock again' },
  run: { about: 'start it now, unless it runs already', said: 'is asked to start now' },
} as const;

export function scheduleCommand(): Command {
  const command = new Command('schedule')
    .description('what runs by the clock: poll, reconcile, heal, audit')
    .addCommand(statusCommand());
  for (const word of ['pause', 'resume', 'run'] as const) command.addCommand(steerCommand(word));
  return command;
}

function statusCommand(): Command {
  const command = new Command('status').description('whether they are on, when they ran and run next');
  return command.action(() =>
    withApp(command, async ({ oversight }, output) => {
      const states = await oversight.schedules();
      for (const line of table([['schedule', 'state', 'last', 'next', 'note'], ...states.map(cells)]))
        output.line(line);
      output.result(states);
      if (states.some(({ state }) => state !== 'on')) process.exitCode = EXIT.attention;
    }),
  );
}

function cells({ name, state, lastAt, nextAt, note }: ScheduleState): string[] {
  const times = [lastAt, nextAt].map((at) => (at === null ? '-' : minuteOf(at)));
  return [name, state, ...times, note];
}

function steerCommand(word: keyof typeof STEERING): Command {
  const { about, said } = STEERING[word];
  const command = new Command(word)
    .description(about)
    .addArgument(new Argument('[name]', 'which one').choices(scheduleNames).default('poll'));
  if (word !== 'run') command.option('--note <text>', 'why; no health data', 'from the command line');
  return command.action((name: ScheduleName, { note = '' }: { note?: string }) =>
    withApp(command, async ({ oversight }, output) => {
      if (word === 'pause') await oversight.pause(name, note);
      else if (word === 'resume') await oversight.resume(name, note);
      else await oversight.trigger(name);
      output.line(`${name} ${said}.`);
      output.result({ schedule: name, done: word });
    }),
  );
}
