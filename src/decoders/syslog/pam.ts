import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { ID_UNSET } from '../../events/host-events.ts';
import type { SyslogMeta } from '../syslog-contract.ts';
import { emitSession, pamSession } from './host-event.ts';

const CLOSED = skip('session closed');
const OTHER = skip('PAM message of no use here');

/** Reads a PAM line in any program's name; null when it is none. */
export function decodePam(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict | null {
  const pam = pamSession(text);
  if (pam === null) return null;
  if (pam === 'closed') return CLOSED;
  if (pam === 'other') return OTHER;
  emitSession(meta, emit, pam.service, { user: pam.user, uid: pam.uid, ses: ID_UNSET, pid: meta.pid, address: '' });
  return EMIT;
}
