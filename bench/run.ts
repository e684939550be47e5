import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { benchAudit } from './audit.js';
import { benchConvert } from './convert.js';
import { benchPages } from './pages.js';
import { benchSearch } from './search.js';

const benches = { audit: benchAudit, convert: benchConvert, pages: benchPages, search: benchSearch };
/** Take minutes, so they run only when they are named. */
const onlyNamed = ['audit', 'pages', 'search'];

/** `npm run bench -- [name] [--into FOLDER] [--rows N]`: runs the benches, tells the ratios and writes all figures as JSON. */
async function main(): Promise<void> {
  const { positionals: names, values } = parseArgs({
    allowPositionals: true,
    options: {
      into: { type: 'string', default: 'bench-results' },
      rows: { type: 'string', default: '10000000' },
    },
  });
  mkdirSync(values.into, { recursive: true });
  const machine = { cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length, node: process.version };
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length === 0 ? onlyNamed.includes(name) : !names.includes(name)) continue;
    const result = { machine, ...(await bench({ rows: Number(values.rows) })) };
    writeFileSync(`${values.into}/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
    process.stdout.write(`${name}: ${result.unit}\n`);
    for (const [piece, { median }] of Object.entries<{ readonly median: number }>(result.rates)) {
      process.stdout.write(`  ${piece.padEnd(30)} ${Math.round(median).toLocaleString('en')}\n`);
    }
    for (const [ratio, value] of Object.entries<number>(result.ratios)) {
      process.stdout.write(`  ${ratio.padEnd(30)} ${value.toFixed(3)}\n`);
    }
  }
}

await main();
