import type { EpochMs } from '../../core/time.ts';
import { EMIT, type Verdict } from '../../core/verdict.ts';
import type { NetworkEventBase } from '../../events/network-events.ts';
import type { EmitEvent } from '../contract.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { isoTime, numberAt, objectAt, textAt } from '../json-lines/values.ts';
import { oriented } from './orient.ts';

const SYN = 0x02;
const PSH = 0x08;
const ACK = 0x10;

/**
 * `flow` is one record of both directions, as the connection was opened. Its bytes are those of whole packets.
 *
 * Source: Suricata, src/output-json-flow.c, EveAddFlow and EveFlowLogJSON.
 */
export function decodeFlow(record: JsonObject, body: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const back = flagsAt(record, 'tcp_flags_tc');
  const transport = transportOf(record);
  const answered = countAt(body, 'pkts_toclient') > 0;
  emit({
    kind: 'flow.ended',
    ...base,
    ...timesOf(body, base),
    transport,
    service: serviceOf(record),
    bytesOut: countAt(body, 'bytes_toserver'),
    bytesIn: countAt(body, 'bytes_toclient'),
    counted: 'packets',
    // A refused connection is answered too, by a reset. Of one joined in the middle only its data is seen.
    established:
      transport === 'tcp' && back >= 0 ? (back & (SYN | ACK)) === (SYN | ACK) || (back & PSH) !== 0 : answered,
  });
  return EMIT;
}

/**
 * `netflow` is a record a direction, of which the second begins at the server.
 *
 * Source: Suricata, src/output-json-netflow.c.
 */
export function decodeNetflow(record: JsonObject, body: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const { base: way, fromServer } = oriented(record, base);
  const bytes = countAt(body, 'bytes');
  const flags = flagsAt(record, 'tcp_flags');
  const transport = transportOf(record);
  const opened = fromServer ? (flags & (SYN | ACK)) === (SYN | ACK) : (flags & ACK) !== 0;
  emit({
    kind: 'flow.ended',
    ...way,
    ...timesOf(body, base),
    transport,
    service: serviceOf(record),
    bytesOut: fromServer ? -1 : bytes,
    bytesIn: fromServer ? bytes : -1,
    counted: 'packets',
    established: transport === 'tcp' && flags >= 0 ? opened : fromServer && countAt(body, 'pkts') > 0,
  });
  return EMIT;
}

/**
 * When a flow's record is to be told: at its last packet. One that was logged more than `latenessMs` after that, as
 * happens when a capture is read at once (`suricata -r`), is told as late as a log may be.
 */
export function flowTime(body: JsonObject, logged: EpochMs, latenessMs: number): EpochMs {
  const end = isoTime(body.end);
  if (Number.isNaN(end)) return logged;
  return Number.isNaN(logged) || end >= logged - latenessMs ? end : ((logged - latenessMs) as EpochMs);
}

function timesOf(body: JsonObject, base: NetworkEventBase): { startTime: EpochMs; endTime?: EpochMs } {
  const start = isoTime(body.start);
  const startTime = Number.isNaN(start) || start > base.time ? base.time : start;
  const end = isoTime(body.end);
  return end < base.time && end >= startTime ? { startTime, endTime: end } : { startTime };
}

function transportOf(record: JsonObject): 'tcp' | 'udp' | 'icmp' | 'other' {
  const proto = textAt(record, 'proto').toLowerCase();
  return proto === 'tcp' || proto === 'udp' ? proto : proto.includes('icmp') ? 'icmp' : 'other';
}

/** `app_proto`, behind what the connection was before STARTTLS: `smtp,tls`. */
function serviceOf(record: JsonObject): string {
  const names = [textAt(record, 'app_proto_orig'), textAt(record, 'app_proto')]
    .map(name => name.toLowerCase())
    .filter(name => name !== '' && name !== 'failed' && name !== 'unknown');
  return [...new Set(names)].join(',').slice(0, 64);
}

const countAt = (body: JsonObject, key: string): number => {
  const count = numberAt(body, -1, key);
  return count >= 0 ? count : -1;
};

/** TCP flags that one side sent, as two hexadecimal digits in the record; -1 when not said. */
function flagsAt(record: JsonObject, key: string): number {
  const text = textAt(objectAt(record, 'tcp') ?? {}, key);
  if (text.length === 0 || text.length > 2) return -1;
  const flags = Number.parseInt(text, 16);
  return Number.isNaN(flags) ? -1 : flags;
}
