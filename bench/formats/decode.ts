import { statSync } from 'node:fs';
import { DEFAULT_LIMITS } from '../../src/config/default-config.ts';
import { epochMs } from '../../src/core/time.ts';
import { FORMATS } from '../../src/decoders/registry.ts';
import { Stream } from '../../src/engine/stream.ts';
import type { EvidenceFile } from '../../src/sources/contract.ts';
import { openBlocks } from '../../src/sources/open-blocks.ts';
import { readSample } from './sample.ts';

/**
 * Decodes one file in full and counts: `decode.mjs FILE` prints `FORMAT EVENTS EMITTED SKIPPED REJECTED`. No state, no
 * analytic: the cost is that of reading, framing and decoding into events.
 */
const path = process.argv[2] ?? '';
const sample = readSample(path);
const format = [...FORMATS].sort((a, b) => b.recognise(sample) - a.recognise(sample))[0];
if (format === undefined) throw new Error('no formats');
const { latenessMs, lineBytesMax } = DEFAULT_LIMITS;
const file: EvidenceFile = {
  name: path,
  path,
  family: path,
  sizeBytes: statSync(path).size,
  mtimeMs: 0,
  compression: 'none',
  sample,
};
const stream = new Stream({
  format,
  context: { source: 0, defaultHost: 'mx1', notAfter: epochMs(Date.UTC(2027, 5, 1)), zoneOffsetMinutes: 0, latenessMs },
  files: [{ file, source: 0, firstTime: Number.NaN }],
  lineBytesMax,
  open: openBlocks,
  onProblem: () => {},
});
let events = 0;
while (await stream.fill()) {
  stream.take();
  events += 1;
}
const count = stream.counts[0];
const sum = (tally: ReadonlyMap<string, number> | undefined) => [...(tally?.values() ?? [])].reduce((a, b) => a + b, 0);
console.log(`${format.id} ${events} ${count?.emitted} ${sum(count?.skipped)} ${sum(count?.rejected)}`);
