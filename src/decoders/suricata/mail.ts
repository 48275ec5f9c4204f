import { baseName } from '../../core/paths.ts';
import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import { EMIT, skip, type Verdict } from '../../core/verdict.ts';
import type { NetworkEventBase } from '../../events/network-events.ts';
import type { EmitEvent } from '../contract.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { numberAt, objectAt, textAt, textsAt } from '../json-lines/values.ts';
import { unbracketed } from '../zeek/fields.ts';
import { hexOf } from '../zeek/files.ts';
import { oriented } from './orient.ts';

const END = skip('EVE smtp end of a connection');
const ITEMS_MAX = 256;

/**
 * An SMTP transaction: the envelope from `smtp`; names of attachments and the message id from `email`, and the addresses
 * of the header only where the envelope was not logged. Suricata logs commands and not the server's answers: a recipient
 * that was refused stands among the others. `email` is there when a message was parsed, which a site may
 * turn off. A connection's
 * last record, behind its messages, has the greeting again and nothing more.
 *
 * Source: Suricata, src/output-json-smtp.c, src/output-json-email-common.c.
 */
export function decodeSmtp(record: JsonObject, body: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const parsed = objectAt(record, 'email');
  const email = parsed ?? {};
  const recipients = textsAt(body, ITEMS_MAX, 'rcpt_to');
  const sender = unbracketed(textAt(body, 'mail_from')) || addressIn(textAt(email, 'from'));
  const transaction = numberAt(record, -1, 'tx_id');
  if (transaction > 0 && sender === '' && recipients.length === 0 && parsed === undefined) return END;
  emit({
    kind: 'smtp.seen',
    ...base,
    helo: textAt(body, 'helo'),
    sender,
    recipients: recipients.length > 0 ? recipients.map(unbracketed) : textsAt(email, ITEMS_MAX, 'to').map(addressIn),
    messageId: textAt(email, 'message_id'),
    userAgent: textAt(email, 'x_mailer') || textAt(email, 'user_agent'),
    lastReply: untrusted(''),
    tls: false,
    dataSeen: parsed !== undefined,
    transaction,
    fileIds: [],
    attachmentNames: textsAt(email, ITEMS_MAX, 'attachment'),
  });
  return EMIT;
}

/** The address in a header field's `name <address>`. */
function addressIn(field: Untrusted): Untrusted {
  const open = field.lastIndexOf('<');
  const close = field.indexOf('>', open);
  return untrusted(open >= 0 && close > open ? field.slice(open + 1, close) : field.trim());
}

/**
 * A file: the record's source sent it. Over HTTP `filename` is the request's path, or what the answer called it. A file
 * of which only a part was captured (`fileinfo.state` TRUNCATED, `gaps`) has no size and no hash that would name it.
 *
 * Source: Suricata, src/output-json-file.c, src/output-json.c (EveFileInfo).
 */
export function decodeFile(record: JsonObject, body: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const { base: way, fromServer } = oriented(record, base);
  const service = textAt(record, 'app_proto');
  const name = textAt(body, 'filename');
  const query = name.search(/[?#]/);
  const whole = textAt(body, 'state') !== 'TRUNCATED' && body.gaps !== true;
  emit({
    kind: 'file.transferred',
    ...way,
    fileId: '',
    transaction: numberAt(body, numberAt(record, -1, 'tx_id'), 'tx_id'),
    service: untrusted(service.toUpperCase()),
    server: textAt(record, 'http', 'hostname'),
    name: untrusted(service.startsWith('http') ? baseName(query < 0 ? name : name.slice(0, query)) : name),
    type: untrusted(''),
    sizeBytes: whole ? numberAt(body, -1, 'size') : -1,
    sha256: whole ? hexOf(textAt(body, 'sha256')) : '',
    outbound: !fromServer,
  });
  return EMIT;
}
