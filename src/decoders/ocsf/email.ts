import { fnv1a } from '../../core/hash.ts';
import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { EmitEvent } from '../contract.ts';
import { type JsonMeta, type JsonObject, PHASE } from '../json-lines/record.ts';
import { objectAt, textAt, textsAt } from '../json-lines/values.ts';
import { type Around, endsOf, idAt, sha256Of } from './objects.ts';

const NO_EMAIL = reject('OCSF email event without an email');
const NO_FILE = reject('OCSF email file without a file');
const NOTHING = skip('OCSF email without sender, recipients and message id');

const FILES_MAX = 256;
const RECIPIENTS_MAX = 4096;

/**
 * Email Activity (4009): a message as a gateway, an MTA or a sensor tells it. The envelope counts (`smtp_from`, `smtp_to`, or `from` and
 * `to` of the event), the headers' addresses stand in where there is none. `subject`, `raw_header`, `http_headers` and what stands in
 * `to`, `cc` and `reply_to` of the message otherwise are never read.
 * Source: ocsf-schema events/network/email_activity.json, objects/email.json, file.json, fingerprint.json. Emits: smtp.seen,
 * file.transferred.
 */
export function decodeEmail(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const email = objectAt(record, 'email');
  if (email === undefined) return NO_EMAIL;
  const sender = bare(textAt(email, 'smtp_from') || textAt(record, 'from') || textAt(email, 'from'));
  const recipients = [email.smtp_to, record.to, email.to]
    .map(list => textsAt({ list }, RECIPIENTS_MAX, 'list').map(bare))
    .find(list => list.length > 0);
  const messageId = textAt(email, 'message_uid');
  if (sender === '' && recipients === undefined && messageId === '') return NOTHING;
  const uid = textAt(email, 'uid') || messageId;
  const ends = endsOf(record);
  const flowId = ends.flowId || madeOf(`${uid} ${around.time} ${sender}`);
  const files: readonly unknown[] = Array.isArray(email.files) ? email.files.slice(0, FILES_MAX) : [];
  const parts = files.filter(
    (each): each is JsonObject => typeof each === 'object' && each !== null && !Array.isArray(each),
  );
  const ids = parts.map((_, index) => `${flowId}.${index}`);
  const base = { ...around, ...ends, flowId, transaction: -1 };
  emit({
    kind: 'smtp.seen',
    ...base,
    order: meta.arrival(PHASE.seen),
    helo: textAt(record, 'smtp_hello'),
    sender,
    recipients: recipients ?? [],
    messageId,
    userAgent: untrusted(''),
    lastReply: textAt(record, 'status_detail').slice(0, 512),
    tls: objectAt(record, 'tls') !== undefined,
    dataSeen: true,
    fileIds: ids,
    attachmentNames: [],
  });
  parts.forEach((file, index) => {
    emit({
      kind: 'file.transferred',
      ...base,
      order: meta.arrival(PHASE.seen) + (index + 1) / 512,
      fileId: ids[index] as string,
      service: 'SMTP',
      server: untrusted(''),
      name: textAt(file, 'name'),
      type: untrusted(textAt(file, 'mime_type').toLowerCase()),
      sizeBytes: idAt(file, 'size'),
      sha256: sha256Of(file),
      outbound: true,
    });
  });
  return EMIT;
}

/**
 * Email File Activity (4011, until 1.3): one file of a message, which `email_uid` names.
 * Source: ocsf-schema events/network/email_file_activity.json. Emits: attachment.seen.
 */
export function decodeEmailFile(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const file = objectAt(record, 'file');
  if (file === undefined) return NO_FILE;
  const email = objectAt(record, 'email') ?? {};
  emit({
    kind: 'attachment.seen',
    ...around,
    order: meta.arrival(PHASE.seen),
    program: 'ocsf',
    pid: -1,
    queueId: '',
    name: textAt(file, 'name'),
    declaredType: untrusted(textAt(file, 'mime_type').toLowerCase()),
    sizeBytes: idAt(file, 'size'),
    sha256: sha256Of(file),
    messageId: textAt(email, 'message_uid') || textAt(record, 'email_uid'),
    realType: untrusted(''),
  });
  return EMIT;
}

/** An address without `<` and `>` and a name before it. */
function bare(text: string): Untrusted {
  const open = text.lastIndexOf('<');
  const close = text.indexOf('>', open);
  return untrusted(open >= 0 && close > open ? text.slice(open + 1, close) : text);
}

function madeOf(text: string): string {
  const bytes = Buffer.from(text);
  return `ocsf-${fnv1a(bytes, 0, bytes.length).toString(16)}`;
}
