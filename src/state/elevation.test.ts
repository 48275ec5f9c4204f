import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { type HostEvent, ID_UNSET } from '../events/host-events.ts';
import { applyHostEvent } from './apply.ts';
import { actingUid } from './elevation.ts';
import { HostState } from './host.ts';
import { loadIdentity } from './identity/identity.ts';
import { LearnedDomains } from './mail/domains.ts';
import type { ProcessState } from './processes.ts';

const T = Date.UTC(2026, 10, 21, 9, 37);

interface Started {
  readonly second: number;
  readonly pid: number;
  readonly ppid: number;
  readonly argv: readonly string[];
  readonly exe?: string;
  readonly uid?: number;
  readonly auid?: number;
  readonly ses?: number;
}

/** Applies process starts in order and says as whose child the last of them counts: a pid, or -1. */
function parentOfLast(...starts: readonly Started[]): number {
  const host = new HostState('ws3', {
    rules: { mailDirs: [], attachmentPaths: [] },
    identity: loadIdentity({ passwd: [], domains: new LearnedDomains() }),
    programs: new Map(),
    notify: () => {},
  });
  let order = 0;
  for (const { second, pid, ppid, argv, exe, uid = 0, auid = 1001, ses = 7 } of starts) {
    order += 1;
    const path = exe ?? `/usr/bin/${argv[0]}`;
    applyHostEvent(host, {
      kind: 'process.started',
      host: 'ws3',
      ref: { source: 0, offset: 0, length: 1, next: null },
      order,
      time: epochMs(T + second * 1000),
      actor: { pid, ppid, uid, euid: uid, auid, ses, tty: 'pts0', comm: '', exe: path },
      file: { path, node: -1, mode: 0o755, ownerUid: 0 },
      interpreter: '',
      argv,
      argvCut: false,
      argvJoined: true,
      cwd: '/home/ops',
      userName: '',
    } as HostEvent);
  }
  return host.processes.byPid.get(starts.at(-1)?.pid ?? -1)?.parent?.pid ?? -1;
}

const sudo = { second: 0, pid: 20, ppid: 10, argv: ['sudo', '-u', 'root', 'tar', 'cf', 'x', 'Maildir'] };
const tar = { second: 1, pid: 22, ppid: 21, argv: ['tar', 'cf', 'x', 'Maildir'] };

test('what sudo starts through a child without a record counts as its child', () => {
  assert.equal(parentOfLast(sudo, tar), 20);
  assert.equal(parentOfLast(sudo, { ...tar, argv: ['/usr/bin/tar', 'cf', 'x', 'Maildir'], exe: '/usr/bin/tar' }), 20);
});

test('another command, session, login, time or pid is not the child of that sudo', () => {
  assert.equal(parentOfLast(sudo, { ...tar, argv: ['tar', 'cf', 'y', 'Maildir'] }), 21);
  assert.equal(
    parentOfLast(sudo, { ...tar, argv: ['sudo', '-u', 'root', 'tar', 'cf', 'x', 'Maildir'], exe: '/usr/bin/tar' }),
    21,
  );
  assert.equal(parentOfLast(sudo, { ...tar, ses: 8 }), 21);
  assert.equal(parentOfLast(sudo, { ...tar, auid: 1002 }), 21);
  assert.equal(parentOfLast(sudo, { ...tar, second: 11 }), 21);
  assert.equal(parentOfLast(sudo, { ...tar, second: 10 }), 20);
  assert.equal(parentOfLast(sudo, { ...tar, pid: 19 }), 21);
  assert.equal(parentOfLast(sudo, { ...tar, pid: 85 }), 21);
  assert.equal(parentOfLast(sudo, { ...tar, pid: 84 }), 20);
});

test('a parent that is known keeps its child, and so does pid 1', () => {
  const shell = { second: 0.5, pid: 21, ppid: 10, argv: ['bash'] };
  assert.equal(parentOfLast(sudo, shell, tar), 21);
  assert.equal(parentOfLast(sudo, { ...tar, ppid: 1 }), 1);
});

test('a program called sudo in a home is not sudo', () => {
  assert.equal(parentOfLast({ ...sudo, exe: '/home/ops/sudo' }, tar), 21);
});

test('outside a login nothing is given to a sudo', () => {
  assert.equal(parentOfLast({ ...sudo, ses: 4294967295 }, { ...tar, ses: 4294967295 }), 21);
});

test('what a desktop launcher starts and leaves to pid 1 counts as its child', () => {
  const gio = { second: 0, pid: 30, ppid: 10, argv: ['gio', 'launch', 'a.desktop'], uid: 1001 };
  const started = { second: 1, pid: 34, ppid: 1, argv: ['sh', '-c', 'curl x'], uid: 1001 };
  assert.equal(parentOfLast(gio, started), 30);
  assert.equal(parentOfLast(gio, { ...started, uid: 1002 }), 1);
  assert.equal(parentOfLast(gio, { ...started, ppid: 33 }), 33);
});

test('what a shell starts in the background and leaves to pid 1 counts as its child', () => {
  const shell = { second: 0, pid: 30, ppid: 10, argv: ['sh', '-c', "curl -s 'http://x/a' &"], uid: 1001 };
  const started = { second: 1, pid: 31, ppid: 1, argv: ['curl', '-s', 'http://x/a'], uid: 1001 };
  assert.equal(parentOfLast(shell, started), 30);
  assert.equal(parentOfLast(shell, { ...started, second: 3 }), 1, 'much later');
  assert.equal(parentOfLast(shell, { ...started, uid: 1002 }), 1, 'another user');
  assert.equal(parentOfLast(shell, { ...started, ses: 9 }), 1, 'another session');
  assert.equal(parentOfLast(shell, { ...started, argv: ['curl', 'http://x/b'] }), 1, 'other words');
  assert.equal(parentOfLast(shell, { ...started, pid: 29 }), 1, 'it was there before');
  assert.equal(
    parentOfLast({ ...shell, argv: ['sh', '-c', 'true && curl -s http://x/a'] }, started),
    1,
    'it waits for it',
  );
});

test('what a program leaves behind that a delivery agent pipes a message into counts as its child', () => {
  const from = { uid: 1001, auid: 4294967295, ses: 4294967295 };
  const local = { ...from, second: 0, pid: 40, ppid: 9, argv: ['local'], exe: '/usr/lib/postfix/sbin/local', uid: 0 };
  const vacation = { ...from, second: 1, pid: 42, ppid: 40, argv: ['vacation', 'clerk'] };
  const answer = { ...from, second: 1, pid: 44, ppid: 1, argv: ['sendmail', '-f', 'clerk'] };
  assert.equal(parentOfLast(local, vacation, answer), 42);
  assert.equal(parentOfLast(local, { ...vacation, ppid: 39 }, answer), 1, 'somebody else started it');
  assert.equal(parentOfLast({ ...local, exe: '/home/ops/local' }, vacation, answer), 1, 'what is no delivery agent');
  assert.equal(
    parentOfLast(local, { ...vacation, exe: '/home/clerk/bin/vacation' }, answer),
    1,
    'a program of its own',
  );
  assert.equal(parentOfLast(local, { ...vacation, argv: ['sh', '-c', 'x'] }, answer), 1, 'a shell does anything');
  assert.equal(parentOfLast(local, { ...vacation, argv: ['python3', 'x.py'] }, answer), 1, 'so does an interpreter');
  assert.equal(
    parentOfLast(local, { ...vacation, argv: ['mail', 'x@example.net'] }, answer),
    1,
    'a sender sends itself',
  );
  const alone = { ...vacation, argv: ['procmail'], ppid: 39 };
  assert.equal(parentOfLast(local, alone, answer), 42, 'what delivers is known by itself');
  assert.equal(parentOfLast(local, { ...alone, exe: '/home/clerk/bin/procmail' }, answer), 1, 'where it is installed');
});

test('who acts is who logged in, and the person whose account a login of root took on', () => {
  const acting = (uid: number, auid: number, ses = 7): number => actingUid({ uid, auid, ses } as ProcessState);
  assert.equal(acting(0, 1001), 1001, 'sudo');
  assert.equal(acting(1003, 1001), 1001, 'su to another person');
  assert.equal(acting(1003, 0), 1003, 'root, su to a person');
  assert.equal(acting(1000, 999), 1000, 'the first account of a person');
  assert.equal(acting(33, 0), 0, 'root, su to a service');
  assert.equal(acting(999, 1), 1, 'a service is no person');
  assert.equal(acting(1003, ID_UNSET, ID_UNSET), 1003, 'no login');
  assert.equal(acting(0, ID_UNSET), 0, 'a login that nobody named');
  assert.equal(acting(1003, -1), 1003, 'the source does not say');
});
