import { EMIT, reject, skip } from '../../core/verdict.ts';
import { ID_UNSET } from '../../events/host-events.ts';
import { emitSession } from '../syslog/host-event.ts';
import { decodePam } from '../syslog/pam.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';

/**
 * sshd: somebody logged in.
 *
 *   line := "Accepted " method " for " user " from " address " port " n [" ssh2" [": " key]] | pam
 *
 * Source: OpenSSH auth.c auth_log. Emits: session.started.
 * Trust: method, address and port are ours. The user logged in, so it is a real account; it cannot hold " from ".
 * Skips: failures, disconnects, chatter: what they say of users is the client's. Rejects: an Accepted line of another shape.
 */
export const sshdDecoder: ProgramDecoder = Object.freeze({
  id: 'sshd',
  programs: ['sshd', 'sshd-session', 'sshd-auth'],
  decode(text, meta, emit) {
    const pam = decodePam(text, meta, emit);
    if (pam !== null) return pam;
    if (!text.startsWith('Accepted ')) return OTHER;
    const who = text.indexOf(' for ', 9);
    const from = who < 0 ? -1 : text.indexOf(' from ', who + 5);
    const port = from < 0 ? -1 : text.indexOf(' port ', from + 6);
    if (port < 0) return SHAPE;
    const user = text.slice(who + 5, from);
    const address = text.slice(from + 6, port);
    emitSession(meta, emit, 'sshd', { user, uid: ID_UNSET, ses: ID_UNSET, pid: meta.pid, address });
    return EMIT;
  },
} satisfies ProgramDecoder);

const OTHER = skip('sshd message that is no login');
const SHAPE = reject('sshd acceptance of an unknown shape');
