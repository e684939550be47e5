import { scenariosOf, tableOf } from './simulation/command.js';

/**
 * `npm run simulate -- [--patients N,N,N] [--interval MINUTES] [--max-age MINUTES] [--lookback HOURS] [--news PERCENT]
 * [--webhooks PERCENT] [--corrections PERCENT] [--onboardings PERCENT] [--backfill-days N] [--no-reconcile] [--requests N]
 * [--workers N] [--temporal-cores N] [--postgres-cores N] [--sample N] [--seed N]`: a day of arrivals against the planner and
 * the measured costs of `bench/unit-costs.json`, and the bill. What is not said is as in `USUAL`.
 */
const began = performance.now();
process.stdout.write(`${tableOf(scenariosOf(process.argv.slice(2)))}\n`);
process.stderr.write(`simulated in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
