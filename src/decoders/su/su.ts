import { EMIT, skip } from '../../core/verdict.ts';
import { emitJob } from '../syslog/host-event.ts';
import { decodePam } from '../syslog/pam.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';

/**
 * su and runuser: somebody became somebody else.
 *
 *   line := "(to " user ") " invoker " on " tty | "Successful su for " user " by " invoker | pam
 *
 * Source: util-linux login-utils/su-common.c, shadow src/su.c. Emits: job.started (command '': su does not log it), session.started.
 * Trust: both users are real accounts. Skips: failures and ends of sessions.
 */
export const suDecoder: ProgramDecoder = Object.freeze({
  id: 'su',
  programs: ['su', 'su-l', 'runuser', 'runuser-l'],
  decode(text, meta, emit) {
    const pam = decodePam(text, meta, emit);
    if (pam !== null) return pam;
    let user = '';
    if (text.startsWith('(to ')) user = text.slice(4, Math.max(4, text.indexOf(') ', 4)));
    else if (text.startsWith('Successful su for ')) user = text.slice(18, Math.max(18, text.indexOf(' by ', 18)));
    if (user === '') return OTHER;
    emitJob(meta, emit, 'su', user, meta.pid, '');
    return EMIT;
  },
} satisfies ProgramDecoder);

const OTHER = skip('su message that starts nothing');
