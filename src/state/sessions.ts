import { ID_UNSET, type SessionStarted } from '../events/host-events.ts';
import { opensWithin } from './elevation.ts';
import type { HostState } from './host.ts';

/** What opened a session within another one does not stand for it: whose login it is, and from where, the first one says. */
export function onSessionStarted(host: HostState, { program, user, auid, ses, address, time }: SessionStarted): void {
  if (program === '' || ses < 0 || ses === ID_UNSET) return;
  const held = host.sessions.peek(ses);
  const isWithin = opensWithin(program);
  if (isWithin && held !== undefined) host.sessions.set(ses, { ...held, within: true });
  // USER_LOGIN has the account's number only.
  else host.sessions.set(ses, { program, user: user || host.userName(auid), address, time, within: isWithin });
}
