import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { optionsOf } from '../scripts/lib/options.ts';
import { run } from '../scripts/lib/run.ts';
import { ROOT } from '../scripts/lib/tree.ts';
import { FORMAT_ROWS, type FormatRow, writeInput } from './formats/inputs.ts';
import { type FormatResult, pageOf } from './formats/page.ts';
import { type Cost, isInstalled, measure, missingTools } from './measure.ts';

/**
 * `npm run bench -- formats [--mb 30] [--only ID]`: decodes a generated file of each format in full, beside another program
 * on the same file in the same run. Writes bench/FORMATS.md unless `--only` is given.
 */
const { values } = optionsOf({
  name: 'npm run bench -- formats',
  says: 'Decodes a generated file of each format beside another program, and writes bench/FORMATS.md.',
  options: {
    mb: { type: 'string', default: '30', takes: 'MB', says: 'how large each file' },
    only: { type: 'string', takes: 'ID', says: 'one format, and nothing is written down' },
  },
});
const missing = missingTools();
if (missing.length > 0) {
  console.error(`cannot measure without ${missing.join(' and ')} (packages time and util-linux)`);
  process.exit(3);
}
const RUNS = 2;
const bytes = Number(values.mb) * 1_000_000;
const data = join(ROOT, 'bench/data/formats');
mkdirSync(data, { recursive: true });

const decoder = join(data, 'decode.mjs');
await build({
  entryPoints: [join(ROOT, 'bench/formats/decode.ts')],
  outfile: decoder,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

const PEERS: Readonly<Record<FormatRow['peer'], { readonly text: string; readonly command: readonly string[] }>> = {
  jq: { text: 'jq -c .', command: ['jq', '-c', '.'] },
  pflogsumm: { text: 'pflogsumm', command: ['pflogsumm'] },
  grep: { text: 'grep -ac from', command: ['grep', '-ac', 'from'] },
};

async function resultOf(row: FormatRow): Promise<FormatResult> {
  const path = join(data, `${row.id}.log`);
  writeInput(row, path, bytes);
  const counted = await run(process.execPath, [decoder, path]);
  if (counted.code !== 0) throw new Error(`${row.id}: ${counted.output}`);
  const [format = '', ...counts] = counted.output.trim().split('\n').at(-1)?.split(' ') ?? [];
  const [events = 0, emitted = 0, skipped = 0, rejected = 0] = counts.map(Number);
  await measure(['cat', path], 1);
  const ours = await measure([process.execPath, decoder, path], RUNS);
  const peer = PEERS[row.peer];
  const program = peer.command[0] ?? '';
  const theirs: Cost | null = isInstalled(program) ? await measure([...peer.command, path], RUNS) : null;
  return {
    id: row.id,
    title: row.title,
    format,
    bytes: statSync(path).size,
    events,
    emitted,
    skipped,
    rejected,
    ours,
    peer: peer.text,
    theirs,
  };
}

const results: FormatResult[] = [];
for (const row of FORMAT_ROWS) {
  if (values.only !== undefined && values.only !== row.id) continue;
  const result = await resultOf(row);
  results.push(result);
  const rate = result.bytes / 1e6 / result.ours.cpuSeconds;
  const ratio =
    result.theirs === null
      ? ''
      : `, ${result.peer} ${(result.theirs.cpuSeconds / result.ours.cpuSeconds).toFixed(2)} times our CPU`;
  console.log(
    `${row.id.padEnd(16)} ${result.format.padEnd(16)} ${rate.toFixed(0).padStart(5)} MB/s, ${result.events} events, ${result.rejected} rejected${ratio}`,
  );
}
if (values.only === undefined) {
  const machine = `${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.versions.node}`;
  writeFileSync(join(ROOT, 'bench/FORMATS.md'), pageOf(results, machine));
}
