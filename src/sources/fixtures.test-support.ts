import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { BlockReader, EvidenceFile } from './contract.ts';

/** A folder that goes when the test is over. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Lines that differ, so that a lost or doubled block shows. */
export function numberedLines(count: number): Buffer {
  const lines: string[] = [];
  for (let i = 0; i < count; i++) lines.push(`line ${i} ${(i * 2654435761) % 4294967296} of the log\n`);
  return Buffer.from(lines.join(''));
}

export async function readAll(reader: BlockReader): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for (let block = await reader.read(); block !== null; block = await reader.read()) blocks.push(Buffer.from(block));
  return Buffer.concat(blocks);
}

export function run(program: string, args: readonly string[], input: Buffer): Buffer {
  return execFileSync(program, args, { input, maxBuffer: 1024 * 1024 * 1024 });
}

export function evidenceFile(
  path: string,
  sizeBytes: number,
  compression: EvidenceFile['compression'] = 'none',
): EvidenceFile {
  return { name: path, path, family: path, sizeBytes, mtimeMs: 0, compression, sample: Buffer.alloc(0) };
}
