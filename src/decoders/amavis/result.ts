import type { WatchEvent } from '../../events/event.ts';
import type { JudgedAbout, JudgedAction, MailJudged } from '../../events/mail-events.ts';
import { FilterLine, scoreOf, upTo } from '../judged.ts';
import { mailBase } from '../mail-base.ts';
import { pathEnd } from '../postfix/parts.ts';
import { isQueueId } from '../postfix/said.ts';
import { MAIL_PHASE, type SyslogMeta } from '../syslog-contract.ts';
import { queueIdFor } from './parts.ts';

/**
 * The result of one message.
 *
 *   result := ("Passed" | "Blocked") SP category [" (" names ")"] [" {" done "}"] ", " [origin] "<" sender "> -> <" path ">" *(",<" path ">")
 *             *(", " key ": " value) [", Message-ID: " id] [", Resent-Message-ID: " id] ", mail_id: " word ", Hits: " score ", size: " bytes
 *             [", queued_as: " queue-id *("/" queue-id)] …
 *
 * Read from the left up to the recipients (quoted paths are closed with regard to quoting), then key by key; the Message-ID
 * ends at the last `, mail_id: `. False when the line has no recipients.
 */
export function decodeResult(
  text: string,
  at: number,
  id: string,
  meta: SyslogMeta,
  emit: (event: WatchEvent) => void,
): boolean {
  const passed = text.startsWith('Passed ', at);
  const from = at + (passed ? 7 : 8);
  const category = upTo(text, from, ' ,');
  const head = from + category.length;
  const names = namesAt(text, head);
  const done = doneAt(text, names.end);
  const rest = recipientsEnd(text, done.end);
  if (rest < 0 || category === '') return false;
  const mailId = text.lastIndexOf(', mail_id: ');
  const keysEnd = mailId < rest ? text.length : mailId;
  const queueId = queueIdIn(text, rest, keysEnd);
  const messageId = messageIdIn(text, rest, keysEnd);
  const tail = mailId < rest ? rest : mailId;
  link(text, tail, id, queueId, messageId, meta, emit);
  const line = new FilterLine(meta, emit, { queueId: queueId === '' ? queueIdFor(id) : queueId, messageId });
  if (category === 'BANNED') line.attached(bannedPart(names.text));
  const { about, verdict } = CATEGORIES.get(category) ?? OTHER;
  const hits = text.indexOf(', Hits: ', tail);
  line.judged(about, verdict, `${passed ? 'Passed' : 'Blocked'} ${knownWord(category)}`, {
    name: names.text,
    score: hits < 0 ? null : scoreOf(upTo(text, hits + 8, ', ')),
    action: actionOf(passed, category, done.text),
  });
  return true;
}

interface Category {
  readonly about: JudgedAbout;
  readonly verdict: MailJudged['verdict'];
}
const OTHER: Category = { about: 'message', verdict: 'neutral' };
const CATEGORIES: ReadonlyMap<string, Category> = new Map([
  ['CLEAN', { about: 'message', verdict: 'pass' }],
  ['SPAM', { about: 'spam', verdict: 'fail' }],
  ['SPAMMY', { about: 'spam', verdict: 'fail' }],
  ['INFECTED', { about: 'malware', verdict: 'fail' }],
  ['BANNED', { about: 'banned', verdict: 'fail' }],
  ['UNCHECKED', { about: 'message', verdict: 'error' }],
  ['MTA-BLOCKED', { about: 'message', verdict: 'error' }],
]);

/** Categories are amavis's own words: capitals, digits and dashes. */
function knownWord(category: string): string {
  if (category.length > 20) return 'OTHER';
  for (let i = 0; i < category.length; i++) {
    const code = category.charCodeAt(i);
    if (!(code >= 0x41 && code <= 0x5a) && code !== 0x2d && !(code >= 0x30 && code <= 0x39)) return 'OTHER';
  }
  return category;
}

function actionOf(passed: boolean, category: string, done: string): JudgedAction {
  if (done.includes('TempFailed')) return 'deferred';
  if (passed) return category.startsWith('SPAM') ? 'tagged' : 'none';
  if (done.includes('Quarantined')) return 'quarantined';
  if (done.includes('Rejected') || done.includes('Bounced')) return 'rejected';
  return done.includes('Discarded') ? 'discarded' : 'unknown';
}

/** What stands in the parentheses after the category; file names in it may hold parentheses. */
function namesAt(text: string, at: number): { text: string; end: number } {
  if (!text.startsWith(' (', at)) return { text: '', end: at };
  for (const after of [') {', '), ']) {
    const close = text.indexOf(after, at + 2);
    if (close >= 0) return { text: text.slice(at + 2, close), end: close + 1 };
  }
  return { text: '', end: at };
}

function doneAt(text: string, at: number): { text: string; end: number } {
  if (!text.startsWith(' {', at)) return { text: '', end: at };
  const close = text.indexOf('}', at);
  return close < 0 ? { text: '', end: at } : { text: text.slice(at + 2, close), end: close + 1 };
}

/** Position after the last recipient, -1 when there is none. */
function recipientsEnd(text: string, at: number): number {
  const open = text.indexOf('<', at);
  if (open < 0) return -1;
  let end = pathEnd(text, open);
  if (end < 0 || !text.startsWith(' -> ', end + 1)) return -1;
  let next = end + 5;
  for (let count = 0; count < 1000 && text.charCodeAt(next) === 0x3c; count++) {
    end = pathEnd(text, next);
    if (end < 0) return -1;
    if (text.charCodeAt(end + 1) !== 0x2c || text.charCodeAt(end + 2) !== 0x3c) return end + 1;
    next = end + 2;
  }
  return end + 1;
}

/** Only what amavis itself writes stands between the recipients and the Message-ID. */
function queueIdIn(text: string, from: number, to: number): string {
  const message = text.indexOf(', Message-ID: ', from);
  const at = text.indexOf(', Queue-ID: ', from);
  if (at < 0 || at > to || (message >= 0 && message < at)) return '';
  const found = upTo(text, at + 12, ', ');
  return isQueueId(found, 0, found.length) ? found : '';
}

function messageIdIn(text: string, from: number, to: number): string {
  const at = text.indexOf(', Message-ID: ', from);
  if (at < 0 || at >= to) return '';
  const id = text.slice(at + 14, to);
  const resent = id.indexOf(', Resent-Message-ID: ');
  return resent < 0 ? id : id.slice(0, resent);
}

/** The id of amavis's own and what it handed back belong to the message that it was given. */
function link(
  text: string,
  tail: number,
  id: string,
  queueId: string,
  messageId: string,
  meta: SyslogMeta,
  emit: (event: WatchEvent) => void,
): void {
  const own = queueIdFor(id);
  const nothing = { clientName: '', clientAddress: '', saslUser: '' };
  if (queueId !== '') {
    const base = mailBase(meta, MAIL_PHASE.received, own);
    emit({ kind: 'mail.received', ...base, ...nothing, originQueueId: queueId });
  }
  if (messageId !== '')
    emit({ kind: 'mail.identified', ...mailBase(meta, MAIL_PHASE.queued, own), messageId, resent: false });
  const at = text.indexOf(', queued_as: ', tail);
  if (queueId === '' || at < 0) return;
  upTo(text, at + 13, ', ')
    .split('/')
    .slice(0, 16)
    .filter(back => back !== queueId && isQueueId(back, 0, back.length))
    .forEach((back, nth) => {
      const base = mailBase(meta, MAIL_PHASE.received, back, nth + 1);
      emit({ kind: 'mail.received', ...base, ...nothing, originQueueId: queueId });
    });
}

/** `application/zip,.exe,.exe-ms,name`: types first, then the name, which may hold commas. */
function bannedPart(names: string): { name: string; declaredType: string; realType: string } {
  const pieces = names.split(',');
  let declaredType = '';
  let realType = '';
  let i = 0;
  for (; i < pieces.length; i++) {
    const piece = pieces[i] as string;
    if (declaredType === '' && realType === '' && piece.includes('/') && !piece.includes(' ')) declaredType = piece;
    else if (piece.startsWith('.') && piece.length <= 12 && !piece.includes(' ')) realType ||= piece.slice(1);
    else break;
  }
  return { name: pieces.slice(i).join(','), declaredType, realType };
}
