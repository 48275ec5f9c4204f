import type { Verdict } from '../../core/verdict.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { MailNotice } from '../../events/mail-events.ts';
import { mailBase } from '../mail-base.ts';
import { MAIL_PHASE, type ProgramDecoder, type SyslogMeta } from '../syslog-contract.ts';

/**
 * What procmail says of itself: to syslog, and to its log file behind `procmail: `.
 *
 *   line := "Executing " quoted                                             VERBOSE only; arguments divided by commas, or a shell's line
 *         | word …                                                          VERBOSE only: Assigning, Match on, Locking, Opening, Notified comsat …
 *         | "Program failure (" code ") of " quoted | "Suspicious rcfile " quoted | "Lock failure on " quoted | …
 *
 * Source: procmail 3.22 (misc.c, pipes.c, cstdio.c), procmailrc(5) LOGFILE and VERBOSE; recordings of 3.22. Emits: mail.notice (`command-run`,
 * `warning`). Trust: a log file in a home directory can be written by its owner, and commands are the owner's own words; in syslog the
 * program is procmail's. What is assigned or matched can hold a header's text and is stepped over.
 * Skips: everything that VERBOSE adds but executions.
 */
export const procmailDecoder: ProgramDecoder = Object.freeze({
  id: 'procmail',
  programs: ['procmail'],
  decode(line: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
    const text = line.startsWith('procmail: ') ? line.slice(10) : line;
    if (text.startsWith('Executing "')) {
      const command = text.endsWith('"') ? text.slice(11, -1) : text.slice(11);
      return notice(meta, emit, 'command-run', command);
    }
    return CHATTER.some(word => text.startsWith(word)) || text === '' ? OF_NO_USE : notice(meta, emit, 'warning', text);
  },
} satisfies ProgramDecoder);

const OF_NO_USE = skip('procmail: what it does while it delivers');

const CHATTER = [
  '[',
  'Assigning ',
  'Match on ',
  'No match on ',
  'Matched ',
  'Score: ',
  'Locking ',
  'Unlocking ',
  'Opening ',
  'Acquiring kernel-lock',
  'Notified comsat: ',
  'Rcfile: ',
  'Rcfiles ',
  'Skipped ',
  'Assuming identity of the recipient',
  'Forced unlock ',
  'Linking to ',
  'Created ',
  'Renaming ',
  'Delivery mode',
  'procmail v',
];

function notice(meta: SyslogMeta, emit: (event: WatchEvent) => void, what: MailNotice['what'], text: string): Verdict {
  emit({ kind: 'mail.notice', ...mailBase(meta, MAIL_PHASE.notice, ''), what, clientAddress: '', count: 1, text });
  return EMIT;
}
