import { closeSync, mkdtempSync, openSync, rmSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InputProblem } from './problem.ts';
import { inputProblem } from './problems.ts';

/** What came over a pipe, kept so that it can be read twice. */
export interface Spool {
  /** Path to open; the file has no name of its own any more. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly problem: InputProblem | null;
}

/**
 * Copies a stream into a private (0600) temporary file. Its name is removed at once and it is reached through
 * /proc/self/fd, so nothing stays behind, not even after kill -9; the descriptor lives as long as this process.
 */
export async function spool(
  input: AsyncIterable<unknown>,
  name: string,
  bytesMax: number,
): Promise<Spool | InputProblem> {
  let fd: number;
  try {
    const folder = mkdtempSync(join(tmpdir(), 'watchpost-'));
    fd = openSync(join(folder, 'input'), 'wx+', 0o600);
    rmSync(folder, { recursive: true });
  } catch (error) {
    return inputProblem('E_SPOOL', name, (error as NodeJS.ErrnoException).code);
  }
  let sizeBytes = 0;
  let problem: InputProblem | null = null;
  try {
    for await (const chunk of input) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
      const kept = bytes.subarray(0, bytesMax - sizeBytes);
      await writeAll(fd, kept);
      sizeBytes += kept.length;
      if (kept.length === bytes.length) continue;
      problem = inputProblem('E_STDIN_TOO_LONG', name);
      break;
    }
  } catch (error) {
    problem = inputProblem('E_SPOOL', name, (error as NodeJS.ErrnoException).code);
  }
  if (sizeBytes === 0) closeSync(fd);
  return { path: sizeBytes === 0 ? '/dev/null' : `/proc/self/fd/${fd}`, sizeBytes, problem };
}

async function writeAll(fd: number, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += await new Promise<number>((resolve, fail) => {
      write(fd, bytes, done, bytes.length - done, null, (error, written) => (error ? fail(error) : resolve(written)));
    });
  }
}
