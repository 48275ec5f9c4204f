import { fnv1a } from '../core/hash.ts';
import { type EpochMs, epochMs } from '../core/time.ts';
import { EMIT, skip, type Verdict } from '../core/verdict.ts';
import type { MailDelivery } from '../events/mail-events.ts';
import type { DecodeContext } from './contract.ts';
import type { LineHold } from './held-lines.ts';
import { mailBase } from './mail-base.ts';
import { envelopeDate } from './mail-store/mail-date.ts';
import { MAIL_PHASE, type SyslogMeta } from './syslog-contract.ts';

/**
 * What the logs of procmail and maildrop have in common: blocks of several lines about one message, the first with a date of
 * asctime(3) in local time. They name neither the recipient nor the message: these events have no queue id and no recipient, so that they
 * are not counted beside what the MTA says of the same delivery.
 */
export interface BlockState {
  /** Of the latest date, NaN before the first. */
  time: number;
  /** Lines of the block at hand that have come: 0 outside of any block. */
  step: number;
  /** Hash of the block's lines so far: blocks that end alike are told apart by it. */
  hash: number;
  /** Hash of the block's latest line: a line read twice is no other line. */
  last: number;
}

export const newBlock = (): BlockState => ({ time: Number.NaN, step: 0, hash: 0, last: 0 });

const LINE_BYTES_MAX = 65_536;

/** The line's text without CR and NUL at its end, cut at 64 KiB. */
export function blockText(buffer: Buffer, start: number, lineEnd: number): string {
  let end = Math.min(lineEnd, start + LINE_BYTES_MAX);
  while (end > start && (buffer[end - 1] === 0x0d || buffer[end - 1] === 0)) end -= 1;
  return buffer.toString('utf8', start, end);
}

/** Epoch ms of an asctime date that ends the text, NaN when there is none. */
export function localDate(text: string, context: Pick<DecodeContext, 'zoneOffsetMinutes'>): number {
  const date = envelopeDate(text);
  if (date === null) return Number.NaN;
  return date.zoned ? date.time : date.time - context.zoneOffsetMinutes * 60_000;
}

/** Adds a line to the block. */
export function join(block: BlockState, buffer: Buffer, start: number, end: number): void {
  block.last = fnv1a(buffer, start, end);
  block.hash = (Math.imul(block.hash, 31) + block.last) >>> 0;
  block.step += 1;
}

/** True for the block's latest line once more. */
export const isAgain = (block: BlockState, buffer: Buffer, start: number, end: number): boolean =>
  block.step > 1 && fnv1a(buffer, start, end) === block.last;

export function blockMeta(
  block: BlockState,
  program: string,
  hold: LineHold,
  offset: number,
  length: number,
): SyslogMeta {
  const { source, defaultHost } = hold.context;
  const time: EpochMs = epochMs(block.time);
  return {
    time,
    host: defaultHost,
    program,
    pid: -1,
    ref: { source, offset, length, next: null },
    lineHash: block.hash,
  };
}

/** Where a message went. `text`: the file, folder or command, and its size as logged. */
export function emitDelivered(
  meta: SyslogMeta,
  hold: LineHold,
  where: { readonly channel: MailDelivery['channel']; readonly name: string; readonly size: string },
): Verdict {
  hold.add({
    kind: 'mail.delivered',
    ...mailBase(meta, MAIL_PHASE.fate, ''),
    recipient: '',
    originalRecipient: '',
    relay: '',
    channel: where.channel,
    delaySeconds: -1,
    dsn: '',
    text: `${where.name} (${where.size} bytes)`,
  });
  return EMIT;
}

export const EMPTY = skip('empty line');
export const IN_BLOCK = skip('line of a delivery block, used with its last');
export const SUBJECT = skip('subject, never kept');
