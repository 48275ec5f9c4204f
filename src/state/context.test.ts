import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ID_UNSET } from '../events/host-events.ts';
import { contextOf } from './context.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { classOfPath } from './programs.ts';

/** What runs where nothing, or little, tells of who started it. */
const byHand = '/usr/sbin/put-there';
const HOST = {
  sessions: { peek: () => undefined },
  terminals: { peek: () => undefined },
  userName: (uid: number) => (uid === 33 ? 'www-data' : 'root'),
  installed: { isNewByHand: (path: string) => path === byHand },
} as unknown as HostState;

const process = (exe: string, facts: Partial<ProcessState> = {}): ProcessState =>
  ({
    pid: 640,
    ppid: 600,
    parent: null,
    exe,
    argv: [],
    images: [],
    script: '',
    classBits: classOfPath(exe),
    trusted: true,
    execSeen: false,
    uid: 0,
    auid: ID_UNSET,
    ses: ID_UNSET,
    tty: '',
    ...facts,
  }) as unknown as ProcessState;
const isDaemon = (exe: string, facts: Partial<ProcessState> = {}): boolean =>
  contextOf(HOST, process(exe, facts)).daemon;

const SERVICE = '/usr/sbin/zabbix_server';
const PYTHON = '/usr/bin/python3.11';
const UNTOLD = { auid: -1, ses: -1, tty: '?' };

test('outside of every login, an installed program with nothing above it is a service', () => {
  assert.equal(isDaemon(SERVICE), true);
  assert.equal(isDaemon(SERVICE, { execSeen: true }), true);
  assert.equal(isDaemon(SERVICE, { trusted: false }), false);
  assert.equal(isDaemon(SERVICE, { auid: 1001, ses: 7 }), false, 'of a login');
  assert.equal(isDaemon(byHand), false, 'put there by somebody logged in');
  assert.equal(isDaemon(SERVICE, { uid: 33 }), false, 'a web server has rules of its own');
  const parent = process('/usr/sbin/watcher', { execSeen: true });
  assert.equal(isDaemon(SERVICE, { parent }), false, 'what started it is known');
  assert.equal(isDaemon(SERVICE, { parent: process('/usr/sbin/watcher') }), true);
  assert.equal(isDaemon(SERVICE, { parent: process('/usr/bin/containerd-shim-runc-v2') }), false, 'out of an image');
});

test('an interpreter is one while nothing tells what it runs; what does as it is told never', () => {
  assert.equal(isDaemon(PYTHON), true);
  assert.equal(isDaemon(PYTHON, { execSeen: true }), false);
  for (const exe of ['/bin/sh', '/usr/bin/curl', '/usr/bin/swaks', '/usr/bin/mutt', '/usr/bin/getmail'])
    assert.equal(isDaemon(exe), false, exe);
  for (const exe of ['/usr/bin/tar', '/usr/bin/git', '/usr/bin/thunderbird']) assert.equal(isDaemon(exe), false, exe);
});

test('where no record tells of logins, a service is what pid 1 started, or what was there before', () => {
  assert.equal(isDaemon(SERVICE, UNTOLD), true);
  assert.equal(isDaemon(SERVICE, { ...UNTOLD, execSeen: true }), false);
  const init = process('/usr/lib/systemd/systemd', { pid: 1, ppid: 0 });
  assert.equal(isDaemon(SERVICE, { ...UNTOLD, execSeen: true, ppid: 1, parent: init }), true);
});

test('where no record tells of logins, the account of a web server is a web server', () => {
  const kindOf = (facts: Partial<ProcessState>): string => contextOf(HOST, process('/usr/sbin/sendmail', facts)).kind;
  assert.equal(kindOf({ ...UNTOLD, tty: '', uid: 33 }), 'web');
  assert.equal(kindOf({ ...UNTOLD, tty: '', uid: 34 }), 'unattended');
  assert.equal(kindOf({ uid: 33, auid: 33, ses: 7 }), 'unattended', 'a login or a job of that account');
  assert.equal(kindOf({ uid: 33 }), 'web');
});

test('a web server that an administrator restarted by hand is a web server still', () => {
  const kindOf = (facts: Partial<ProcessState>): string => contextOf(HOST, process('/usr/sbin/sendmail', facts)).kind;
  const restarted = { uid: 33, auid: 1001, ses: 7 };
  assert.equal(kindOf(restarted), 'web');
  const init = process('/usr/lib/systemd/systemd', { pid: 1, ppid: 0 });
  assert.equal(kindOf({ ...restarted, ppid: 1, parent: init }), 'systemd', 'and no orphan of that login');
  assert.equal(kindOf({ ...restarted, uid: 34, ppid: 1, parent: init }), 'detached');
  assert.equal(kindOf({ ...restarted, tty: 'pts0' }), 'interactive');
});
