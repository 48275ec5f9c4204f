import { reject, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import { mailBase } from '../mail-base.ts';
import type { SyslogMeta } from '../syslog-contract.ts';

/** One line of a session: what happened, and where its fields begin (at the blank before the first). */
export interface SmtpdSaid {
  readonly text: string;
  readonly session: string;
  readonly event: string;
  readonly at: number;
  readonly meta: SyslogMeta;
  readonly emit: (event: WatchEvent) => void;
}

export const OF_NO_USE = skip('opensmtpd message of no use here');
export const MALFORMED = reject('opensmtpd message breaks off or has an unknown shape');

export const base = (said: SmtpdSaid, phase: number, queueId: string) => mailBase(said.meta, phase, queueId);
