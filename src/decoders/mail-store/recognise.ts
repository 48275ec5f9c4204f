import { isDbox } from './dbox-index.ts';
import { envelopeDate } from './mail-date.ts';
import { maildirName } from './maildir-name.ts';
import { isHeader } from './mbox-index.ts';

/** How the messages of a file lie in it. `index`: no mail, but part of a store: what a server or client keeps beside it. */
export type StoreForm = 'mbox' | 'maildir' | 'dbox' | 'eml' | 'index';

/**
 * What a file of the evidence is as mail, null when it is none. By content first: a `From ` line with a date or headers
 * behind it, Dovecot's dbox header, a header block with fields that only mail has. A place in a Maildir makes any header
 * block a message. `name` is the file's name in the evidence.
 *
 * Asked before any log format: what a message quotes must never be read as a log.
 */
export function storeFormOf(name: string, sample: Buffer): StoreForm | null {
  const parts = name.split('/');
  const base = parts.at(-1) ?? '';
  if (isIndex(base, parts, sample)) return 'index';
  if (sample.length === 0 || isDeliveryLog(sample)) return null;
  const inMaildir = isMaildirPlace(parts);
  if (beginsMbox(sample)) return inMaildir ? 'maildir' : 'mbox';
  if (isDbox(sample)) return 'dbox';
  const fields = mailFields(sample);
  if (inMaildir) return fields.headers > 0 ? 'maildir' : null;
  return (fields.known >= 2 && fields.sure > 0) || (fields.known > 0 && base.endsWith('.eml')) ? 'eml' : null;
}

/** A file right below `cur`, `new` or `tmp`, named as maildir(5) says or as a client does that keeps Maildirs (`.eml`). */
function isMaildirPlace(parts: readonly string[]): boolean {
  const folder = parts.at(-2);
  const base = parts.at(-1) ?? '';
  if (folder !== 'cur' && folder !== 'new' && folder !== 'tmp') return false;
  return maildirName(base) !== null || base.endsWith('.eml');
}

/**
 * The logs of procmail and maildrop begin as mail does. What follows tells them apart: no header begins with a blank right after the
 * `From ` line, and none is called `Subj`.
 */
function isDeliveryLog(sample: Buffer): boolean {
  const [first = '', second = '', third = '', fourth = ''] = sample.toString('latin1', 0, 4096).split('\n', 4);
  if (first.startsWith('From ')) return second.startsWith(' Subject:') || second.startsWith('  Folder: ');
  if (!first.startsWith('Date: ') || !second.startsWith('From: ') || !third.startsWith('Subj: ')) return false;
  return fourth.startsWith('File: ') || fourth.startsWith('!Err: ');
}

function beginsMbox(sample: Buffer): boolean {
  if (sample.toString('latin1', 0, 5) !== 'From ') return false;
  const end = sample.indexOf(10);
  const line = sample.toString('latin1', 0, end < 0 ? Math.min(512, sample.length) : Math.min(end, 512));
  if (envelopeDate(line) !== null) return true;
  const next = end < 0 ? -1 : sample.indexOf(10, end + 1);
  return next > 0 && isHeader(sample, end + 1, next);
}

/** Fields that only a message has, and others that messages have. */
const SURE = new Set(['received', 'message-id', 'return-path', 'from', 'delivered-to', 'x-mozilla-status']);
const KNOWN = new Set([
  ...SURE,
  'to',
  'cc',
  'subject',
  'date',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'reply-to',
  'sender',
  'x-original-to',
  'envelope-to',
  'dkim-signature',
  'x-mailer',
  'user-agent',
]);
const HEADERS_LOOKED_AT = 200;

/** How many header fields the beginning has, up to the empty line; all zero when a line is neither header nor its folding. */
function mailFields(sample: Buffer): { headers: number; known: number; sure: number } {
  const known = new Set<string>();
  const sure = new Set<string>();
  let headers = 0;
  for (let start = 0; start < sample.length && headers < HEADERS_LOOKED_AT; ) {
    const feed = sample.indexOf(10, start);
    const end = feed < 0 ? sample.length : feed;
    const first = sample[start];
    if (end === start || (end === start + 1 && first === 13)) break;
    if (isHeader(sample, start, end)) {
      headers += 1;
      const colon = sample.indexOf(0x3a, start);
      const field = sample.toString('latin1', start, colon).toLowerCase();
      if (KNOWN.has(field)) known.add(field);
      if (SURE.has(field)) sure.add(field);
    } else if (headers === 0 || (first !== 0x20 && first !== 9)) return feed < 0 && headers > 0 ? found() : NONE;
    start = end + 1;
  }
  return found();

  function found() {
    return { headers, known: known.size, sure: sure.size };
  }
}

const NONE = { headers: 0, known: 0, sure: 0 };

/** Dovecot's indexes, Mozilla's Mork and SQLite files, Evolution's and KMail's: told by content where they have a mark of their own. */
function isIndex(base: string, parts: readonly string[], sample: Buffer): boolean {
  if (
    /^dovecot(?:\.list|\.map)?(?:\.index(?:\.log|\.cache)?|-uidlist|-uidvalidity|-keywords|\.index\.log\.2)(?:\.[0-9a-f]{8})?$/.test(
      base,
    )
  )
    return true;
  if (base === 'maildirfolder' || base === 'maildirsize' || base === 'subscriptions') return sample.length < 4096;
  const head = sample.toString('latin1', 0, 32);
  if (head.startsWith('// <!-- <mdb:mork:z')) return true;
  if (!head.startsWith('SQLite format 3\0')) return false;
  return parts.includes('evolution') || parts.includes('akonadi') || parts.includes('.thunderbird');
}
