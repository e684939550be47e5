import { connect, createServer } from 'node:net';
import { NamedError } from '../../src/errors.js';

const loopback = '127.0.0.1';

/** A port the world wants is in use; the message names the port, the part and the option that changes it. */
export class PortTaken extends NamedError {
  constructor(
    readonly port: number,
    readonly part: string,
    readonly option: string,
  ) {
    super(
      'PortTaken',
      `Port ${port}, wanted for ${part}, is taken by another program. ` +
        `Stop that program or choose another port with ${option}.`,
    );
  }
}

/** Binds a loopback port for a moment and gives its number. Rejects with the system's error code. */
function tryBinding(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: loopback, exclusive: true }, () => {
      server.close(() => {
        resolve(port);
      });
    });
  });
}

/** True when something accepts TCP connections on this loopback port; waits at most a second. */
export function isAnswering(port: number, host: string = loopback): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(1_000, () => {
      settle(false);
    });
    socket.once('connect', () => {
      settle(true);
    });
    socket.once('error', () => {
      settle(false);
    });
  });
}

/** Below the ports that systems give to outgoing connections: one of those may be gone before it is listened on. */
const FIRST_PORT = 10_000;
const LAST_PORT = 31_999;
/** Processes begin apart, so that two which look at once do not find the same. */
const PORTS_OF_A_PROCESS = 100;

let newest = FIRST_PORT + ((process.pid * PORTS_OF_A_PROCESS) % (LAST_PORT + 1 - FIRST_PORT));

/** A loopback port that nobody uses at this moment, and that this process has not been given lately. */
export async function freePort(): Promise<number> {
  newest = newest < LAST_PORT ? newest + 1 : FIRST_PORT;
  return tryBinding(newest).catch(freePort);
}

/**
 * Makes sure that a part can listen on a loopback port. Throws PortTaken otherwise.
 *
 * Connecting comes before binding: some systems let a loopback port be bound although another program holds it on
 * every address.
 */
export async function requirePort(port: number, part: string, option: string): Promise<void> {
  if (await isAnswering(port)) throw new PortTaken(port, part, option);
  try {
    await tryBinding(port);
  } catch {
    throw new PortTaken(port, part, option);
  }
}
