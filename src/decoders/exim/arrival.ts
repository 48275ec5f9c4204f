import type { Verdict } from '../../core/verdict.ts';
import { EMIT } from '../../core/verdict.ts';
import { decimalOf, pathEnd } from '../postfix/parts.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { type Peer, peerAt, quotedAt, wordEnd } from './parts.ts';
import { base, type EximSaid, MALFORMED } from './said.ts';

interface Arrival {
  sender: string;
  reference: string;
  peer: Peer | null;
  user: string;
  authenticated: string;
  sizeBytes: number;
  messageId: string;
  recipientCount: number;
}

/**
 * A message came in.
 *
 *   line := ("<=" | "(=") " " (address | "<>") [" R=" id] [" H=" peer [" I=[" address "]:" port]] [" U=" user] [" P=" protocol] *(" " field)
 *           " S=" bytes *(" " field) [" id=" message-id] [" T=" quoted] [" from <" path ">"] [" for" 1*(" " address)]
 *
 * Source: receive_msg() and add_host_info_for_log() in receive.c. `T=` is the subject: stepped over, never kept.
 */
export function decodeArrival(said: EximSaid): Verdict {
  const arrival = readArrival(said.text, said.at + 3);
  if (arrival === null || arrival.sizeBytes < 0) return MALFORMED;
  const { sender, sizeBytes, recipientCount } = arrival;
  emitOrigin(said, arrival);
  if (arrival.messageId !== '') {
    const messageId = `<${arrival.messageId}>`;
    said.emit({ kind: 'mail.identified', ...base(said, MAIL_PHASE.identified), messageId, resent: false });
  }
  said.emit({ kind: 'mail.queued', ...base(said, MAIL_PHASE.queued), sender, sizeBytes, recipientCount });
  return EMIT;
}

/** From a client, from a user of this host, or from Exim itself about another message (bounce, warning, automatic reply). */
function emitOrigin(said: EximSaid, arrival: Arrival): void {
  const { peer, reference, sender } = arrival;
  if (peer !== null || reference !== '') {
    said.emit({
      kind: 'mail.received',
      ...base(said, MAIL_PHASE.received),
      clientName: peer?.name ?? '',
      clientAddress: peer?.address ?? '',
      saslUser: arrival.authenticated,
      originQueueId: reference,
      ...(reference === '' ? {} : { origin: 'notification' as const }),
    });
  }
  if (peer !== null || (reference !== '' && sender === '')) return;
  said.emit({ kind: 'mail.submitted', ...base(said, MAIL_PHASE.submitted), uid: -1, user: arrival.user, sender });
}

function readArrival(text: string, at: number): Arrival | null {
  let p = wordEnd(text, at);
  const address = text.slice(at, p);
  if (address === '') return null;
  const arrival: Arrival = {
    sender: address === '<>' ? '' : address,
    reference: '',
    peer: null,
    user: '',
    authenticated: '',
    sizeBytes: -1,
    messageId: '',
    recipientCount: -1,
  };
  // The first word of a client's that may hold anything is its greeting; what it ends before is told from behind.
  const subject = text.indexOf(' T="', p);
  const front = text.lastIndexOf(' S=', subject < 0 ? text.length : subject);
  while (p < text.length) {
    const start = p + 1;
    if (text.startsWith('H=', start) && arrival.peer === null) {
      arrival.peer = peerAt(text, start + 2, front < 0 ? text.length : front);
      if (arrival.peer === null) return null;
      p = arrival.peer.end;
    } else if (text.startsWith('T="', start)) p = quotedAt(text, start + 2).end;
    else if (text.startsWith('for ', start)) {
      arrival.recipientCount = countWords(text, start + 4);
      p = text.length;
    } else if (text.startsWith('from <', start)) {
      const close = pathEnd(text, start + 5);
      p = close < 0 ? wordEnd(text, start + 5) : close + 1;
    } else {
      p = wordEnd(text, start);
      takeField(arrival, text.slice(start, p));
    }
  }
  return arrival;
}

/** Fields that are ours come first: of each the first counts. */
function takeField(arrival: Arrival, field: string): void {
  if (field.startsWith('S=') && arrival.sizeBytes < 0) arrival.sizeBytes = decimalOf(field, 2, field.length);
  else if (field.startsWith('R=') && arrival.sizeBytes < 0) arrival.reference = field.slice(2);
  else if (field.startsWith('U=') && arrival.peer === null && arrival.sizeBytes < 0) arrival.user = field.slice(2);
  else if (field.startsWith('A=') && arrival.sizeBytes < 0) arrival.authenticated = authenticatedId(field);
  else if (arrival.sizeBytes >= 0 && arrival.messageId === '') {
    if (field.startsWith('id=')) arrival.messageId = field.slice(3);
    else if (field.startsWith('id*=')) arrival.messageId = field.slice(4);
  }
}

/** `A=authenticator:id[:sender]`: who it was, '' when the authenticator sets no id. */
function authenticatedId(field: string): string {
  const colon = field.indexOf(':');
  if (colon < 0) return '';
  const second = field.indexOf(':', colon + 1);
  return field.slice(colon + 1, second < 0 ? undefined : second);
}

function countWords(text: string, at: number): number {
  let count = 0;
  for (let p = at; p < text.length; p = wordEnd(text, p) + 1) count += 1;
  return count;
}
