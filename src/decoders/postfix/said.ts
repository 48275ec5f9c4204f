import type { Verdict } from '../../core/verdict.ts';
import { reject, skip } from '../../core/verdict.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { MailNotice } from '../../events/mail-events.ts';
import { mailBase } from '../mail-base.ts';
import { MAIL_PHASE, type ProgramDecoder, type SyslogMeta } from '../syslog-contract.ts';
import { addressIn } from './parts.ts';

/** One line of a Postfix daemon: `text` whole, `queueId` ('' for NOQUEUE or none), and where the rest begins. */
export interface Said {
  readonly text: string;
  readonly queueId: string;
  readonly at: number;
  readonly meta: SyslogMeta;
  readonly emit: (event: WatchEvent) => void;
}

export const NO_FATE = skip('postfix message without a fate');
export const MALFORMED = reject('postfix message breaks off or has an unknown shape');

/** Time, order, place and program of a mail event made from this line. */
export const base = (said: Said, phase: number) => mailBase(said.meta, phase, said.queueId);

export function emitNotice(
  said: Said,
  what: MailNotice['what'],
  clientAddress: string,
  count: number,
  text: string,
): void {
  const { time, order, host, ref, program, pid, queueId } = base(said, MAIL_PHASE.notice);
  said.emit({ kind: 'mail.notice', time, order, host, ref, program, pid, queueId, what, clientAddress, count, text });
}

/**
 * A decoder of the daemon(s) named. Instances keep the daemon's name last: `postfix/smtpd`, `postfix/submission/smtpd`,
 * `postfix-out/smtp`, `mta1/smtpd` are all read. Warnings and fatal errors, which every daemon words alike, are read here:
 *
 *   line := ("warning" | "error" | "fatal" | "panic") ": " text | [queue-id ": "] text
 */
export function postfixDecoder(options: {
  readonly id: string;
  readonly daemons: readonly string[];
  readonly decode: (said: Said) => Verdict;
}): ProgramDecoder {
  return Object.freeze({
    id: options.id,
    programs: options.daemons.map(daemon => `postfix/${daemon}`),
    accepts: (program: string) => {
      const slash = program.lastIndexOf('/');
      return slash > 0 && options.daemons.includes(program.slice(slash + 1));
    },
    decode(text: string, meta: SyslogMeta, emit: (event: WatchEvent) => void): Verdict {
      const end = queueIdEnd(text);
      const queueId = end > 0 ? text.slice(0, end) : '';
      const at = end > 0 ? end + 2 : text.startsWith('NOQUEUE: ') ? 9 : 0;
      const said = { text, queueId, at, meta, emit };
      return problem(said) ?? options.decode(said);
    },
  });
}

const PROBLEM_SEEN: Verdict = Object.freeze({ tag: 'emit' });

function problem(said: Said): Verdict | null {
  const { text, at } = said;
  const first = text.charCodeAt(at);
  if (first !== 0x77 && first !== 0x65 && first !== 0x66 && first !== 0x70) return null;
  if (text.startsWith('warning: header ', at) || text.startsWith('warning: body ', at)) return null;
  if (text.startsWith('warning: ', at)) emitNotice(said, 'warning', addressIn(text, at + 9), 1, text.slice(at + 9));
  else if (text.startsWith('error: ', at)) emitNotice(said, 'warning', '', 1, text.slice(at + 7));
  else if (text.startsWith('fatal: ', at) || text.startsWith('panic: ', at))
    emitNotice(said, 'fatal', '', 1, text.slice(at + 7));
  else return null;
  return PROBLEM_SEEN;
}

/**
 * End of the queue id that begins the text, 0 when there is none.
 *
 *   short := 6 or more of 0-9 A-F            microseconds and inode, in hexadecimal
 *   long  := 10 or more of 0-9 and consonants  seconds and microseconds and inode, in base 52 and 51
 *
 * Source: Postfix postconf(5), enable_long_queue_ids.
 */
export function queueIdEnd(text: string): number {
  const colon = text.indexOf(': ');
  if (colon < 6 || colon > 32) return 0;
  return isQueueId(text, 0, colon) ? colon : 0;
}

export function isQueueId(text: string, from: number, to: number): boolean {
  const length = to - from;
  if (length < 6 || length > 32) return false;
  let hex = true;
  let consonants = length >= 10;
  for (let i = from; i < to && (hex || consonants); i++) {
    const code = text.charCodeAt(i);
    const kind = code < 128 ? (ID_BYTES[code] as number) : 0;
    if ((kind & 1) === 0) hex = false;
    if ((kind & 2) === 0) consonants = false;
  }
  return hex || consonants;
}

/** Bit 0: a digit of short ids. Bit 1: of long ids. */
const ID_BYTES = new Uint8Array(128);
for (const char of '0123456789ABCDEF') ID_BYTES[char.charCodeAt(0)] = 1;
for (const char of '0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz') {
  ID_BYTES[char.charCodeAt(0)] = (ID_BYTES[char.charCodeAt(0)] as number) | 2;
}
