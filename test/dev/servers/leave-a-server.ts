import { startPostgres } from '../../../dev/servers/postgres.js';
import { startTemporal } from '../../../dev/servers/temporal.js';

/** A run of the world that never stops its server: prints the server's pid, then stays, or exits with a code. */
const [part, dataDir = '', stateDir = '', exitCode] = process.argv.slice(2);
const say = () => undefined;
const server =
  part === 'postgres'
    ? await startPostgres({ dataDir, persistent: false, stateDir, say })
    : await startTemporal({ uiPort: null, stateDir, say });
process.stdout.write(`${String(server.pid)}\n`);
if (exitCode !== undefined) process.exit(Number(exitCode));
setInterval(() => undefined, 1_000);
