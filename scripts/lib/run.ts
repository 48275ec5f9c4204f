import { spawn } from 'node:child_process';
import { ROOT } from './tree.ts';

export interface RunResult {
  readonly code: number;
  /** Standard output and error, as they came. */
  readonly output: string;
  readonly elapsedMs: number;
}

/** Runs a program to its end. A program that cannot be started counts as code 127. */
export function run(command: string, args: readonly string[], cwd: string = ROOT): Promise<RunResult> {
  const started = performance.now();
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: Buffer[] = [];
    const finish = (code: number): void =>
      resolve({ code, output: Buffer.concat(parts).toString('utf8'), elapsedMs: performance.now() - started });
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.on('data', (part: Buffer) => parts.push(part));
    child.on('error', error => {
      parts.push(Buffer.from(String(error)));
      finish(127);
    });
    child.on('close', code => finish(code ?? 1));
  });
}
