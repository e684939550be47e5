import { readdirSync } from 'node:fs';
import { Command } from 'commander';
import { migrationsFolder } from '../db/migrations-folder.js';
import { buildId } from '../temporal/build-id.js';
import { commit, version } from '../version.js';
import { outputOf } from './run.js';

export function versionCommand(): Command {
  const command = new Command('version').description(
    'what this program is: version, workflow code, migrations',
  );
  return command.action(() => {
    const output = outputOf(command);
    const facts = {
      version,
      node: process.versions.node,
      commit,
      workflows: buildId(),
      migration: newestMigration(),
    };
    output.line(`wearable-exchange ${version}, Node ${facts.node}`);
    if (commit !== null) output.line(`commit            ${commit}`);
    output.line(`workflow code     ${facts.workflows}`);
    output.line(`newest migration  ${facts.migration}`);
    output.result(facts);
  });
}

/** The last migration that this program brings, as `0061_missing_observations`. */
function newestMigration(): string {
  const files = readdirSync(migrationsFolder()).filter((name) => name.endsWith('.sql'));
  return (
    files
      .sort()
      .at(-1)
      ?.replace(/\.sql$/, '') ?? 'none'
  );
}
