import { EMIT, skip } from '../../core/verdict.ts';
import { emitJob } from '../syslog/host-event.ts';
import { decodePam } from '../syslog/pam.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';

/**
 * atd: a job began.
 *
 *   line := "Starting job " n " (" file ") for user '" name "' (" uid ")" | pam
 *
 * Source: at 3.2 atd.c. Emits: job.started (command: the job's number, as atd does not log what it runs), session.started.
 * Trust: the user is the owner of the job's file, ours. Skips: everything else atd says.
 */
export const atDecoder: ProgramDecoder = Object.freeze({
  id: 'at',
  programs: ['atd'],
  decode(text, meta, emit) {
    const pam = decodePam(text, meta, emit);
    if (pam !== null) return pam;
    if (!text.startsWith('Starting job ')) return OTHER;
    const open = text.indexOf("for user '");
    const close = open < 0 ? -1 : text.indexOf("'", open + 10);
    if (close < 0) return OTHER;
    emitJob(meta, emit, 'at', text.slice(open + 10, close), meta.pid, text.slice(9, open).trim());
    return EMIT;
  },
} satisfies ProgramDecoder);

const OTHER = skip('atd message that starts nothing');
