import type { BlockReader, EvidenceFile } from './contract.ts';
import { GzipUnpacker } from './gzip-unpacker.ts';
import { SOURCE_LIMITS, type SourceLimits } from './limits.ts';
import { PlainReader } from './plain-reader.ts';
import { UnpackReader } from './unpack-reader.ts';
import { XzUnpacker } from './xz-unpacker.ts';
import { ZstdUnpacker } from './zstd-unpacker.ts';

/**
 * What is read at once. All events of one block wait for their turn together: of a megabyte they were a third of the young
 * generation, and the collector moved most of them before they were judged and dropped.
 */
export const BLOCK_BYTES = 256 * 1024;

/** Reads a file's uncompressed content from front to back. Nothing is opened before the first `read`. */
export function openBlocks(
  file: EvidenceFile,
  limits: SourceLimits = SOURCE_LIMITS,
  blockBytes: number = BLOCK_BYTES,
): BlockReader {
  switch (file.compression) {
    case 'none':
      return new PlainReader(file, blockBytes);
    case 'gzip':
      return new UnpackReader(file, new GzipUnpacker(file.path, blockBytes), limits);
    case 'zstd':
      return new UnpackReader(file, new ZstdUnpacker(file.path, blockBytes), limits);
    case 'xz':
      return new UnpackReader(file, new XzUnpacker(file.path), limits);
    case 'bzip2':
      throw new Error('bzip2 is refused at discovery');
    default:
      return file.compression satisfies never;
  }
}
