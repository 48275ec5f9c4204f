import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../core/time.ts';
import { ID_UNSET, type SessionStarted } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import type { Session } from './session.ts';
import { onSessionStarted } from './sessions.ts';

const opened = (...events: readonly Partial<SessionStarted>[]): Map<number, Session> => {
  const sessions = new Map<number, Session>();
  const store = {
    peek: (ses: number) => sessions.get(ses),
    set: (ses: number, each: Session) => sessions.set(ses, each),
  };
  const host = { sessions: store, userName: (uid: number) => (uid === 1003 ? 'clerk' : '') } as unknown as HostState;
  for (const event of events) onSessionStarted(host, { ...LOGIN, ...event } as SessionStarted);
  return sessions;
};
const LOGIN = {
  program: '/usr/sbin/sshd',
  user: 'clerk',
  auid: 1003,
  ses: 7,
  address: '203.0.113.9',
  time: 5 as EpochMs,
} as const;
const SUDO = { program: '/usr/bin/sudo', user: 'root', address: '' } as const;

test('whose login it is, and from where, the first one says; the number alone may name the account', () => {
  const login = { program: '/usr/sbin/sshd', user: 'clerk', address: '203.0.113.9', time: 5 };
  assert.deepEqual(opened({}).get(7), { ...login, within: false });
  assert.deepEqual(opened({}, SUDO).get(7), { ...login, within: true });
  assert.deepEqual(opened({}, { ...SUDO, program: '/usr/bin/su' }).get(7), { ...login, within: true });
  assert.equal(opened({ user: '' }).get(7)?.user, 'clerk');
  // A number that is used again, after a start of the host.
  assert.equal(opened({}, { user: 'ops', address: '' }).get(7)?.user, 'ops');
});

test('where no record tells of the login, sudo stands for it; what belongs to no session is none', () => {
  assert.deepEqual(opened(SUDO).get(7), { program: '/usr/bin/sudo', user: 'root', address: '', time: 5, within: true });
  assert.equal(opened({ ses: ID_UNSET }, { ses: -1 }, { program: '' }).size, 0);
});
