import type { EvidenceFile } from './contract.ts';

export type Compression = EvidenceFile['compression'];

/** What the first bytes say; names are never believed. A zstd file may begin with a skippable frame. */
export function compressionOf(head: Buffer): Compression {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  if (head.length >= 4) {
    const magic = head.readUInt32LE(0);
    if (magic === 0xfd2fb528) return 'zstd';
    if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) return 'zstd';
  }
  if (head.length >= 6 && head.subarray(0, 6).equals(XZ_MAGIC)) return 'xz';
  if (head.length >= 10 && head.toString('latin1', 0, 3) === 'BZh' && head.subarray(4, 10).equals(BZIP2_BLOCK))
    return 'bzip2';
  return 'none';
}

const XZ_MAGIC = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]);
const BZIP2_BLOCK = Buffer.from([0x31, 0x41, 0x59, 0x26, 0x53, 0x59]);
