import { Command } from 'commander';
import { hashPassword } from '../auth/passwords.js';
import { seed, seedCatalog } from '../db/seed/seed.js';
import { SEED_PASSWORD } from '../db/seed/world.js';
import { recorded } from './recorded.js';
import { withDatabase } from './run.js';

export function seedCommand(): Command {
  const command = new Command('seed').description(
    'make the starting world of a demonstration; may run again',
  );
  command.option('--catalog', 'only what every installation needs: codes, wearables, our own client; nobody');
  return command.action(({ catalog = false }: { catalog?: boolean }) =>
    withDatabase(command, async (sql, config, output) => {
      if (catalog) {
        await recorded(sql, command, {}, async () => seedCatalog(sql, config.SITE_URL));
        output.line('The catalog is there: codes, wearables, the client of the patient pages.');
        output.result({ seeded: true });
        return;
      }
      const passwordHash = await hashPassword(SEED_PASSWORD);
      await recorded(sql, command, {}, async () => seed(sql, { siteUrl: config.SITE_URL, passwordHash }));
      output.line(
        'The starting world is there: organizations, practitioners, studies, patients, data sources, clients.',
      );
      output.line(`All practitioners sign in with the password ${SEED_PASSWORD}: for demonstrations only.`);
      output.result({ seeded: true });
    }),
  );
}
