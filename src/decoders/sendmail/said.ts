import { reject, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { MailNotice } from '../../events/mail-events.ts';
import { mailBase } from '../mail-base.ts';
import { MAIL_PHASE, type SyslogMeta } from '../syslog-contract.ts';

/** One line of Sendmail's: `id` is the envelope's ('' for NOQUEUE and for none), and the rest begins at `at`. */
export interface SendmailSaid {
  readonly text: string;
  readonly id: string;
  readonly at: number;
  readonly meta: SyslogMeta;
  readonly emit: (event: WatchEvent) => void;
}

export const OF_NO_USE = skip('sendmail message of no use here');
export const MALFORMED = reject('sendmail message breaks off or has an unknown shape');

/** What every mail event made from this line begins with. */
export const base = (said: SendmailSaid, phase: number, nth = 0, id = said.id) => mailBase(said.meta, phase, id, nth);

export function emitNotice(said: SendmailSaid, what: MailNotice['what'], clientAddress: string, text: string): void {
  said.emit({ kind: 'mail.notice', ...base(said, MAIL_PHASE.notice), what, clientAddress, count: 1, text });
}
