import { EMIT, reject, skip } from '../../core/verdict.ts';
import { emitJob } from '../syslog/host-event.ts';
import { decodePam } from '../syslog/pam.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';

/**
 * cron (Vixie's, Debian's, cronie), anacron and busybox crond: a job began.
 *
 *   line    := "(" user ") CMD (" command ")" | "Job `" name "' started" | "USER " user " pid " n " cmd " command | pam
 *
 * Source: Debian cron misc.c log_it, cronie src/misc.c, anacron runjob.c, busybox crond.c.
 * Emits: job.started (pid: the process that the line names, which becomes the job's parent), session.started.
 * Trust: the user is cron's; the command is what the crontab's owner wrote, and may hold parentheses: it ends with the line.
 * Skips: edits, reloads, output and ends of jobs. Rejects: a CMD line that does not close.
 */
export const cronDecoder: ProgramDecoder = Object.freeze({
  id: 'cron',
  programs: ['CRON', 'cron', 'crond', 'anacron', '/USR/SBIN/CRON', '/usr/sbin/cron', 'fcron', 'cronie'],
  decode(text, meta, emit) {
    const pam = decodePam(text, meta, emit);
    if (pam !== null) return pam;
    const mark = text.startsWith('(') ? text.indexOf(') CMD (') : -1;
    if (mark > 0) {
      if (!text.endsWith(')')) return UNCLOSED;
      emitJob(meta, emit, 'cron', text.slice(1, mark), meta.pid, text.slice(mark + 7, -1).trim());
      return EMIT;
    }
    if (text.startsWith('Job `') && text.endsWith("' started")) {
      emitJob(meta, emit, 'cron', 'root', meta.pid, text.slice(5, -9));
      return EMIT;
    }
    if (text.startsWith('USER ')) {
      const pid = text.indexOf(' pid ', 5);
      const command = pid < 0 ? -1 : text.indexOf(' cmd ', pid);
      if (command > 0) {
        const child = Number(text.slice(pid + 5, command).trim());
        emitJob(meta, emit, 'cron', text.slice(5, pid), Number.isInteger(child) ? child : -1, text.slice(command + 5));
        return EMIT;
      }
    }
    return OTHER;
  },
} satisfies ProgramDecoder);

const UNCLOSED = reject('cron command breaks off');
const OTHER = skip('cron message that starts nothing');
