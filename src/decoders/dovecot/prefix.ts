/** What stands before the message in every line of Dovecot's: which service, for whom, as which process, in which session. */
export interface Prefix {
  /** `imap`, `lmtp`, `imap-login`, `auth-worker`, `master`, … */
  readonly service: string;
  /** Whose mailbox, '' when the service serves nobody yet. */
  readonly user: string;
  /** -1 when not said. */
  readonly pid: number;
  /** Session id with its recipient's number (`:R2`), '' when not said. */
  readonly session: string;
  /** Position of the message. */
  readonly at: number;
}

const SERVICE_MAX = 40;
const USER_MAX = 1024;

/**
 * The prefix at the beginning of `text`, or null.
 *
 *   2.3, 2.4 := service ["(" user ")"] ["<" pid ">"] ["<" session ">"] ": "     user a number: the process of a service
 *   2.2      := service ["(" pid ["," SP] [user] ")"] ": " [session ": "]
 *
 * Source: Dovecot settings manual, mail_log_prefix; recordings of 2.3.19 and 2.4.1. The user is one who has a mailbox or has
 * logged in; its closing parenthesis is the first one that goes on as the grammar says.
 */
export function prefixOf(text: string): Prefix | null {
  let p = 0;
  while (p < SERVICE_MAX && isServiceByte(text.charCodeAt(p))) p += 1;
  if (p === 0) return null;
  const service = text.slice(0, p);
  let user = '';
  let pid = -1;
  if (text.charCodeAt(p) === OPEN) {
    const close = closeOf(text, p + 1);
    if (close < 0) return null;
    const inside = text.slice(p + 1, close);
    const comma = inside.indexOf(',');
    const first = numberOf(comma < 0 ? inside : inside.slice(0, comma));
    if (first < 0) user = inside;
    else {
      pid = first;
      if (comma >= 0) user = inside.slice(comma + 1).trim();
    }
    p = close + 1;
  }
  let session = '';
  for (let angles = 0; angles < 2 && text.charCodeAt(p) === LESS; angles++) {
    const close = text.indexOf('>', p);
    if (close < 0 || close - p > 80) return null;
    const inside = text.slice(p + 1, close);
    const number = numberOf(inside);
    if (angles === 0 && number >= 0) pid = number;
    else session = inside;
    p = close + 1;
  }
  if (text.charCodeAt(p) !== COLON || text.charCodeAt(p + 1) !== SP) return null;
  p += 2;
  if (session === '' && service === 'lmtp' && user !== '') {
    const end = text.indexOf(': ', p);
    if (end > p + 15 && end - p < 48 && isSessionId(text, p, end)) {
      session = text.slice(p, end);
      p = end + 2;
    }
  }
  return { service, user, pid, session, at: p };
}

const OPEN = 0x28;
const LESS = 0x3c;
const COLON = 0x3a;
const SP = 0x20;

/** Lower case letters, digits, `-`, `_`. */
function isServiceByte(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || code === 0x2d || code === 0x5f || (code >= 0x30 && code <= 0x39);
}

/** The first `)` that `<` or `: ` follows. */
function closeOf(text: string, from: number): number {
  for (let at = text.indexOf(')', from); at >= 0 && at - from <= USER_MAX; at = text.indexOf(')', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === LESS || (next === COLON && text.charCodeAt(at + 2) === SP)) return at;
  }
  return -1;
}

export function numberOf(text: string): number {
  if (text.length === 0 || text.length > 10) return -1;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return -1;
  return Number(text);
}

/** Base64 without blanks, as Dovecot makes ids. */
function isSessionId(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    const letter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
    if (!letter && code !== 0x2b && code !== 0x2f && code !== COLON && code !== 0x52) return false;
  }
  return true;
}
