import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one command cost. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakBytes: number;
  readonly exitCode: number;
}

/** Programs without which nothing can be measured here. */
export function missingTools(): string[] {
  return ['/usr/bin/time', '/usr/bin/taskset'].filter(path => !existsSync(path));
}

/** True when a shell finds the program. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

/**
 * Runs a command on one core, its output thrown away, and asks the kernel what it and its children cost. Of several runs
 * the cheapest counts: whatever disturbs a run only ever adds.
 */
export async function measure(command: readonly string[], runs: number): Promise<Cost> {
  let best: Cost | null = null;
  for (let i = 0; i < runs; i++) {
    const cost = await measureOnce(command);
    if (best === null || cost.cpuSeconds < best.cpuSeconds) best = cost;
  }
  return best as Cost;
}

async function measureOnce(command: readonly string[]): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-measure-'));
  const report = join(folder, 'time');
  try {
    const args = ['-c', '0', '/usr/bin/time', '--quiet', '-o', report, '-f', '%U %S %e %M', ...command];
    const exitCode = await runDrained('/usr/bin/taskset', args);
    const line = readFileSync(report, 'utf8').trim().split('\n').at(-1) as string;
    const [user, system, wall, kib] = line.split(' ').map(Number) as [number, number, number, number];
    return { cpuSeconds: user + system, wallSeconds: wall, peakBytes: kib * 1024, exitCode };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads the output and drops it. Not /dev/null: grep sees that and stops at the first match. */
function runDrained(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
    });
    child.stdout.resume();
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 128));
  });
}
