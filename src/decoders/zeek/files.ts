import { baseName } from '../../core/paths.ts';
import { untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { NetworkEventBase } from '../../events/network-events.ts';
import type { EmitEvent } from '../contract.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { addressOf, countOf, flagOf, listOf, textOf, unbracketed } from './fields.ts';

const NO_ID = reject('Zeek file record without an id');
const NO_FILE = skip('Zeek ftp command that moves no file');

/**
 * smtp.log: one transaction. `subject`, `date`, `from`, `to`, `path` and the Received lines are never read. After STARTTLS
 * nothing more of a connection is seen: such a record has `tls` and no sender.
 */
export function decodeSmtp(record: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const messageId = textOf(record, 'msg_id');
  const files = listOf(record, 'fuids');
  emit({
    kind: 'smtp.seen',
    ...base,
    helo: textOf(record, 'helo'),
    sender: unbracketed(textOf(record, 'mailfrom')),
    recipients: listOf(record, 'rcptto').map(unbracketed),
    messageId,
    userAgent: textOf(record, 'user_agent'),
    lastReply: textOf(record, 'last_reply').slice(0, 512),
    tls: flagOf(record, 'tls'),
    dataSeen: files.length > 0 || messageId !== '',
    transaction: countOf(record, 'trans_depth'),
    fileIds: files,
    attachmentNames: [],
  });
  return EMIT;
}

/**
 * files.log: a file that Zeek saw whole or in part. Since 5.1 a row has the connection's `uid` and `id`; before, sets of
 * hosts and of connections, of which the first is taken. `is_orig` says that the side which opened the connection sent it.
 */
export function decodeFile(record: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const fileId = textOf(record, 'fuid');
  if (fileId === '') return NO_ID;
  const outbound = flagOf(record, 'is_orig');
  const sender = addressOf(listOf(record, 'tx_hosts')[0]);
  const receiver = addressOf(listOf(record, 'rx_hosts')[0]);
  const total = countOf(record, 'total_bytes');
  emit({
    kind: 'file.transferred',
    ...base,
    flowId: base.flowId || (listOf(record, 'conn_uids')[0] ?? ''),
    sourceAddress: base.sourceAddress || (outbound ? sender : receiver),
    destinationAddress: base.destinationAddress || (outbound ? receiver : sender),
    fileId,
    transaction: -1,
    service: textOf(record, 'source'),
    server: '',
    name: textOf(record, 'filename'),
    type: textOf(record, 'mime_type').toLowerCase(),
    sizeBytes: total >= 0 ? total : countOf(record, 'seen_bytes'),
    sha256: hexOf(textOf(record, 'sha256')),
    outbound,
  });
  return EMIT;
}

/** ftp.log: RETR and STOR name the file (`arg` is a URL), which files.log only knows by its id. */
export function decodeFtp(record: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const command = textOf(record, 'command').toUpperCase();
  const fileId = textOf(record, 'fuid');
  if (command !== 'RETR' && command !== 'STOR') return NO_FILE;
  emit({
    kind: 'file.transferred',
    ...base,
    fileId,
    transaction: -1,
    service: 'FTP',
    server: '',
    name: untrusted(baseName(textOf(record, 'arg'))),
    type: textOf(record, 'mime_type').toLowerCase(),
    sizeBytes: countOf(record, 'file_size'),
    sha256: '',
    outbound: command === 'STOR',
  });
  return EMIT;
}

/** A SHA-256 in lower-case hex, or ''. */
export function hexOf(text: string): string {
  if (text.length !== 64) return '';
  const lower = text.toLowerCase();
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return '';
  }
  return lower;
}
