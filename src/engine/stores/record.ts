import { baseName } from '../../core/paths.ts';
import type { Untrusted } from '../../core/untrusted.ts';
import type { StoredAttachment, Trouble } from '../../decoders/mail-store/contract.ts';
import { inbox } from '../../decoders/mail-store/layout.ts';
import { maildirName } from '../../decoders/mail-store/maildir-name.ts';
import { envelopeSender } from '../../decoders/mail-store/mbox-index.ts';
import type { StoreOwnerBasis, StoreTimeBasis } from '../../events/mail-events.ts';
import { ownerOfStore } from '../../state/identity/store-owner.ts';
import type { MailIdentity } from '../../state/mail/contract.ts';
import type { StoreFile } from './plan-stores.ts';
import type { StoreItem } from './read-store.ts';
import { storeTime } from './store-time.ts';

/** One message in the inventory of a store. Never its subject, its text or its people but the envelope's. */
export interface StoredRecord {
  readonly source: number;
  readonly file: string;
  readonly form: StoreFile['form'];
  readonly client: string;
  readonly host: string;
  readonly box: Untrusted;
  readonly folder: Untrusted;
  readonly owner: string;
  readonly ownerFrom: StoreOwnerBasis;
  readonly messageId: Untrusted;
  /** Envelope sender, '' for the null sender; null when nothing tells. */
  readonly sender: Untrusted | null;
  readonly recipient: Untrusted;
  readonly time: number;
  readonly timeFrom: StoreTimeBasis;
  /** By the topmost Received header, -1 when there is none. */
  readonly arrivedTime: number;
  /** Delivery software put it there, and is done with it. */
  readonly delivered: boolean;
  readonly deleted: boolean;
  /** Letters of a Maildir name. */
  readonly flags: string;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly headerBytes: number;
  readonly parts: number;
  readonly attachments: readonly StoredAttachment[];
  readonly trouble: readonly Trouble[];
  /** What identifies this copy, hex. */
  readonly identity: string;
}

export interface RecordSetting {
  readonly identity: MailIdentity;
  readonly zoneOffsetMinutes: number;
  /** Owner of the file, -1 when unknown. */
  readonly fileUid: number;
}

export function recordOf(store: StoreFile, { range, message }: StoreItem, setting: RecordSetting): StoredRecord {
  const { file, place, form } = store;
  const base = baseName(file.name);
  const time = storeTime(base, range, message, { mtimeMs: file.mtimeMs, zoneOffsetMinutes: setting.zoneOffsetMinutes });
  const { owner, from } = ownerOfStore(
    place.box,
    message.deliveredTo,
    setting.fileUid,
    setting.identity.onHost(store.host),
  );
  const envelope = form === 'mbox' ? envelopeSender(range.envelope) : null;
  return {
    source: store.source,
    file: file.name,
    form,
    client: place.client,
    host: store.host,
    box: place.box,
    folder: form === 'dbox' && place.folder === '' ? inbox(range.envelope) : place.folder,
    owner,
    ownerFrom: from,
    messageId: message.messageId,
    sender: message.returnPath ?? envelope,
    recipient: message.deliveredTo,
    time: time.time,
    timeFrom: time.from,
    arrivedTime: message.receivedTime,
    delivered: message.delivered && !place.temporary,
    deleted: message.deleted,
    flags: maildirName(base)?.flags ?? '',
    offset: range.offset,
    sizeBytes: range.length,
    headerBytes: message.headerBytes,
    parts: message.parts,
    attachments: message.attachments,
    trouble: [...range.trouble.filter(each => !message.trouble.includes(each)), ...message.trouble],
    identity: message.identity,
  };
}

/** A message that an earlier run read, in the light of this one: the file may have another name, flag and place, its owner may be known by now. */
export function recordAgain(record: StoredRecord, store: StoreFile, setting: RecordSetting): StoredRecord {
  const { file, place } = store;
  const { owner, from } = ownerOfStore(
    place.box,
    record.recipient,
    setting.fileUid,
    setting.identity.onHost(store.host),
  );
  return {
    ...record,
    source: store.source,
    file: file.name,
    host: store.host,
    box: place.box,
    folder: store.form === 'dbox' && place.folder === '' ? record.folder : place.folder,
    owner,
    ownerFrom: from,
    flags: maildirName(baseName(file.name))?.flags ?? '',
  };
}
