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

/** Binds a loopback port for a moment and gives its number; 0 binds any. Rejects with the system's error code. */
function tryBinding(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: loopback, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : port);
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

/** A loopback port nobody uses at this moment. */
export function freePort(): Promise<number> {
  return tryBinding(0);
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
