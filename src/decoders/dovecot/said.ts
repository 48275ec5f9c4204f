import { reject, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { SyslogMeta } from '../syslog-contract.ts';
import type { Prefix } from './prefix.ts';

/** One line of Dovecot's: `text` begins with the message itself. */
export interface DovecotSaid {
  readonly text: string;
  readonly prefix: Prefix;
  /** With the pid of the process that speaks, and `dovecot/<service>` as program. */
  readonly meta: SyslogMeta;
  readonly emit: (event: WatchEvent) => void;
}

export const OF_NO_USE = skip('dovecot message of no use here');
export const MALFORMED = reject('dovecot message breaks off or has an unknown shape');
