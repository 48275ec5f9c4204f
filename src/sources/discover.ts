import { createReadStream, existsSync, globSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { markBytes } from './byte-order-mark.ts';
import { compressionOf } from './compression.ts';
import type { Discovery, EvidenceFile } from './contract.ts';
import { familyOf } from './family.ts';
import { SOURCE_LIMITS, type SourceLimits } from './limits.ts';
import { openBlocks } from './open-blocks.ts';
import type { InputProblem } from './problem.ts';
import { inputProblem } from './problems.ts';
import { spool } from './spool.ts';
import { Walk } from './walk.ts';

export interface DiscoverOptions {
  readonly stdin: AsyncIterable<unknown>;
  readonly cwd: string;
  readonly limits?: SourceLimits;
}

export const SAMPLE_BYTES = 64 * 1024;

const PIPE_PATH = /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/\d+)$/;

/**
 * Finds the evidence behind the arguments: files, folders (with all that is in them), patterns that no shell expanded, and
 * `-` for standard input. Each real file comes once, sorted by name, whatever the order of the arguments. A pipe of the
 * shell's (`/dev/fd/N`) is kept in a temporary file like standard input, because records are looked up again at the end.
 */
export async function discover(args: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const limits = options.limits ?? SOURCE_LIMITS;
  const walk = new Walk(limits.filesMax);
  const problems: InputProblem[] = [];
  const files: EvidenceFile[] = [];
  for (const arg of [...new Set(args)].sort()) {
    if (arg === '-' || PIPE_PATH.test(arg)) {
      const input = arg === '-' ? options.stdin : createReadStream(arg);
      const file = await fromPipe(input, arg, limits, problems);
      if (file !== null) files.push(file);
      continue;
    }
    if (arg === '') {
      // A variable of the shell that is not set; resolved, it would be the current folder.
      problems.push(inputProblem('E_MISSING', '""', 'an empty name'));
      continue;
    }
    for (const name of namesOf(arg, options.cwd, problems)) walk.visit(name, resolve(options.cwd, name), true);
  }
  problems.push(...walk.problems);
  for (const { name, path, stat } of walk.files) {
    const file = await examine(name, path, stat.size, stat.mtimeMs, limits, problems);
    if (file !== null) files.push(file);
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  problems.sort((a, b) => compare(a.source, b.source) || compare(a.code, b.code));
  return { files, problems };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function namesOf(arg: string, cwd: string, problems: InputProblem[]): readonly string[] {
  if (!/[*?[{]/.test(arg) || existsSync(resolve(cwd, arg))) return [arg];
  const names = globSync(arg, { cwd }).sort();
  if (names.length === 0) problems.push(inputProblem('E_GLOB_EMPTY', arg));
  return names;
}

async function fromPipe(
  input: AsyncIterable<unknown>,
  name: string,
  limits: SourceLimits,
  problems: InputProblem[],
): Promise<EvidenceFile | null> {
  const spooled = await spool(input, name, limits.stdinBytesMax);
  if ('code' in spooled) {
    problems.push(spooled);
    return null;
  }
  if (spooled.problem !== null) problems.push(spooled.problem);
  return examine(name, spooled.path, spooled.sizeBytes, statSync(spooled.path).mtimeMs, limits, problems);
}

async function examine(
  name: string,
  path: string,
  sizeBytes: number,
  mtimeMs: number,
  limits: SourceLimits,
  problems: InputProblem[],
): Promise<EvidenceFile | null> {
  const plain = { name, path, family: familyOf(name), sizeBytes, mtimeMs, compression: 'none', sample: EMPTY } as const;
  const head = await sampleOf(plain, limits);
  // Growth and shrinking show when the file is read in full; here they are no news.
  if (head.problem !== null && head.problem.level === 'unreadable' && head.problem.code !== 'E_SHRANK') {
    problems.push(head.problem);
    return null;
  }
  if (head.sample.length === 0) problems.push(inputProblem('E_EMPTY', name));
  const compression = compressionOf(head.sample);
  if (compression === 'bzip2') {
    problems.push(inputProblem('E_BZIP2_UNSUPPORTED', name));
    return null;
  }
  if (compression === 'none') return { ...plain, sample: head.sample };
  const unpacked = await sampleOf({ ...plain, compression }, limits);
  return { ...plain, compression, sample: unpacked.sample };
}

const EMPTY = Buffer.alloc(0);

/** The beginning of a file's content. What ends it early is told again, and then reported, by the reading in full. */
async function sampleOf(
  file: EvidenceFile,
  limits: SourceLimits,
): Promise<{ sample: Buffer; problem: InputProblem | null }> {
  const reader = openBlocks(file, limits, SAMPLE_BYTES);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for (let block = await reader.read(); block !== null; block = await reader.read()) {
      pieces.push(Buffer.from(block));
      length += block.length;
      if (length >= SAMPLE_BYTES) break;
    }
    const head = Buffer.concat(pieces).subarray(0, SAMPLE_BYTES);
    const sample = Buffer.from(head.subarray(markBytes(head)));
    return { sample, problem: reader.problem };
  } finally {
    reader.close();
  }
}
