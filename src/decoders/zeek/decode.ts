import type { EpochMs } from '../../core/time.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { NetworkEventBase } from '../../events/network-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { EmitEvent } from '../contract.ts';
import { type JsonObject, PHASE } from '../json-lines/record.ts';
import { addressOf, countOf, fieldOf, hashOf, listOf, startOf, textOf, timeOf } from './fields.ts';
import { decodeFile, decodeFtp, decodeSmtp } from './files.ts';
import { isKind, skipOf, type ZeekKind } from './kinds.ts';

const NO_ADDRESS = reject('Zeek record without addresses');
const NO_NAME = skip('Zeek record without a name');

/**
 * When a record's event happened, NaN when `ts` is not readable. A connection and a file are told when they are over, a
 * name when its answer came; everything else at its `ts`.
 */
export function zeekTime(kind: string, record: JsonObject): EpochMs {
  if (kind === 'conn' || kind === 'files') return timeOf(record, 'duration');
  return timeOf(record, kind === 'dns' ? 'rtt' : '');
}

/** The sensor, where the record names it. */
export const zeekHost = (record: JsonObject): string => textOf(record, '_system_name') || textOf(record, '@system');

/**
 * Meaning of one record of a Zeek log, the same for TSV and JSON. `order` comes from what the record says and not from its
 * bytes, so that one log given in both forms is judged once.
 *
 * Source: docs.zeek.org, script reference of Conn::Info, DNS::Info, SSL::Info, HTTP::Info, SMTP::Info, Files::Info,
 * FTP::Info, Notice::Info. Emits: flow.ended, name.resolved, tls.name-seen, http.seen, smtp.seen, file.transferred,
 * sensor.alert.
 * Trust: addresses, ports, bytes and times are the sensor's own. Names, paths, envelopes and agents are the peers' words.
 */
export function decodeZeek(
  kind: string,
  record: JsonObject,
  meta: { readonly host: string; readonly ref: Ref },
  emit: EmitEvent,
): Verdict {
  if (!isKind(kind)) return skipOf(kind);
  const base: NetworkEventBase = {
    time: zeekTime(kind, record),
    order: PHASE_OF[kind] * 4294967296 + hashOf([kind, ...IDENTITY.map(name => textOf(record, name))]),
    host: meta.host,
    ref: meta.ref,
    flowId: textOf(record, 'uid'),
    communityId: textOf(record, 'community_id'),
    sourceAddress: addressOf(fieldOf(record, 'id.orig_h')),
    sourcePort: countOf(record, 'id.orig_p'),
    destinationAddress: addressOf(fieldOf(record, 'id.resp_h')),
    destinationPort: countOf(record, 'id.resp_p'),
  };
  if (kind === 'files') return decodeFile(record, base, emit);
  if (kind === 'notice') return decodeNotice(record, base, emit);
  if (base.sourceAddress === '' || base.destinationAddress === '') return NO_ADDRESS;
  switch (kind) {
    case 'conn':
      return decodeConn(record, base, emit);
    case 'dns':
      return decodeDns(record, base, emit);
    case 'ssl':
      return decodeSsl(record, base, emit);
    case 'http':
      return decodeHttp(record, base, emit);
    case 'smtp':
      return decodeSmtp(record, base, emit);
    case 'ftp':
      return decodeFtp(record, base, emit);
  }
}

const PHASE_OF: Readonly<Record<ZeekKind, number>> = {
  conn: PHASE.ended,
  smtp: PHASE.seen,
  dns: PHASE.named,
  ssl: PHASE.seen,
  http: PHASE.seen,
  files: PHASE.seen,
  ftp: PHASE.seen,
  notice: PHASE.seen,
};

/** What tells two records of one log and stamp apart. */
const IDENTITY = ['uid', 'fuid', 'trans_depth', 'trans_id', 'query', 'qtype', 'command', 'arg', 'note'] as const;

/**
 * conn_state: whether both sides spoke. S0, REJ, RSTOS0, RSTRH, SH and SHR are attempts; OTH is a connection whose
 * beginning was not seen.
 */
const ESTABLISHED = new Set(['S1', 'SF', 'S2', 'S3', 'RSTO', 'RSTR', 'OTH']);

function decodeConn(record: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const proto = textOf(record, 'proto').toLowerCase();
  emit({
    kind: 'flow.ended',
    ...base,
    startTime: startOf(record),
    transport: proto === 'tcp' || proto === 'udp' || proto === 'icmp' ? proto : 'other',
    service: textOf(record, 'service').toLowerCase(),
    bytesOut: countOf(record, 'orig_bytes'),
    bytesIn: countOf(record, 'resp_bytes'),
    counted: 'payload',
    established: ESTABLISHED.has(textOf(record, 'conn_state')),
  });
  return EMIT;
}

/** `answers` mixes addresses with names and other data: only addresses are kept. */
function decodeDns(record: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const name = textOf(record, 'query');
  if (name === '') return NO_NAME;
  const answers = listOf(record, 'answers')
    .map(addressOf)
    .filter(address => address !== '');
  emit({ kind: 'name.resolved', ...base, name, answers });
  return EMIT;
}

function decodeSsl(record: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const name = textOf(record, 'server_name');
  if (name === '') return NO_NAME;
  emit({ kind: 'tls.name-seen', ...base, name });
  return EMIT;
}

function decodeHttp(record: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  emit({
    kind: 'http.seen',
    ...base,
    method: textOf(record, 'method').slice(0, 32),
    name: textOf(record, 'host'),
    path: textOf(record, 'uri'),
    userAgent: textOf(record, 'user_agent'),
    bytesOut: countOf(record, 'request_body_len'),
    bytesIn: countOf(record, 'response_body_len'),
    fileIds: listOf(record, 'resp_fuids'),
  });
  return EMIT;
}

/** `note` names the kind of notice. `msg` and `sub` may quote what peers said and are left. */
function decodeNotice(record: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const signature = textOf(record, 'note');
  if (signature === '') return NO_NAME;
  const sourceAddress = base.sourceAddress || addressOf(fieldOf(record, 'src'));
  const destinationAddress = base.destinationAddress || addressOf(fieldOf(record, 'dst'));
  const destinationPort = base.destinationPort >= 0 ? base.destinationPort : countOf(record, 'p');
  emit({
    kind: 'sensor.alert',
    ...base,
    sourceAddress,
    destinationAddress,
    destinationPort,
    signature,
    category: 'Zeek notice',
  });
  return EMIT;
}
