import type { MimeNode } from '@zone-eu/mailsplit';
import { sha256 } from '../../core/hash.ts';
import type { ReadMessage } from './contract.ts';
import { headerDate } from './mail-date.ts';

/** What the headers of a message tell of its way here. Its subject and its people are not looked at. */
export type HeaderFacts = Omit<ReadMessage, 'parts' | 'attachments' | 'trouble'>;

export const NO_HEADERS: HeaderFacts = Object.freeze({
  messageId: '',
  returnPath: null,
  deliveredTo: '',
  receivedTime: -1,
  dateTime: -1,
  delivered: false,
  deleted: false,
  identity: '',
  headerBytes: 0,
});

const VALUE_MAX = 998;
/** Mozilla's flag of a message that was deleted and waits for compaction (nsMsgMessageFlags: Expunged). */
const MOZILLA_EXPUNGED = 0x0008;

/**
 * Source: RFC 5322 sections 3.6.4 and 3.6.7 (trace fields, newest on top), Postfix local(8) for Delivered-To and
 * X-Original-To, Exim's envelope_to_add for Envelope-To. Trust: what stands above the topmost Received header and that
 * header itself were written here; Message-ID and Date are the sender's.
 */
export function factsOfHeaders(node: MimeNode, headerBytes: number): HeaderFacts {
  const first = new Map<string, string>();
  const received: string[] = [];
  for (const { key, line } of node.headers === false ? [] : node.headers.getList()) {
    if (!WANTED.has(key)) continue;
    const value = unfolded(line.slice(line.indexOf(':') + 1));
    if (key === 'received') received.push(value);
    else if (!first.has(key)) first.set(key, value.slice(0, VALUE_MAX));
  }
  const of = (name: string): string => first.get(name) ?? '';
  const returnPath = first.get('return-path');
  const top = received[0] ?? '';
  const mozilla = Number.parseInt(of('x-mozilla-status'), 16);
  return {
    messageId: of('message-id'),
    returnPath: returnPath === undefined ? null : bare(returnPath),
    deliveredTo: bare(of('delivered-to') || of('x-original-to') || of('envelope-to')),
    receivedTime: timeOf(top.slice(top.lastIndexOf(';') + 1)),
    dateTime: timeOf(of('date')),
    delivered: received.length > 0 || returnPath !== undefined || first.has('delivered-to'),
    deleted: (mozilla & MOZILLA_EXPUNGED) !== 0 || of('x-status').includes('D'),
    identity: sha256([of('message-id'), of('date'), ...received].join('\n')),
    headerBytes,
  };
}

const WANTED = new Set([
  'message-id',
  'return-path',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'received',
  'date',
  'x-mozilla-status',
  'x-status',
]);

const timeOf = (text: string): number => headerDate(text)?.time ?? -1;

const unfolded = (text: string): string =>
  text
    .replace(/[\r\n]/g, '')
    .replace(/\t/g, ' ')
    .trim();

const bare = (text: string): string => (text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1) : text);
