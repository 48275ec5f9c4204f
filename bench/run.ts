import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { optionsOf } from '../scripts/lib/options.ts';
import { run } from '../scripts/lib/run.ts';
import { ROOT } from '../scripts/lib/tree.ts';
import { type Generated, generate } from './generate.ts';
import { writeMailLog } from './mail-log.ts';
import { isInstalled, measure, missingTools } from './measure.ts';
import { type Entry, OURS, pageOf, type Results } from './page.ts';
import { readScenes } from './scenes.ts';

/**
 * `npm run bench [-- --size 1g] [--quick]`: our full scan beside the audit tools' own commands on the same generated file.
 * `--quick` measures 50 MB and writes nothing down; a full run writes bench/results.json and bench/RESULTS.md.
 */
const { values } = optionsOf({
  name: 'npm run bench --',
  says: "Measures a full scan beside the audit tools on the same generated file; 'npm run bench -- formats' measures the other formats.",
  options: {
    size: { type: 'string', default: '1g', takes: 'BYTES', says: 'how large a file, such as 200m' },
    quick: { type: 'boolean', default: false, says: '50 MB, and nothing is written down' },
  },
});

const missing = missingTools();
if (missing.length > 0) {
  console.error(`cannot measure without ${missing.join(' and ')} (packages time and util-linux)`);
  process.exit(3);
}
const size = bytesOf(values.quick ? '50m' : values.size);
const runs = size > 400_000_000 ? 2 : 3;
const data = join(ROOT, 'bench/data');
mkdirSync(data, { recursive: true });

const built = await run(process.execPath, ['scripts/build.ts']);
if (built.code !== 0) {
  console.error(built.output);
  process.exit(1);
}
const watchpost = join(ROOT, 'bin/watchpost');
const scenes = readScenes();
const file = prepare(size);
const stats = file.stats;

const COMPETITORS: readonly (readonly [name: string, command: readonly string[]])[] = [
  [OURS, [watchpost, 'scan', file.path, '--format', 'ndjson']],
  ['ausearch --format csv', ['ausearch', '--format', 'csv', '-if', file.path]],
  ['ausearch --raw', ['ausearch', '--raw', '-if', file.path]],
  ['aureport -x --summary', ['aureport', '-x', '--summary', '-if', file.path]],
  ['grep -c', ['grep', '-c', 'syscall=59', file.path]],
  ['wc -l', ['wc', '-l', file.path]],
];
await measure(['cat', file.path], 1);
const entries: Entry[] = [];
for (const [name, command] of COMPETITORS) {
  const installed = isInstalled(command[0] as string);
  console.error(installed ? `${name} …` : `${name}: NOT INSTALLED HERE, left out`);
  const shown = command.map(part => part.replace(`${ROOT}/`, '')).join(' ');
  entries.push({ name, command: shown, cost: installed ? await measure(command, runs) : null });
}

const tenth = await measure([watchpost, 'scan', prepare(size / 10).path, '--format', 'ndjson'], 1);
const whole = entries.find(entry => entry.name === OURS)?.cost ?? tenth;
const memory = [
  { bytes: size / 10, peakBytes: tenth.peakBytes, cpuSeconds: tenth.cpuSeconds },
  { bytes: size, peakBytes: whole.peakBytes, cpuSeconds: whole.cpuSeconds },
];

console.error('a mail log …');
const mailPath = join(data, 'mail.log');
const mailLog = writeMailLog(mailPath, { messages: values.quick ? 20_000 : 300_000, mailboxes: 2000, seed: 1 });
const mail = {
  bytes: mailLog.bytes,
  messages: mailLog.messages,
  mailboxes: mailLog.mailboxes,
  cost: await measure([watchpost, 'scan', mailPath, '--format', 'ndjson'], runs),
  pflogsumm: isInstalled('pflogsumm') ? await measure(['pflogsumm', mailPath], 1) : null,
};

console.error('one line without an end …');
const oneLine = oneLineFile(size >= 200_000_000 ? 200_000_000 : 20_000_000);
const oneLineCost = await measure([watchpost, 'scan', oneLine.path, '--format', 'ndjson'], 1);
const start = await measure([watchpost, '--version'], 5);

const results: Results = {
  machine: {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version.slice(1),
  },
  file: {
    bytes: stats.bytes,
    lines: stats.lines,
    events: stats.events,
    spanHours: stats.spanMs / 3_600_000,
    attacks: stats.attacks,
  },
  entries,
  memory,
  mail,
  oneLine: { bytes: oneLine.bytes, cost: oneLineCost },
  startMs: start.wallSeconds * 1000,
};
console.log(`\n${pageOf(results)}`);
if (!values.quick) {
  writeFileSync(join(ROOT, 'bench/results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(ROOT, 'bench/RESULTS.md'), pageOf(results));
}
const ours = entries.find(entry => entry.name === OURS)?.cost;
if (ours?.exitCode !== 0) {
  console.error(`watchpost scan ended with exit code ${ours?.exitCode}: these figures say nothing`);
  process.exitCode = 1;
}

function bytesOf(text: string): number {
  const found = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(text);
  if (!found) {
    console.error(`--size ${text}: write a number and k, m or g, such as 1g`);
    process.exit(3);
  }
  const unit = { '': 1, k: 1e3, m: 1e6, g: 1e9 }[(found[2] as string).toLowerCase()] as number;
  return Math.round(Number(found[1]) * unit);
}

/** The generated log of that size: made once, and again when recordings or the generator change. */
function prepare(bytes: number): { path: string; stats: Generated } {
  const options = { bytes, seed: 1, actors: 10, attackEvery: 50 };
  const print = createHash('sha256').update(JSON.stringify([scenes, options]));
  for (const name of ['generate.ts', 'scenes.ts']) print.update(readFileSync(join(ROOT, 'bench', name)));
  const path = join(data, `audit-${bytes}-${print.digest('hex').slice(0, 12)}.log`);
  const note = `${path}.json`;
  for (const old of readdirSync(data)) {
    const stale = old.startsWith(`audit-${bytes}-`) && !join(data, old).startsWith(path);
    if (stale) rmSync(join(data, old));
  }
  if (!existsSync(path) || !existsSync(note)) {
    console.error(`generating ${(bytes / 1e6).toFixed(0)} MB from ${scenes.length} recordings …`);
    const stats = generate(`${path}.part`, scenes, options);
    renameSync(`${path}.part`, path);
    writeFileSync(note, JSON.stringify(stats));
  }
  return { path, stats: JSON.parse(readFileSync(note, 'utf8')) as Generated };
}

function oneLineFile(bytes: number): { path: string; bytes: number } {
  const path = join(data, `one-line-${bytes}.log`);
  rmSync(path, { force: true });
  const head = 'type=EXECVE msg=audit(1772323200.000:1): argc=2 a0="sh" a1="';
  const handle = openSync(path, 'w');
  const block = Buffer.alloc(1_000_000, 'A');
  writeSync(handle, head);
  for (let written = 0; written < bytes; written += block.length) writeSync(handle, block);
  closeSync(handle);
  return { path, bytes: bytes + head.length };
}
