import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { FileFormat } from '../contract.ts';
import {
  type At,
  type BlockState,
  blockMeta,
  deliveryLog,
  emitDelivered,
  IN_BLOCK,
  join,
  localDate,
  SUBJECT,
} from '../delivery-log.ts';
import type { LineHold } from '../held-lines.ts';
import { mailBase } from '../mail-base.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';

/**
 * The log that a maildrop filter keeps with `logfile`.
 *
 *   block := "Date: " date LF "From: " sender LF "Subj: " text LF ("File: " | "!Err: ") name *SP "(" size ")" LF LF
 *   name  := file or folder | "| " command | "! " address
 *
 * Source: maildropfilter(7), LOGGING; maildrop 2.9 deliver.C and log.C; recordings of 2.9.3. Emits: mail.delivered, mail.notice (what could not
 * be delivered: the MTA says what comes of it). Trust: a log in a home directory can be written by its owner, and `log` of the filter writes
 * whatever the filter says: only what follows a subject's line counts. The sender and the subject are outsiders' words; the subject is never kept.
 */
export const maildropFormat: FileFormat = deliveryLog({
  id: 'maildrop-log',
  title: "maildrop's logfile",
  recognise(lines: readonly string[]): number {
    let own = 0;
    let known = 0;
    let all = 0;
    let before = '';
    for (const line of lines) {
      if (line === '') continue;
      all += 1;
      if (line.startsWith('Subj: ') && before.startsWith('From: ')) own += 1;
      else if (['Date: ', 'From: ', 'File: ', '!Err: '].some(start => line.startsWith(start))) known += 1;
      before = line;
    }
    return own === 0 ? 0 : ((own + known) / all) * 0.97;
  },
  dateOf: (line, context) => (line.startsWith('Date: ') ? localDate(line, context) : Number.NaN),
  begins: () => true,
  line(text: string, at: At, block: BlockState, hold: LineHold): Verdict {
    if (text.startsWith('From: ') && block.step === 1) {
      join(block, at);
      return IN_BLOCK;
    }
    if (text.startsWith('Subj: ') && block.step === 2) {
      join(block, at);
      return SUBJECT;
    }
    const done = block.step === 3 && (text.startsWith('File: ') || text.startsWith('!Err: '));
    if (done) join(block, at);
    block.step = 0;
    return done ? delivered(text, at, block, hold) : NOTE;
  },
});

const NOTE = skip('maildrop: what the filter wrote with log');
const MALFORMED = reject('maildrop file line of an unknown shape');

function delivered(text: string, at: At, block: BlockState, hold: LineHold): Verdict {
  const open = text.lastIndexOf('(');
  const size = text.slice(open + 1, -1);
  if (open < 6 || !text.endsWith(')') || !/^\d{1,15}$/.test(size)) return MALFORMED;
  const name = text.slice(6, open).trimEnd();
  const meta = blockMeta(block, 'maildrop', hold, at);
  if (text.startsWith('!Err: ')) {
    const notice = { what: 'warning' as const, clientAddress: '', count: 1, text: `not delivered: ${name}` };
    hold.add({ kind: 'mail.notice', ...mailBase(meta, MAIL_PHASE.notice, ''), ...notice });
    return EMIT;
  }
  const channel = name.startsWith('|') ? 'command' : name.startsWith('!') ? 'relay' : 'mailbox';
  return emitDelivered(meta, hold, { channel, name, size });
}
