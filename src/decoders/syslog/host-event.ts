import type { WatchEvent } from '../../events/event.ts';
import { ID_UNSET, type JobStarted, type OrderedBy } from '../../events/host-events.ts';
import { type SyslogMeta, syslogOrder } from '../syslog-contract.ts';

type Emit = (event: WatchEvent) => void;

/** A job began: `user` is whom it runs as, '' when the line does not say. */
export function emitJob(
  meta: SyslogMeta,
  emit: Emit,
  scheduler: JobStarted['scheduler'],
  user: string,
  pid: number,
  command: string,
  by?: OrderedBy,
): void {
  const { time, host, ref } = meta;
  const order = syslogOrder(0, meta.lineHash);
  const said = by === undefined ? {} : { by };
  emit({ kind: 'job.started', time, order, host, ref, scheduler, user, pid, command, ...said });
}

export interface SessionSeen {
  readonly user: string;
  /** Uid where the line gives one, else ID_UNSET. */
  readonly uid: number;
  /** Kernel or logind session number, else ID_UNSET. */
  readonly ses: number;
  readonly pid: number;
  readonly address: string;
}

export function emitSession(meta: SyslogMeta, emit: Emit, program: string, seen: SessionSeen): void {
  const { time, host, ref } = meta;
  const { user, uid, ses, pid, address } = seen;
  const order = syslogOrder(0, meta.lineHash);
  emit({ kind: 'session.started', time, order, host, ref, ses, auid: uid, pid, program, user, address });
}

/**
 * PAM's session lines, which every login program logs alike.
 *
 *   line := "pam_unix(" service ":session): session opened for user " name ["(uid=" n ")"] " by " [name] "(uid=" n ")"
 *
 * Source: Linux-PAM pam_unix_sess.c. Trust: name and uid are the account database's. null when the line is not PAM's.
 */
export function pamSession(text: string): 'closed' | 'other' | { service: string; user: string; uid: number } | null {
  if (!text.startsWith('pam_')) return null;
  const open = text.indexOf('(');
  const colon = text.indexOf(':', open);
  const close = text.indexOf('): ', colon);
  if (open < 0 || colon < 0 || close < 0 || close > 96) return 'other';
  if (text.startsWith('session closed for user ', close + 3)) return 'closed';
  if (!text.startsWith('session opened for user ', close + 3) || !text.startsWith('pam_unix')) return 'other';
  const from = close + 27;
  let end = text.indexOf(' by ', from);
  if (end < 0) end = text.length;
  const named = text.slice(from, end);
  const paren = named.endsWith(')') ? named.lastIndexOf('(uid=') : -1;
  const uid = paren < 0 ? ID_UNSET : numberOf(named.slice(paren + 5, -1));
  return { service: text.slice(open + 1, colon), user: paren < 0 ? named : named.slice(0, paren), uid };
}

/** A decimal number of 32 bits, ID_UNSET for anything else. */
export function numberOf(text: string): number {
  if (text.length === 0 || text.length > 10) return ID_UNSET;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return ID_UNSET;
  const value = Number(text);
  return value < ID_UNSET ? value : ID_UNSET;
}
