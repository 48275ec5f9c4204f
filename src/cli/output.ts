import { once } from 'node:events';
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/** Where a command's data goes. */
export interface Output {
  write(chunks: Iterable<string>): Promise<void>;
  /** All has been written. */
  close(): void;
}

const PIECE_CHARS = 64 * 1024;

/**
 * Standard output, or with `-o` a file (0600) that appears under its name only when it is complete. It is opened before the
 * work begins, so that a bad path is told at once and not after an hour.
 */
export function openOutput(file: string | undefined): Output {
  return file === undefined || file === '-' ? { write: toStdout, close: () => {} } : fileOutput(resolve(file), file);
}

function fileOutput(path: string, name: string): Output {
  const special = existsSync(path) && !statSync(path).isFile();
  const partial = special ? path : `${path}.${process.pid}.part`;
  let fd: number;
  try {
    fd = openSync(partial, 'w', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `-o ${JSON.stringify(name)} cannot be written (${code}); expected a file in an existing folder; check the path`,
    );
  }
  const remove = (): void => {
    if (!special) rmSync(partial, { force: true });
  };
  process.once('exit', remove);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw writeFailed(name, error);
    }
  };
  return {
    async write(chunks) {
      attempt(() => {
        for (const piece of pieces(chunks)) writeAll(fd, Buffer.from(piece));
      });
    },
    close() {
      attempt(() => {
        closeSync(fd);
        if (!special) renameSync(partial, path);
      });
      process.removeListener('exit', remove);
    },
  };
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

async function toStdout(chunks: Iterable<string>): Promise<void> {
  for (const piece of pieces(chunks)) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}

function writeFailed(name: string, error: unknown): UsageError {
  const { code } = error as NodeJS.ErrnoException;
  return new UsageError(
    `${JSON.stringify(name)} could not be written (${code}); nothing was left behind; make room and try again`,
    EXIT.store,
  );
}

/** Joins small chunks, so that each write is worth its call. */
function* pieces(chunks: Iterable<string>): Generator<string> {
  let piece = '';
  for (const chunk of chunks) {
    piece += chunk;
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
