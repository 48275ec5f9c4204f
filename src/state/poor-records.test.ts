import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { type Actor, type FileId, type HostEvent, ID_UNSET, TTY_UNKNOWN } from '../events/host-events.ts';
import { applyHostEvent } from './apply.ts';
import { contextOf } from './context.ts';
import { HostState } from './host.ts';
import { loadIdentity } from './identity/identity.ts';
import { LearnedDomains } from './mail/domains.ts';
import type { Notice } from './notices.ts';
import { taintSteps } from './taint.ts';

const T = Date.UTC(2026, 10, 21, 9, 37);
const PASSWD = 'root:x:0:0:root:/root:/bin/bash\nclerk:x:1003:1003::/home/clerk:/bin/bash\n';

/** A host whose records name little: whole seconds, no terminal, no session, files without a process. */
function poorHost(): { host: HostState; notices: Notice[]; at: (second: number, event: object) => void } {
  const notices: Notice[] = [];
  const identity = loadIdentity({ passwd: [PASSWD], domains: new LearnedDomains() });
  const host = new HostState('ws3', {
    rules: { mailDirs: [], attachmentPaths: ['~/Downloads'] },
    identity,
    programs: new Map(),
    notify: notice => notices.push(notice),
  });
  let order = 0;
  const ref = { source: 0, offset: 0, length: 1, next: null };
  const at = (second: number, event: object): void => {
    order += 1;
    applyHostEvent(host, { host: 'ws3', ref, order, time: epochMs(T + second * 1000), ...event } as HostEvent);
  };
  return { host, notices, at };
}

const NOBODY: Actor = {
  pid: -1,
  ppid: -1,
  uid: -1,
  euid: -1,
  auid: -1,
  ses: -1,
  tty: TTY_UNKNOWN,
  comm: '',
  exe: '',
};
const file = (path: string, ownerUid = -1): FileId => ({ path, node: -1, mode: -1, ownerUid });
const appears = (path: string, ownerUid = 1003) => ({
  kind: 'file.opened',
  actor: NOBODY,
  file: file(path, ownerUid),
  access: 'write',
  created: true,
  truncated: false,
  fd: -1,
});
const starts = (
  pid: number,
  ppid: number,
  exe: string,
  argv: string[],
  more: Partial<Actor> & { cwd?: string } = {},
) => {
  const { cwd = '/home/clerk', ...actor } = more;
  return {
    kind: 'process.started',
    actor: { ...NOBODY, pid, ppid, uid: 1003, euid: 1003, auid: 1003, exe, ...actor },
    file: file(exe, 0),
    interpreter: '',
    argv,
    argvCut: false,
    argvJoined: true,
    cwd,
    userName: '',
  };
};
const runs = (notices: readonly Notice[]) =>
  notices.flatMap(notice => (notice.kind === 'content.executed' ? [notice] : []));

test('records without a pid are joined with nothing, not even with each other', () => {
  const { host, at, notices } = poorHost();
  at(0, starts(-1, -1, '/usr/bin/thunderbird', ['thunderbird']));
  at(1, starts(-1, -1, '/usr/bin/bash', ['bash', 'x.sh']));
  at(2, {
    kind: 'network.connected',
    actor: NOBODY,
    family: 'ipv4',
    address: '203.0.113.7',
    port: 25,
    outcome: 'established',
  });
  assert.equal(host.processes.byPid.size, 0);
  const connected = notices.find(notice => notice.kind === 'smtp.connected');
  assert.equal(connected?.process.pid, -1);
  assert.equal(connected?.process.exe, '');
  assert.equal(connected?.process.parent, null);
});

test('users that are not known share no history of clients', () => {
  const { host, at } = poorHost();
  at(0, starts(5, 4, '/usr/bin/thunderbird', ['thunderbird'], { uid: -1 }));
  assert.equal(host.clientActivity(-1).mailClient, Number.NEGATIVE_INFINITY);
  at(1, starts(6, 4, '/usr/bin/thunderbird', ['thunderbird']));
  assert.equal(host.clientActivity(1003).mailClient, T + 1000);
});

test('what a poorer record leaves unsaid stays as an earlier one said it', () => {
  const { host, at } = poorHost();
  at(0, starts(7, 6, '/usr/bin/curl', ['curl', 'x'], { tty: 'pts0', ses: 3 }));
  const poor = { ...NOBODY, pid: 7, exe: '/usr/bin/curl' };
  at(1, {
    kind: 'network.connected',
    actor: poor,
    family: 'ipv4',
    address: '203.0.113.7',
    port: 80,
    outcome: 'established',
  });
  const process = host.processes.get(7);
  assert.deepEqual(
    [process?.uid, process?.auid, process?.ses, process?.tty, process?.ppid, process?.execSeen],
    [1003, 1003, 3, 'pts0', 6, true],
  );
});

test('a terminal that is not recorded is neither there nor absent', () => {
  const { host, at } = poorHost();
  at(0, starts(20, 19, '/usr/bin/bash', ['-bash']));
  at(1, starts(21, 20, '/usr/bin/mail', ['mail', 'x@example.net']));
  at(1, starts(30, 29, '/usr/bin/bash', ['bash', '-c', 'mail x@example.net']));
  at(1, starts(31, 30, '/usr/bin/mail', ['mail', 'x@example.net']));
  at(1, starts(41, 1, '/usr/bin/mail', ['mail'], { auid: ID_UNSET, uid: 0 }));
  const kinds = [21, 31, 41].map(pid => {
    const process = host.processes.get(pid);
    return process === undefined ? '' : contextOf(host, process).kind;
  });
  assert.deepEqual(kinds, ['interactive', 'unrecorded', 'systemd']);
});

test('a session without a number gives none to processes without one', () => {
  const { host, at } = poorHost();
  at(0, { kind: 'session.started', ses: -1, auid: 1003, pid: 9, program: 'cron', user: 'clerk', address: '' });
  at(0, {
    kind: 'session.started',
    ses: ID_UNSET,
    auid: ID_UNSET,
    pid: 9,
    program: 'cron',
    user: 'clerk',
    address: '',
  });
  assert.equal(host.sessions.size, 0);
});

test("a file that appears where clients save, while the person's mail client runs, may have come by mail", () => {
  const { at, notices } = poorHost();
  at(0, starts(50, 40, '/usr/bin/thunderbird', ['thunderbird']));
  at(60, appears('/home/clerk/Downloads/Viewer'));
  at(90, starts(52, 40, '/home/clerk/Downloads/Viewer', ['./Viewer']));
  const [run] = runs(notices);
  assert.equal(run?.taint.origin.kind, 'mail');
  assert.equal(run?.taint.origin.basis, 'appeared');
  assert.equal(run?.taint.origin.strength, 'inferred');
  assert.equal(run?.taint.origin.person, 'clerk');
});

test('nothing is said of a file of another user, of one that a program names, or of one elsewhere in the home', () => {
  const { at, notices, host } = poorHost();
  at(0, starts(50, 40, '/usr/bin/thunderbird', ['thunderbird']));
  at(60, appears('/home/clerk/Downloads/other', 1009));
  at(61, appears('/home/clerk/bin/tool.sh'));
  at(70, starts(53, 40, '/usr/bin/vim', ['vim', '/home/clerk/Downloads/mine.sh']));
  at(75, appears('/home/clerk/Downloads/mine.sh'));
  for (const name of ['Downloads/other', 'bin/tool.sh', 'Downloads/mine.sh'])
    assert.equal(host.files.byName(`/home/clerk/${name}`)?.taints.length ?? 0, 0, name);
  assert.equal(runs(notices).length, 0);
});

test('what an unpacker that holds content leaves in its directory holds it too, inferred', () => {
  const { at, notices } = poorHost();
  at(0, starts(50, 40, '/usr/bin/thunderbird', ['thunderbird']));
  at(10, appears('/home/clerk/Downloads/a.zip'));
  at(20, starts(54, 40, '/usr/bin/unzip', ['unzip', 'a.zip'], { cwd: '/home/clerk/Downloads' }));
  at(20, appears('/home/clerk/Downloads/a/.lib/index'));
  at(25, starts(55, 40, '/home/clerk/Downloads/a/.lib/index', ['./index']));
  const [run] = runs(notices);
  assert.deepEqual(
    taintSteps(run?.taint ?? assert.fail()).map(step => [step.kind, step.strength]),
    [
      ['file.appeared', 'inferred'],
      ['process.started', 'inferred'],
      ['file.written', 'inferred'],
      ['process.started', 'observed'],
    ],
  );
});

test('a file that is recorded behind its own execution, within one second, is found all the same', () => {
  const { at, notices } = poorHost();
  at(0, starts(50, 40, '/usr/bin/thunderbird', ['thunderbird']));
  at(10, starts(56, 40, '/home/clerk/Downloads/quick', ['./quick']));
  at(10, appears('/home/clerk/Downloads/quick'));
  assert.equal(runs(notices).at(-1)?.taint.origin.basis, 'appeared');
});

test('a rename keeps what is known, by whomever it was', () => {
  const { at, host } = poorHost();
  at(0, starts(50, 40, '/usr/bin/thunderbird', ['thunderbird']));
  at(10, appears('/home/clerk/Downloads/x.part'));
  at(11, {
    kind: 'file.renamed',
    actor: NOBODY,
    from: file('/home/clerk/Downloads/x.part'),
    to: file('/home/clerk/Downloads/x'),
  });
  const state = host.files.byName('/home/clerk/Downloads/x');
  assert.equal(state?.taints[0]?.origin.basis, 'appeared');
  assert.equal(host.files.byName('/home/clerk/Downloads/x.part'), undefined);
});

test('a listed process is known and has not been executed', () => {
  const { at, host } = poorHost();
  at(0, {
    kind: 'process.listed',
    actor: { ...NOBODY, pid: 20, ppid: 1, uid: 0, exe: '/usr/sbin/cron' },
    startTime: epochMs(T - 1e6),
    argv: ['/usr/sbin/cron', '-f'],
    cwd: '/',
  });
  at(5, starts(21, 20, '/usr/bin/mail', ['mail'], { uid: 0 }));
  const process = host.processes.get(21);
  assert.equal(process?.parent?.exe, '/usr/sbin/cron');
  assert.equal(process?.parent?.execSeen, false);
  assert.equal(contextOf(host, process ?? assert.fail()).kind, 'cron');
});

test('a pid that began at another time is another process, and so is a parent', () => {
  const { host, at } = poorHost();
  const began = (second: number) => epochMs(T + second * 1000);
  at(0, starts(70, 60, '/usr/bin/curl', ['curl', 'x'], { startTime: began(0), parentStartTime: began(-50) }));
  const first = host.processes.get(70);
  const shell = host.processes.get(60);
  assert.equal(first?.parent, shell);
  at(1, starts(70, 60, '/usr/bin/tar', ['tar'], { startTime: began(0), parentStartTime: began(-50) }));
  assert.equal(host.processes.get(70), first, 'another image of the same process');
  at(2, { kind: 'process.exited', actor: { ...NOBODY, pid: 99, startTime: began(0) } });
  at(90, { kind: 'file.deleted', actor: { ...NOBODY, pid: 70, startTime: began(80) }, file: file('/tmp/x') });
  const second = host.processes.get(70);
  assert.notEqual(second, first);
  assert.deepEqual([second?.exe, second?.began, second?.parent], ['', T + 80_000, null]);
  at(95, starts(71, 60, '/usr/bin/ls', ['ls'], { startTime: began(95), parentStartTime: began(92) }));
  assert.notEqual(host.processes.get(71)?.parent, shell);
  assert.equal(host.processes.get(71)?.parent?.pid, 60);
});

test('where no record tells renames, what a client saved is taken for the file that is used under the finished name', () => {
  const saved = (path: string) => ({
    ...appears(path),
    actor: { ...NOBODY, pid: 5, uid: 1003, exe: '/usr/bin/thunderbird' },
  });
  const unpack = starts(9, 8, '/usr/bin/unzip', ['unzip', 'x.zip'], { cwd: '/home/clerk/Documents' });
  const steps = (before: readonly (readonly [number, object])[]): string[] => {
    const { host, at } = poorHost();
    at(0, starts(5, 4, '/usr/bin/thunderbird', ['thunderbird']));
    at(1, saved('/home/clerk/Documents/x.zip.part'));
    for (const [second, event] of before) at(second, event);
    at(60, unpack);
    const carry = host.processes.get(9)?.carries[0];
    const placed = carry === undefined ? [] : taintSteps(carry.taint).filter(step => step.kind === 'file.placed');
    for (const step of placed) assert.match(step.why, /^no record tells of renames here/);
    return carry === undefined ? [] : taintSteps(carry.taint).map(step => `${step.kind} ${step.strength}`);
  };
  assert.deepEqual(steps([]), ['file.created observed', 'file.placed inferred', 'process.started inferred']);
  const moved = {
    kind: 'file.renamed',
    actor: { ...NOBODY, pid: 5, uid: 1003, exe: '/usr/bin/thunderbird' },
    from: file('/home/clerk/Documents/a.part'),
    to: file('/home/clerk/Documents/a'),
  };
  assert.deepEqual(steps([[2, moved]]), [], 'this host tells renames, and this file had none');
  const other = {
    ...saved('/home/clerk/Documents/x.zip'),
    actor: { ...NOBODY, pid: 6, uid: 1003, exe: '/usr/bin/vim' },
  };
  assert.deepEqual(steps([[2, other]]), [], 'this one was seen made by another program');
});

test('a process that never ran a program of its own is a child of the one whose program it runs', () => {
  const { host, at } = poorHost();
  const writes = (pid: number, exe: string, path: string) => ({
    ...appears(path),
    actor: { ...NOBODY, pid, exe },
  });
  at(0, starts(80, 60, '/usr/bin/tar', ['tar', 'c', 'x']));
  at(1, writes(81, '/usr/bin/tar', '/tmp/a'));
  assert.equal(host.processes.get(81)?.parent, host.processes.get(80));
  at(2, writes(83, '/usr/bin/cp', '/tmp/b'));
  assert.equal(host.processes.get(83)?.parent, null, 'another program');
  at(30, writes(84, '/usr/bin/tar', '/tmp/c'));
  assert.equal(host.processes.get(84)?.parent, null, 'too long after');
  at(31, starts(81, 60, '/usr/bin/gzip', ['gzip']));
  assert.equal(host.processes.get(81)?.parent?.pid, 60, 'what is told goes before what was thought');
});
