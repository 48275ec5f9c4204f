import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** `npm test` names the bundle that it has just built, which starts ten times as fast as the sources. */
const MAIN = process.env.WATCHPOST_TEST_PROGRAM ?? join(import.meta.dirname, 'main.ts');
const CASES = join(import.meta.dirname, '../analytics/an0656-phishing-attachment-executed/cases');

/** A recorded folder of evidence that is known to alert with high severity. */
export const FIRING = join(
  CASES,
  readdirSync(CASES)
    .filter(name => name.startsWith('fires.'))
    .sort()[0] ?? '',
);

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Buffer;
  readonly env?: Record<string, string>;
}

/** Runs the program as a user would, without any configuration of the machine's. */
export function watchpost(args: readonly string[], options: RunOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: options.cwd ?? tmpdir(),
    input: options.input ?? '',
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...options.env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** The same through a shell, where `$W` is the command. */
export function shell(script: string, cwd: string): Ran {
  const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', W: `${process.execPath} ${MAIN}`, FIRING };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Starts a scan that waits for standard input, sends it a signal, and gives its exit code. */
export function signalled(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, 'scan', '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
  // More than a pipe holds: when all of it is taken the scan is running, and it waits for more.
  child.stdin.on('error', () => {});
  child.stdin.write(`${'x'.repeat(63)}\n`.repeat(40_000), () => child.kill(signal));
  return new Promise(resolve => {
    child.on('exit', code => resolve(code));
  });
}

export function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
