import type { Untrusted } from '../../core/untrusted.ts';

/**
 * The id under which whoever took a message knows it from then on, by its answer to the end of DATA; '' when it says none.
 *
 *   postfix  := "250 2.0.0 Ok: queued as " id          exim := "250 OK id=" id
 *   sendmail := "250 2.0.0 " id " Message accepted for delivery"      opensmtpd likewise
 *   amavis   := "250 2.0.0 from MTA(" … "): " answer of the MTA behind it
 *   dovecot  := "250 2.0.0 <" user "> " session " Saved"
 *
 * Dovecot's session becomes an id as its own log lines have it (see MailEventBase.queueId). Source: Postfix smtpd(8), Exim
 * specification chapter 51, Sendmail srvrsmtp.c, amavisd's README.postfix, Dovecot's lmtp; recordings. Trust: it is the
 * other server's word, and joins only where more than the id fits.
 */
export function nextIdIn(answer: Untrusted): string {
  const text = answer.length > 1024 ? answer.slice(-1024) : answer;
  for (const mark of ['queued as ', ' id=']) {
    const at = text.lastIndexOf(mark);
    if (at >= 0) return wordAt(text, at + mark.length);
  }
  const accepted = text.indexOf(' Message accepted');
  if (accepted >= 0) {
    const from = text.lastIndexOf(' ', accepted - 1) + 1;
    // Sendmail logs it as `Sent (ID Message accepted for delivery)`.
    return wordAt(text, text.charCodeAt(from) === 0x28 ? from + 1 : from);
  }
  if (!text.endsWith(' Saved')) return '';
  const session = text.slice(text.lastIndexOf(' ', text.length - 7) + 1, -6);
  return session.length >= SESSION_CHARS && isBase64(session) ? `dovecot.${session}` : '';
}

/** Dovecot's session ids are 16 bytes and more in base64, with `:R2` behind them for a second recipient. */
const SESSION_CHARS = 16;

function wordAt(text: string, at: number): string {
  let end = at;
  while (end < text.length && isIdChar(text.charCodeAt(end))) end += 1;
  return text.slice(at, end);
}

const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
const isIdChar = (code: number): boolean => (code >= 0x30 && code <= 0x39) || isLetter(code) || code === 0x2d;

function isBase64(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // `/` and digits lie side by side, and `:` behind them.
    if (!isLetter(code) && code !== 0x2b && !(code >= 0x2f && code <= 0x3a)) return false;
  }
  return true;
}

/** Given to a program on the same host: by loopback or a socket file. */
export function isLocalRelay(relay: Untrusted): boolean {
  return relay.includes('[127.') || relay.includes('[::1]') || relay.includes('[private/') || relay.includes('[/');
}

/** What delivery software wrote under an id of its own; the MTA that handed the message over has another. */
export const isDeliveryId = (queueId: string): boolean => queueId.startsWith('dovecot.');

const labelOf = (name: string): string => {
  const dot = name.indexOf('.');
  return (dot < 0 ? name : name.slice(0, dot)).toLowerCase();
};

/** A relay or client by this name may be the host that logs call so: equal up to the first dot, neither being an address. */
export function mayBeHost(name: Untrusted, host: string): boolean {
  const bracket = name.indexOf('[');
  const own = bracket < 0 ? name : name.slice(0, bracket);
  const label = labelOf(own);
  return label !== '' && label !== 'unknown' && label !== 'localhost' && label === labelOf(host);
}
