import { EMIT, skip } from '../../core/verdict.ts';
import { ID_UNSET } from '../../events/host-events.ts';
import { emitJob, emitSession, numberOf } from '../syslog/host-event.ts';
import { decodePam } from '../syslog/pam.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';

/**
 * systemd, as the system's manager or a user's: a unit began.
 *
 *   line := ("Starting" | "Started") " " [unit " - "] description ("." | "...") | pam
 *
 * Source: systemd core/job.c, message catalogue; units are named since release 249.
 * Emits: job.started (command: the unit's name or else its description; user '' as the line has none; pid: the manager's),
 * session.started for "Session N of User NAME". Trust: descriptions are the unit's author's words.
 */
export const systemdDecoder: ProgramDecoder = Object.freeze({
  id: 'systemd',
  programs: ['systemd', '(systemd)'],
  decode(text, meta, emit) {
    const pam = decodePam(text, meta, emit);
    if (pam !== null) return pam;
    const from = text.startsWith('Started ') ? 8 : text.startsWith('Starting ') ? 9 : -1;
    if (from < 0) return OTHER;
    let end = text.length;
    while (end > from && text.charCodeAt(end - 1) === 0x2e) end -= 1;
    const dash = text.indexOf(' - ', from);
    const named = dash > from && text.slice(from, dash).includes('.') && !text.slice(from, dash).includes(' ');
    const description = text.slice(named ? dash + 3 : from, end);
    const session = sessionOf(description);
    if (session !== null) {
      const { user, ses } = session;
      emitSession(meta, emit, 'systemd', { user, uid: ID_UNSET, ses, pid: -1, address: '' });
    } else emitJob(meta, emit, 'systemd', '', meta.pid, named ? text.slice(from, dash) : description);
    return EMIT;
  },
} satisfies ProgramDecoder);

/** `Session 3 of User ops`, as both spellings of capitals have it. */
function sessionOf(text: string): { user: string; ses: number } | null {
  if (!text.startsWith('Session ')) return null;
  const of = text.toLowerCase().indexOf(' of user ');
  if (of < 0) return null;
  return { ses: numberOf(text.slice(8, of)), user: text.slice(of + 9) };
}

/**
 * systemd-logind: a session began.
 *
 *   line := "New session " ["'"] id ["'"] " of user " ["'"] name ["'"] ("." | " with " ...)
 *
 * Source: systemd login/logind-session.c. Emits: session.started. Trust: all of it is ours.
 */
export const logindDecoder: ProgramDecoder = Object.freeze({
  id: 'systemd-logind',
  programs: ['systemd-logind'],
  decode(text, meta, emit) {
    if (!text.startsWith('New session ')) return OTHER_LOGIND;
    const of = text.indexOf(' of user ', 12);
    if (of < 0) return OTHER_LOGIND;
    const rest = text.slice(of + 9);
    const quoted = rest.startsWith("'");
    const stop = quoted ? rest.indexOf("'", 1) : rest.lastIndexOf('.');
    const user = rest.slice(quoted ? 1 : 0, stop < 0 ? undefined : stop);
    const ses = numberOf(text.slice(12, of).replaceAll("'", ''));
    emitSession(meta, emit, 'systemd-logind', { user, uid: ID_UNSET, ses, pid: -1, address: '' });
    return EMIT;
  },
} satisfies ProgramDecoder);

const OTHER = skip('systemd message that starts nothing');
const OTHER_LOGIND = skip('logind message that opens no session');
