import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, relative } from 'node:path';
import { PartUnavailable } from './part-unavailable.js';
import type { Say } from './say.js';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who Postgres runs as: undefined for ourselves; the user `postgres`, created if need be, when we are root, because
 * Postgres refuses to run as root.
 */
export function serverUser(say: Say): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known !== undefined) return known;
  say('Postgres does not run as root: creating the system user postgres for it.');
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres']);
  const created = lookUp();
  if (created !== undefined) return created;
  throw new PartUnavailable(
    'Postgres does not run as root, and the user postgres could not be created. ' +
      'Create it, run as another user, or set DATABASE_URL to a Postgres of your own.',
  );
}

function lookUp(): ServerUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** The outermost folder on the way to an existing path that this user may not enter. */
export function closedFolder(path: string, user: ServerUser): string | undefined {
  const above = dirname(path);
  const closed = above === path ? undefined : closedFolder(above, user);
  return closed ?? (mayEnter(path, user) ? undefined : path);
}

function mayEnter(path: string, user: ServerUser): boolean {
  const { mode, uid, gid } = statSync(path);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/**
 * Makes sure that the server's user can reach an existing folder. Private folders of ours below the system's temporary
 * folder (what mkdtemp makes) let its group pass, and nobody else; any other closed folder is an error that names it.
 */
export function openWay(folder: string, user: ServerUser): void {
  let closed = closedFolder(folder, user);
  while (closed !== undefined) {
    const { mode, uid } = statSync(closed);
    const isPrivate = uid === process.getuid?.() && (mode & 0o077) === 0;
    if (!isPrivate || !isBelowTemporaryFolder(closed)) {
      throw new PartUnavailable(
        `Postgres runs as user postgres, who may not enter ${closed}. ` +
          'Choose a data folder elsewhere (--data DIR), or open that one with chmod o+x.',
      );
    }
    chownSync(closed, uid, user.gid);
    chmodSync(closed, (mode & 0o777) | 0o010);
    closed = closedFolder(folder, user);
  }
}

function isBelowTemporaryFolder(path: string): boolean {
  const way = relative(tmpdir(), path);
  return way !== '' && !way.startsWith('..');
}
