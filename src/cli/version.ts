import { Command } from 'commander';
import { version } from '../version.js';
import { outputOf } from './run.js';

export function versionCommand(): Command {
  const command = new Command('version').description('the version of this program and of Node');
  return command.action(() => {
    const output = outputOf(command);
    output.line(`wearable-exchange ${version}, Node ${process.versions.node}`);
    output.result({ version, node: process.versions.node });
  });
}
