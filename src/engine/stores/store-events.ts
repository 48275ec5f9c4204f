import { contentId, fnv1a } from '../../core/hash.ts';
import { epochMs } from '../../core/time.ts';
import type { StoredAttachment } from '../../decoders/mail-store/contract.ts';
import type { AttachmentSeen, MailStored } from '../../events/mail-events.ts';
import type { StoredRecord } from './record.ts';

/** After every line that an MTA logs of the same moment: the store is what came of it. */
const PHASE = { stored: 11, attachment: 12 } as const;
const MEMBERS_MAX = 16;
const REF_BYTES_MAX = 1024 * 1024;

/** A message of a store as events: that it lies there, then what it carries. Content that lies inside archives has its path behind `!`. */
export function eventsOf(record: StoredRecord, defaultHost: string): (MailStored | AttachmentSeen)[] {
  const host = record.host === '' ? defaultHost : record.host;
  // The same copy found twice is one; the same message in two people's boxes is two.
  const id = contentId('store', [record.identity, record.owner === '' ? record.box : record.owner]).replace('-', '.');
  const time = epochMs(record.time);
  const base = { time, host, program: record.form, pid: -1, queueId: id };
  const stored: MailStored = {
    ...base,
    kind: 'mail.stored',
    order: orderOf(PHASE.stored, id),
    ref: { source: record.source, offset: record.offset, length: record.headerBytes, next: null },
    messageId: record.messageId,
    sender: record.sender ?? '',
    senderKnown: record.sender !== null,
    recipient: record.recipient,
    owner: record.owner,
    ownerFrom: record.ownerFrom,
    box: record.box,
    folder: record.folder,
    sizeBytes: record.sizeBytes,
    arrivedTime: record.arrivedTime,
    timeFrom: record.timeFrom,
    delivered: record.delivered,
    attachmentCount: record.attachments.length,
  };
  const seen = (
    name: string,
    of: StoredAttachment,
    own: Pick<StoredAttachment, 'declaredType' | 'realType' | 'sizeBytes' | 'sha256'>,
    nth: string,
  ): AttachmentSeen => ({
    ...base,
    kind: 'attachment.seen',
    order: orderOf(PHASE.attachment, `${id} ${nth}`),
    // A part that is too large to be read again at the end is shown by its message's headers.
    ref:
      of.offset < 0 || of.length > REF_BYTES_MAX
        ? stored.ref
        : { source: record.source, offset: of.offset, length: of.length, next: null },
    messageId: record.messageId,
    name,
    declaredType: own.declaredType,
    realType: own.realType,
    sizeBytes: own.sizeBytes,
    sha256: own.sha256,
  });
  const attachments = record.attachments.flatMap(each => {
    const name = [...each.within, each.name].join('!');
    const members = each.members.slice(0, MEMBERS_MAX).map((member, i) => {
      const facts = { declaredType: '', realType: '', sizeBytes: member.sizeBytes, sha256: '' };
      return seen(`${name}!${member.name}`, each, facts, `${each.part} ${i}`);
    });
    return [seen(name, each, each, each.part), ...members];
  });
  return [stored, ...attachments];
}

function orderOf(phase: number, id: string): number {
  const bytes = Buffer.from(id);
  return phase * 4294967296 + fnv1a(bytes, 0, bytes.length);
}
