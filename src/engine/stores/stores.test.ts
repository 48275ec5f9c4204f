import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FORMATS } from '../../decoders/registry.ts';
import { discover } from '../../sources/discover.ts';
import { SOURCE_LIMITS } from '../../sources/limits.ts';
import type { InputProblem } from '../../sources/problem.ts';
import { loadIdentity } from '../../state/identity/identity.ts';
import { LearnedDomains } from '../../state/mail/domains.ts';
import { planEvidence } from '../plan.ts';
import type { StoreCursors } from './cursor.ts';
import { readInventory } from './inventory.ts';
import type { StoredRecord } from './record.ts';

const RECORDINGS = join(import.meta.dirname, '../../decoders/mail-store/recordings');
const CONVERTED = join(import.meta.dirname, '../../decoders/mail-store/converted');
const PASSWD = 'root:x:0:0::/root:/bin/sh\nclerk:x:1001:1001::/home/clerk:/bin/sh\n';

let scratch = '';
before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'watchpost-stores-'));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

interface Options {
  readonly since?: StoreCursors;
  readonly mailBytesMax?: number;
  readonly zoneOffsetMinutes?: number;
}

async function inventory(folder: string, options: Options = {}) {
  const found = await discover(['.'], { stdin: process.stdin, cwd: folder });
  const setting = { formats: FORMATS, zoneOffsetMinutes: 0, latenessMs: 5000, year: null };
  const records: StoredRecord[] = [];
  const problems: InputProblem[] = [];
  const outcome = await readInventory({
    stores: planEvidence(found, setting).stores,
    identity: loadIdentity({ passwd: [PASSWD], domains: new LearnedDomains() }),
    limits: { ...SOURCE_LIMITS, mailBytesMax: options.mailBytesMax ?? 2 ** 40 },
    zoneOffsetMinutes: options.zoneOffsetMinutes ?? 0,
    ...(options.since === undefined ? {} : { since: options.since }),
    onRecord: record => records.push(record),
    onProblem: problem => problems.push(problem),
  });
  return { records, problems, outcome };
}

const brief = (record: StoredRecord) => [
  record.box,
  record.folder,
  record.messageId.slice(1, 8),
  record.timeFrom,
  record.delivered,
  record.attachments.map(each => each.name).join(' '),
];

test('procmail, Dovecot and mutt: the same messages out of every form', async () => {
  const { records, problems } = await inventory(RECORDINGS);
  assert.deepEqual(problems, []);
  const of = (box: string) => records.filter(record => record.box.startsWith(box)).map(brief);
  assert.deepEqual(of('procmail-mbox'), [
    ['procmail-mbox', '', 'store-1', 'received', true, ''],
    ['procmail-mbox', '', 'store-2', 'received', true, 'label.pdf'],
    ['procmail-mbox', '', 'store-3', 'received', true, 'parcel.zip cv.tar cv.tar.gz'],
    ['procmail-mbox', '', 'store-4', 'received', true, 'Rechnung März.pdf.desktop 請求書.pdf'],
    ['procmail-mbox', '', 'store-5', 'received', true, ' label.pdf'],
  ]);
  const dovecot = (box: string, basis: string) => [
    [box, '', 'store-2', basis, true, 'label.pdf'],
    [box, '', 'store-3', basis, true, 'parcel.zip cv.tar cv.tar.gz'],
    [box, 'Archive/2026', 'store-4', basis, true, 'Rechnung März.pdf.desktop 請求書.pdf'],
  ];
  const sorted = (rows: readonly unknown[][]) => rows.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
  assert.deepEqual(sorted(of('dovecot-maildir')), sorted(dovecot('dovecot-maildir', 'maildir-name')));
  assert.deepEqual(sorted(of('dovecot-sdbox')), sorted(dovecot('dovecot-sdbox', 'dbox-metadata')));
  assert.deepEqual(sorted(of('dovecot-mdbox')), sorted(dovecot('dovecot-mdbox', 'dbox-metadata')));
  assert.deepEqual(of('procmail-mh').length, 5);
  for (const sent of records.filter(record => record.box.startsWith('mutt-sent')))
    assert.deepEqual(
      [sent.delivered, sent.attachments[0]?.name, sent.sender === null || sent.sender === 'clerk@example.org'],
      [false, 'label.pdf', true],
    );
  const hashes = new Set(
    records.flatMap(record => record.attachments.filter(each => each.name === 'label.pdf').map(each => each.sha256)),
  );
  assert.equal(hashes.size, 1, 'one content, one hash, in seven stores');
});

test('whose store it is, by passwd, path and header', async () => {
  const owned = async (place: string, source: string): Promise<unknown[]> => {
    const folder = mkdtempSync(join(scratch, 'owner-'));
    mkdirSync(join(folder, place, '..'), { recursive: true });
    cpSync(join(RECORDINGS, source), join(folder, place), { recursive: true });
    const [first] = (await inventory(folder)).records;
    return [first?.owner, first?.ownerFrom];
  };
  assert.deepEqual(await owned('case1/home/clerk/Maildir', 'procmail-maildir'), ['clerk', 'passwd']);
  assert.deepEqual(await owned('home/ops/Maildir', 'procmail-maildir'), ['ops', 'path']);
  assert.deepEqual(await owned('var/mail/clerk', 'procmail-mbox'), ['clerk', 'passwd']);
  assert.deepEqual(await owned('var/vmail/example.net/desk/Maildir', 'procmail-maildir'), ['desk@example.net', 'path']);
  assert.deepEqual(await owned('copied', 'procmail-mbox'), ['clerk@example.org', 'header']);
});

test('clients: folders, deleted mail, and indexes that are no trouble', async () => {
  const { records } = await inventory(CONVERTED);
  const thunderbird = records.filter(record => record.client === 'thunderbird');
  assert.deepEqual(
    thunderbird.map(record => [record.folder, record.deleted, record.owner]),
    [
      ['', false, 'clerk'],
      ['', false, 'clerk'],
      ['', true, 'clerk'],
      ['Kept/Parcels', false, 'clerk'],
    ],
  );
});

test('only what is new is read again: a message more, other flags, a box that was written anew', async () => {
  const folder = mkdtempSync(join(scratch, 'cursor-'));
  cpSync(join(RECORDINGS, 'procmail-mbox'), join(folder, 'box'));
  cpSync(join(RECORDINGS, 'dovecot-maildir'), join(folder, 'dir'), { recursive: true });
  const first = await inventory(folder);
  assert.equal(first.records.length, 8);
  const since = JSON.parse(JSON.stringify(first.outcome.cursors)) as StoreCursors;
  const again = await inventory(folder, { since });
  assert.deepEqual([again.records.length, again.outcome.unchanged, again.outcome.bytesRead], [0, 4, 0]);
  assert.deepEqual(again.outcome.cursors, first.outcome.cursors);

  const box = join(folder, 'box');
  appendFileSync(box, 'From a@example.net Sat Nov 21 10:00:00 2026\nMessage-ID: <new@example.net>\n\ntext\n\n');
  const seen = join(folder, 'dir/new/1795264962.M557127P2846.ws1,S=15638,W=15867');
  mkdirSync(join(folder, 'dir/cur'), { recursive: true });
  renameSync(seen, `${seen.replace('/new/', '/cur/')}:2,RS`);
  const grown = await inventory(folder, { since });
  assert.deepEqual(
    grown.records.map(record => record.messageId),
    ['<new@example.net>'],
  );
  assert.ok(grown.outcome.bytesRead < 100);
  assert.equal(
    grown.records[0]?.offset,
    statSync(join(RECORDINGS, 'procmail-mbox')).size + 'From a@example.net Sat Nov 21 10:00:00 2026\n'.length,
  );

  // The first message was expunged: the rest moved, and the size may even be larger than before.
  const content = readFileSync(box, 'latin1');
  writeFileSync(box, content.slice(content.indexOf('\nFrom ', 10) + 1) + content, 'latin1');
  const anew = await inventory(folder, { since });
  assert.equal(anew.records.length, 11);
});

test('a packed mbox, and a byte bound', async () => {
  const folder = mkdtempSync(join(scratch, 'packed-'));
  writeFileSync(join(folder, 'old.mbox.gz'), gzipSync(readFileSync(join(RECORDINGS, 'procmail-mbox'))));
  const { records } = await inventory(folder);
  const plain = await inventory(mkdtempSync(join(scratch, 'plain-')));
  assert.equal(records.length, 5);
  assert.equal(plain.records.length, 0);
  const bound = await inventory(folder, { mailBytesMax: 1000 });
  assert.deepEqual([bound.records.length, bound.problems.map(each => each.code)], [2, ['N_MAIL_BOUND']]);
});

test('an envelope date without a header is read in the zone of stamps without one', async () => {
  const folder = mkdtempSync(join(scratch, 'zone-'));
  writeFileSync(join(folder, 'x'), 'From a@example.net Sat Nov 21 10:00:00 2026\nSubject: s\n\ntext\n');
  writeFileSync(join(folder, 'y.eml'), 'From: a@example.net\nDate: Fri, 20 Nov 2026 08:00:00 +0000\n\ntext\n');
  utimesSync(join(folder, 'y.eml'), 1_795_000_000, 1_795_000_000);
  const { records } = await inventory(folder, { zoneOffsetMinutes: 120 });
  assert.deepEqual(
    records.map(record => [new Date(record.time).toISOString(), record.timeFrom]),
    [
      ['2026-11-21T08:00:00.000Z', 'envelope'],
      [new Date(1_795_000_000_000).toISOString(), 'file-time'],
    ],
  );
});

test('reading leaves access times alone where that is allowed', {
  skip: process.getuid?.() !== 0 && 'not root',
}, async () => {
  const folder = mkdtempSync(join(scratch, 'atime-'));
  const path = join(folder, 'box');
  cpSync(join(RECORDINGS, 'procmail-mbox'), path);
  utimesSync(path, 1_000_000_000, 1_795_000_000);
  assert.equal((await inventory(folder)).records.length, 5);
  assert.equal(statSync(path).atimeMs, 1_000_000_000_000);
});
