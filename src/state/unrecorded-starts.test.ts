import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { classOfPath } from './programs.ts';
import { programsWithoutStart } from './unrecorded-starts.ts';

const process = (exe: string, facts: Partial<ProcessState> = {}): ProcessState =>
  ({ exe, execSeen: false, parent: null, images: [], ses: 7, classBits: classOfPath(exe), ...facts }) as ProcessState;

const told = (...processes: readonly ProcessState[]): readonly string[] => {
  const sessions = new Map([[7, { program: '/usr/sbin/sshd' }]]);
  const host = {
    processes: { byPid: new Map(processes.map((each, pid) => [pid, each])) },
    sessions: { peek: (ses: number) => sessions.get(ses) },
  } as unknown as HostState;
  return [...programsWithoutStart(host)];
};

test('what runs something else than who forked it, whose start is recorded, was started', () => {
  const shell = process('/usr/bin/bash', { execSeen: true, ses: 1 });
  assert.deepEqual(told(shell, process('/usr/bin/id', { parent: shell, ses: 1 })), ['/usr/bin/id']);
  assert.deepEqual(told(shell, process('/usr/bin/bash', { parent: shell, ses: 1 })), []);
});

test('in a login that the records show beginning everything was started but what opened it', () => {
  assert.deepEqual(told(process('/usr/bin/git'), process('/usr/bin/bash')), ['/usr/bin/git', '/usr/bin/bash']);
  assert.deepEqual(told(process('/usr/sbin/sshd'), process('/usr/bin/sudo'), process('/usr/sbin/cron')), []);
  assert.deepEqual(told(process('/usr/bin/git', { execSeen: true })), []);
});

test('what was there before may belong to a login before', () => {
  assert.deepEqual(told(process('/usr/bin/git', { ses: 3 })), []);
});
