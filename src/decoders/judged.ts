import type { WatchEvent } from '../events/event.ts';
import type { AttachmentSeen, JudgedAbout, JudgedAction, MailJudged } from '../events/mail-events.ts';
import { mailBase } from './mail-base.ts';
import { MAIL_PHASE, type SyslogMeta } from './syslog-contract.ts';

/** Which message a filter speaks of: by the MTA's queue id, by Message-ID, or both; '' when the line does not say. */
export interface FilteredMessage {
  readonly queueId: string;
  readonly messageId: string;
}

/** Makes the events of one line of a filter's. Each gets an order of its own. */
export class FilterLine {
  readonly #meta: SyslogMeta;
  readonly #emit: (event: WatchEvent) => void;
  readonly #message: FilteredMessage;
  #judged = 0;
  #attached = 0;

  constructor(meta: SyslogMeta, emit: (event: WatchEvent) => void, message: FilteredMessage) {
    this.#meta = meta;
    this.#emit = emit;
    this.#message = message;
  }

  judged(
    about: JudgedAbout,
    verdict: MailJudged['verdict'],
    said: string,
    more: { name?: string; part?: string; score?: number | null; action?: JudgedAction } = {},
  ): void {
    const { queueId, messageId } = this.#message;
    this.#emit({
      kind: 'mail.judged',
      ...mailBase(this.#meta, MAIL_PHASE.attachment, queueId, this.#judged),
      messageId,
      about,
      verdict,
      said,
      name: more.name ?? '',
      part: more.part ?? '',
      score: more.score ?? null,
      action: more.action ?? 'unknown',
    });
    this.#judged += 1;
  }

  /** An attachment's events stand one phase before judgements, so that their orders never meet. */
  attached(seen: Partial<Pick<AttachmentSeen, 'name' | 'declaredType' | 'realType' | 'sizeBytes' | 'sha1'>>): void {
    const { queueId, messageId } = this.#message;
    this.#emit({
      kind: 'attachment.seen',
      ...mailBase(this.#meta, MAIL_PHASE.identified, queueId, this.#attached),
      name: seen.name ?? '',
      declaredType: seen.declaredType ?? '',
      realType: seen.realType ?? '',
      sizeBytes: seen.sizeBytes ?? -1,
      sha256: '',
      ...(seen.sha1 === undefined || seen.sha1 === '' ? {} : { sha1: seen.sha1 }),
      messageId,
    });
    this.#attached += 1;
  }
}

/** A decimal number with sign and fraction, null for anything else. */
export function scoreOf(text: string): number | null {
  if (text.length === 0 || text.length > 16) return null;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) digits += 1;
    else if (code === 0x2d ? i > 0 : code !== 0x2e) return null;
  }
  const value = digits === 0 ? Number.NaN : Number(text);
  return Number.isNaN(value) ? null : value;
}

/** Up to the next of these characters, or to the end. */
export function upTo(text: string, from: number, marks: string): string {
  let end = from;
  while (end < text.length && !marks.includes(text.charAt(end))) end += 1;
  return text.slice(from, end);
}
