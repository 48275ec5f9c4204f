import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { ScanReport } from '../report.ts';
import { scanCase } from './scan-folder.test-support.ts';
import { StateDirectory } from './state-dir.ts';

const RECORDINGS = join(import.meta.dirname, '../../decoders/mail-store/recordings');
const OWN = join(import.meta.dirname, 'evidence/own-scan-and-impostor');
const scratch = mkdtempSync(join(tmpdir(), 'watchpost-memory-'));
after(() => rmSync(scratch, { recursive: true, force: true }));
const ZONE = { zoneOffsetMinutes: 0 };

/** What a scan says, without how long it took. */
const said = ({ stores, alerts, eventsTotal, mailboxes, problems }: ScanReport) => ({
  stores,
  alerts,
  eventsTotal,
  mailboxes,
  problems,
});

/** One scan with the state folder, and how many bytes of mail it read. */
async function withState(folder: string, state: string): Promise<ScanReport> {
  const directory = new StateDirectory(state);
  const memory = directory.memory(ZONE);
  const report = await scanCase(folder, { memory });
  directory.save(memory, ZONE);
  return report;
}

test('a scan that remembers says the same as one that reads all anew: unchanged, grown, flagged, gone', async () => {
  const folder = join(scratch, 'stores');
  const state = join(scratch, 'state');
  cpSync(RECORDINGS, folder, { recursive: true, preserveTimestamps: true });
  const same = async (what: string) =>
    assert.deepEqual(said(await withState(folder, state)), said(await scanCase(folder)), what);
  await same('first');
  const size = statSync(join(state, 'stores.gz')).size;
  assert.ok(size > 1000 && size < 20_000, String(size));
  assert.equal(statSync(join(state, 'stores.gz')).mode & 0o777, 0o600);
  await same('unchanged');
  const mbox = join(folder, 'procmail-mbox');
  appendFileSync(mbox, readFileSync(mbox));
  await same('grown');
  const box = join(folder, 'procmail-maildir');
  const [name = ''] = readdirSync(join(box, 'new'));
  mkdirSync(join(box, 'cur'), { recursive: true });
  renameSync(join(box, 'new', name), join(box, 'cur', `${name}:2,S`));
  await same('flagged');
  rmSync(join(box, 'cur', `${name}:2,S`));
  await same('gone');
});

test('what is remembered is taken only where nothing changed: it is not the file that is believed then', async () => {
  const folder = join(scratch, 'trust');
  const state = join(scratch, 'trust-state');
  mkdirSync(folder);
  cpSync(join(RECORDINGS, 'procmail-mbox'), join(folder, 'box'), { preserveTimestamps: true });
  const first = await withState(folder, state);
  assert.equal(first.stores[0]?.messages, 5);
  const directory = new StateDirectory(state);
  const memory = directory.memory(ZONE);
  const [key = ''] = Object.keys(memory.cursors);
  assert.equal(memory.recordsOf(key)?.length, 5);
  assert.equal(directory.memory({ zoneOffsetMinutes: 60 }).recordsOf(key), undefined, 'another zone, other times');
  const text = readFileSync(join(folder, 'box'), 'latin1');
  writeFileSync(join(folder, 'box'), text.replaceAll('store-1', 'store-9'), 'latin1');
  assert.deepEqual(said(await withState(folder, state)), said(await scanCase(folder)), 'written anew');
  writeFileSync(join(state, 'stores.gz'), 'no gzip');
  const broken = new StateDirectory(state);
  assert.deepEqual(broken.memory(ZONE).cursors, {});
  assert.match(broken.problem, /stores\.gz could not be used; all mail stores are read anew$/);
});

test("Watchpost's own reads are not a harvest; those of a program of its name are", async () => {
  const runs = new StateDirectory(join(OWN, 'state')).runs();
  assert.equal(runs.length, 1);
  const titles = async (ownRuns: typeof runs) =>
    (await scanCase(OWN, { ownRuns })).alerts.map(each => [each.severity, each.title]);
  const impostor = ['medium', 'Mail of buyer read and sent out'];
  assert.deepEqual(await titles(runs), [impostor]);
  // Without its own word it is a program like any other that reads everybody's mail before something leaves.
  const both = [['medium', 'Mail of 5 owners read and sent out'], impostor];
  assert.deepEqual(await titles([]), both);
  const [run] = runs;
  assert.ok(run);
  for (const other of [
    { ...run, host: 'mx2' },
    { ...run, pid: run.pid + 1 },
    { ...run, exe: '/opt/tools/watchpost' },
    { ...run, startTime: run.startTime + 3_600_000, endTime: run.endTime + 3_600_000 },
    { ...run, roots: ['/srv'] },
  ])
    assert.deepEqual(await titles([other]), both, JSON.stringify(other));
});

test('the journal of runs: begun counts until it ends, broken lines are passed over, it stays short', () => {
  const directory = new StateDirectory(join(scratch, 'runs'));
  const run = { host: 'mx1', pid: 7, exe: '/usr/bin/node', startTime: 1000, roots: ['/var/mail'] };
  directory.begun(run);
  assert.equal(directory.runs()[0]?.endTime, 3_601_000);
  directory.ended({ ...run, endTime: 2000 });
  appendFileSync(join(directory.path, 'runs.ndjson'), 'junk\n{"host":1}\n[]\nnull\n{"host":"a","pid":"7"}\n');
  assert.deepEqual(directory.runs(), [{ ...run, endTime: 2000 }]);
  const many = Array.from({ length: 6000 }, (_, i) => JSON.stringify({ ...run, pid: i + 8, endTime: 3000 }));
  appendFileSync(join(directory.path, 'runs.ndjson'), `${many.join('\n')}\n`);
  directory.ended({ ...run, pid: 9999, endTime: 4000 });
  assert.equal(readFileSync(join(directory.path, 'runs.ndjson'), 'utf8').split('\n').length, 1001);
  assert.equal(directory.runs().at(-1)?.pid, 9999);
  assert.equal(dirname(directory.path), scratch);
});
