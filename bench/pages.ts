import { CLINIC } from '../test/helpers/clinic.js';
import { staffPages, staffServer } from '../test/helpers/staff-server.js';
import { scannedTables } from '../test/helpers/statements.js';
import { type Clinic, withClinic } from './clinic.js';
import { timesOf } from './measure.js';

const ROUNDS = 60;
const PROMISED_MS = 150;
/** 1,800 of the patients have data: with 28 observations on each of 105 days, less the empty ones, five million. */
const SIZE = { patients: 2_000, days: 105, heartRatesADay: 27 };

/** How long the server takes for each list and page of the staff, with 2,000 patients and 5 million observations. */
export async function benchPages() {
  return withClinic(SIZE, measurePages);
}

async function measurePages({ sql, url, patients, observations }: Clinic) {
  const server = await staffServer(sql, url);
  const rates: Record<string, { readonly median: number; readonly p95: number }> = {};
  for (const [name, addresses] of Object.entries(staffPages(CLINIC.studyId, patients))) {
    // The first ones warm up.
    await server.serve(5, addresses);
    const { milliseconds, statements } = await server.serve(ROUNDS, addresses);
    for (const statement of statements) {
      const scanned = await scannedTables(sql, statement);
      if (scanned.includes('observations'))
        throw new Error(`${name} reads all observations: ${statement.text}`);
    }
    rates[name] = timesOf(milliseconds);
  }
  const share = (p95: number) => p95 / PROMISED_MS;
  return {
    name: 'pages',
    unit: `ms of the server, ${patients.length} patients and ${observations.toLocaleString('en')} observations`,
    rates,
    ratios: Object.fromEntries(
      Object.entries(rates).map(([name, { p95 }]) => [`${name}: p95 to 150 ms`, share(p95)]),
    ),
  };
}
