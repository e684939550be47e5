import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const shape = z.object({ rows: z.number(), bytes: z.number() });

const SCRIPT = `
import json, sqlite3, sys
database = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
one = lambda text: database.execute(text).fetchone()[0]
tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
print(json.dumps({
  'rows': sum(one('select count(*) from "' + name + '"') for name in tables),
  'bytes': (one('pragma page_count') - one('pragma freelist_count')) * one('pragma page_size'),
}))`;

/** Rows of all tables and bytes of the pages in use of an SQLite database; null: there is no python3, which reads it. */
export async function sizeOfDatabase(file: string): Promise<z.output<typeof shape> | null> {
  try {
    const { stdout } = await promisify(execFile)('python3', ['-c', SCRIPT, file]);
    return shape.parse(JSON.parse(stdout));
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
}
