import { readFileSync, writeFileSync } from 'node:fs';
import { scenariosOf, tableOf } from './simulation/command.js';
import { predictionTable, unitCostTable } from './simulation/tables.js';

export const SCALE_PAGE = new URL('../docs/scale.md', import.meta.url);

/** What makes a table, in a comment, and the table below it. */
const TABLE = /<!-- (npm run simulate -- (.*)|unit costs|predictions) -->\n\n(?:\|.*\n)*/g;

/** The page with all of its tables made anew, by the commands above them or from `bench/unit-costs.json`. */
export function scalePage(page: string): string {
  return page.replaceAll(TABLE, (_, maker: string, words?: string) => {
    const table =
      words !== undefined
        ? tableOf(scenariosOf(words.split(' ')))
        : maker === 'unit costs'
          ? unitCostTable()
          : predictionTable();
    return `<!-- ${maker} -->\n\n${table}\n`;
  });
}

/** `npx tsx bench/scale-page.ts` writes the page. */
if (process.argv[1]?.endsWith('scale-page.ts'))
  writeFileSync(SCALE_PAGE, scalePage(readFileSync(SCALE_PAGE, 'utf8')));
