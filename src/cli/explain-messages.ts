import { isoUtc } from '../core/time.ts';
import { type ContentState, type StoredAttachment, TROUBLE } from '../decoders/mail-store/contract.ts';
import type { StoredRecord } from '../engine/stores/record.ts';
import { count, padStart, plural } from '../sinks/layout.ts';
import { jsonLine } from '../sinks/ndjson.ts';
import { paintFor } from '../sinks/paint.ts';
import { printable } from '../sinks/printable.ts';

/** What was understood of a message in a store: names, sizes, types, hashes, times, people of the envelope. Never its text or subject. */
export function messageFacts(record: StoredRecord, number: number) {
  const { sender, attachments } = record;
  return {
    message: number,
    offset: record.offset,
    form: record.form,
    client: record.client,
    box: record.box,
    folder: record.folder,
    owner: record.owner,
    ownerFrom: record.ownerFrom,
    messageId: record.messageId,
    sender,
    recipient: record.recipient,
    time: isoUtc(record.time),
    timeFrom: record.timeFrom,
    received: record.arrivedTime < 0 ? null : isoUtc(record.arrivedTime),
    delivered: record.delivered,
    deleted: record.deleted,
    flags: record.flags,
    sizeBytes: record.sizeBytes,
    parts: record.parts,
    trouble: record.trouble,
    attachments: attachments.map(each => ({
      part: each.part,
      name: [...each.within, each.name].join('!'),
      declaredType: each.declaredType,
      realType: each.realType,
      sizeBytes: each.sizeBytes,
      sha256: each.sha256,
      state: each.state,
      members: each.members.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
    })),
  };
}

const MEMBERS_SHOWN = 8;

const STATE: Readonly<Record<ContentState, string>> = {
  whole: 'whole',
  damaged: 'damaged',
  encrypted: 'encrypted',
  'over-bound': 'larger than is read',
};

/** Deeper than this, only how deep is told. */
const AROUND_SHOWN = 2;

function shownName({ name, within }: StoredAttachment): string {
  const own = printable(name, 200) || 'without a name';
  if (within.length > AROUND_SHOWN) return `${own}, inside ${within.length} others`;
  return [own, ...within.toReversed().map(each => printable(each, 200) || 'a message without a name')].join(' in ');
}

/** The same for people. */
export function* messageLines(record: StoredRecord, number: number, color: boolean): Generator<string> {
  const facts = messageFacts(record, number);
  const { attachments } = record;
  const paint = paintFor(color);
  const name = (text: string) => printable(text, 200);
  const from = facts.sender === null ? 'sender unknown' : `from <${name(facts.sender)}>`;
  const put = facts.delivered ? 'delivered' : 'put there by a client or tool';
  const where = facts.folder === '' ? '' : `, folder ${name(facts.folder)}`;
  yield `${padStart(String(number), 7)}  ${paint('bold', facts.time)} (${facts.timeFrom})  ${count(facts.sizeBytes)} bytes, ${plural(facts.parts, 'part')}${where}\n`;
  yield `         ${from}${facts.recipient === '' ? '' : ` to <${name(facts.recipient)}>`}, ${put}${facts.deleted ? ', marked as deleted' : ''}, message-id ${facts.messageId === '' ? 'none' : name(facts.messageId)}\n`;
  for (const [i, each] of facts.attachments.entries()) {
    const real = each.realType === '' || each.realType === each.declaredType ? '' : `, is ${name(each.realType)}`;
    const state = each.state === 'whole' ? '' : `, ${paint('red', STATE[each.state])}`;
    const hash = `${state}${each.sha256 === '' ? '' : `, sha256 ${each.sha256}`}`;
    yield `         ${paint('bold', shownName(attachments[i] as StoredAttachment))}  ${name(each.declaredType)}${real}, ${each.sizeBytes < 0 ? 'length unknown' : `${count(each.sizeBytes)} bytes`}${hash}\n`;
    for (const member of each.members.slice(0, MEMBERS_SHOWN))
      yield `           holds ${name(member.name)}${member.sizeBytes < 0 ? '' : `, ${count(member.sizeBytes)} bytes`}\n`;
    if (each.members.length > MEMBERS_SHOWN) yield `           and ${each.members.length - MEMBERS_SHOWN} more\n`;
  }
  for (const each of facts.trouble) yield `         ${paint('red', TROUBLE[each])} (${each})\n`;
}

export const messageJson = (record: StoredRecord, number: number, source: string): string =>
  jsonLine({ source, ...messageFacts(record, number) });
