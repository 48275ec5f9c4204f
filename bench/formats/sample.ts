import { closeSync, openSync, readSync } from 'node:fs';
import { SAMPLE_BYTES } from '../../src/sources/discover.ts';

/** The beginning of a file, as recognition is given it. */
export function readSample(path: string): Buffer {
  const sample = Buffer.alloc(SAMPLE_BYTES);
  const descriptor = openSync(path, 'r');
  const length = readSync(descriptor, sample, 0, SAMPLE_BYTES, 0);
  closeSync(descriptor);
  return sample.subarray(0, length);
}
