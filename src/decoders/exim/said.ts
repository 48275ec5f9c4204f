import { reject, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { MailNotice } from '../../events/mail-events.ts';
import { mailBase } from '../mail-base.ts';
import { MAIL_PHASE, type SyslogMeta } from '../syslog-contract.ts';

/** One line of Exim's: `id` is the message's ('' when it names none), and the rest begins at `at`. */
export interface EximSaid {
  readonly text: string;
  readonly id: string;
  readonly at: number;
  readonly meta: SyslogMeta;
  readonly emit: (event: WatchEvent) => void;
}

export const NO_FATE = skip('exim message without a fate');
export const MALFORMED = reject('exim message breaks off or has an unknown shape');

/** What every mail event made from this line begins with. */
export const base = (said: EximSaid, phase: number) => mailBase(said.meta, phase, said.id);

export function emitNotice(said: EximSaid, what: MailNotice['what'], clientAddress: string, text: string): void {
  said.emit({ kind: 'mail.notice', ...base(said, MAIL_PHASE.notice), what, clientAddress, count: 1, text });
}
