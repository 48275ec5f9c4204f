import { type EpochMs, epochMs } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import { addressOf } from '../address.ts';
import type { EmitEvent } from '../contract.ts';
import { fileOf } from '../json-lines/actor.ts';
import { introduce, lifeSeen, tellEnded } from '../json-lines/lives.ts';
import { type JsonMeta, type JsonObject, type JsonRecordDecoder, PHASE } from '../json-lines/record.ts';
import { isoTime, numberAt, objectAt, textAt } from '../json-lines/values.ts';
import { decodeCall } from './kprobe.ts';
import { idOf, parentIn, processIn, type TetragonProcess } from './process.ts';

const NO_PROCESS = reject('tetragon event without a process');
const NO_ADDRESS = reject('tetragon connection without a readable address');
const OTHER = skip('tetragon event of another kind');
const LISTENS = skip('tetragon: a process listens or accepts');
const UNKNOWN_BEGIN = skip('tetragon: a connection ended whose beginning was not seen');

const KINDS = [
  'process_exec',
  'process_exit',
  'process_kprobe',
  'process_lsm',
  'process_tracepoint',
  'process_loader',
  'process_uprobe',
  'process_usdt',
  'process_connect',
  'process_listen',
  'process_accept',
  'process_close',
  'rate_limit_info',
] as const;
type Kind = (typeof KINDS)[number];

/** The exporter writes as it is told by the kernel's rings, one a processor. */
const LATENESS_MS = 10_000;

/**
 * Tetragon's JSON export: one event a line, `{ "process_exec": { "process", "parent" }, "node_name", "time" }`.
 *
 * `exec_id` names an execution (node, time since boot, pid): it tells processes of one pid apart, and a process or a parent that was
 * not seen to start is told of once, as its record describes it. A program begun without a clone before it (no `clone` flag) replaces
 * the one before. Those that ran before Tetragon come with the flag `procFS`.
 *
 * Source: cilium/tetragon api/v1/tetragon/tetragon.proto (GetEventsResponse), docs, use cases process lifecycle, filename access,
 * network observability. Emits: process.started, process.listed, process.exited, file and network events, flow.ended, sensor.health.
 * Trust: binary, arguments, cwd and paths are the watched programs' words; ids and times the sensor's.
 */
export const tetragonDecoder: JsonRecordDecoder = Object.freeze({
  id: 'tetragon',
  title: 'Tetragon events',
  latenessMs: LATENESS_MS,
  claims: (record: JsonObject): boolean =>
    kindOf(record) !== null && (record.time !== undefined || record.node_name !== undefined),
  hostOf: (record: JsonObject): string => textAt(record, 'node_name').slice(0, 255),
  timeOf: (record: JsonObject): EpochMs => isoTime(record.time),
  decode(record: JsonObject, meta: JsonMeta, emit: EmitEvent): Verdict {
    const kind = kindOf(record);
    if (kind === null) return OTHER;
    const host = textAt(record, 'node_name').slice(0, 255) || meta.context.defaultHost;
    const time = isoTime(record.time);
    const event = objectAt(record, kind) as JsonObject;
    if (kind === 'rate_limit_info') {
      const count = numberAt(event, 0, 'number_of_dropped_process_events');
      emit({
        kind: 'sensor.health',
        time,
        order: meta.arrival(PHASE.health),
        host,
        ref: meta.ref,
        what: 'rate-limited',
        count,
      });
      return EMIT;
    }
    const process = processIn(event, host, time);
    if (process === null) return NO_PROCESS;
    const parent = parentIn(event, host, time);
    if (parent !== null) introduce(meta, parent, time, 0, emit);
    if (kind === 'process_exec') return executed(process, time, meta, emit);
    if (kind === 'process_exit') return exited(process, time, meta, emit);
    const base = { time, host, ref: meta.ref, actor: process.actor };
    introduce(meta, process, time, 1, emit);
    switch (kind) {
      case 'process_kprobe':
        return decodeCall(event, textAt(event, 'function_name'), base, meta, emit);
      case 'process_lsm':
        return decodeCall(event, `security_${textAt(event, 'function_name')}`, base, meta, emit);
      case 'process_connect':
        return connected(event, base, process, meta, emit);
      case 'process_close':
        return closed(event, base, process, meta, emit);
      case 'process_listen':
      case 'process_accept':
        return LISTENS;
      default:
        return OTHER;
    }
  },
} satisfies JsonRecordDecoder);

function kindOf(record: JsonObject): Kind | null {
  for (const kind of KINDS) if (objectAt(record, kind) !== undefined) return kind;
  return null;
}

function executed(process: TetragonProcess, time: EpochMs, meta: JsonMeta, emit: EmitEvent): Verdict {
  const { flags, identity, actor, cwd, ...words } = process;
  if (flags.has('procFS')) {
    introduce(meta, process, time, 1, emit);
    return EMIT;
  }
  const seen = lifeSeen(meta, identity);
  if (seen === 'next' && flags.has('clone')) tellEnded(meta, identity, time, 1, emit);
  emit({
    kind: 'process.started',
    time,
    order: meta.arrival(PHASE.started),
    host: identity.host,
    ref: meta.ref,
    actor,
    file: fileOf(actor.exe),
    interpreter: untrusted(''),
    ...words,
    argvCut: flags.has('truncArgs') || flags.has('errorArgs'),
    cwd,
    userName: '',
  });
  return EMIT;
}

function exited({ identity, actor }: TetragonProcess, time: EpochMs, meta: JsonMeta, emit: EmitEvent): Verdict {
  if (identity.pid < 0) return NO_PROCESS;
  // The end of one that stood behind this pid before is no end of the one that does now.
  if (lifeSeen(meta, identity) === 'past') return EMIT;
  emit({ kind: 'process.exited', time, order: meta.arrival(PHASE.exited), host: identity.host, ref: meta.ref, actor });
  return EMIT;
}

interface Base {
  readonly time: EpochMs;
  readonly host: string;
  readonly ref: JsonMeta['ref'];
  readonly actor: TetragonProcess['actor'];
}

interface Ends {
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly destinationAddress: string;
  readonly destinationPort: number;
}

function endsOf(event: JsonObject): Ends | null {
  const to = addressOf(textAt(event, 'destination_ip'));
  const destinationPort = idOf(event, 'destination_port');
  if (to === null || destinationPort <= 0) return null;
  return {
    sourceAddress: addressOf(textAt(event, 'source_ip'))?.address ?? '',
    sourcePort: idOf(event, 'source_port'),
    destinationAddress: to.address,
    destinationPort,
  };
}

const keyOf = (process: TetragonProcess, ends: Ends): string =>
  `tetragon ${process.identity.host} ${process.identity.entity} ${Object.values(ends).join(' ')}`;

function connected(event: JsonObject, base: Base, process: TetragonProcess, meta: JsonMeta, emit: EmitEvent): Verdict {
  const ends = endsOf(event);
  if (ends === null) return NO_ADDRESS;
  meta.memory.set(keyOf(process, ends), base.time);
  const family = ends.destinationAddress.includes(':') ? 'ipv6' : 'ipv4';
  const where = { family, address: untrusted(ends.destinationAddress), port: ends.destinationPort } as const;
  emit({ kind: 'network.connected', ...base, order: meta.arrival(PHASE.connected), ...where, outcome: 'established' });
  return EMIT;
}

/** The end of a connection with what went over it; whose beginning was seen here, so that its direction is known. */
function closed(event: JsonObject, base: Base, process: TetragonProcess, meta: JsonMeta, emit: EmitEvent): Verdict {
  const ends = endsOf(event);
  if (ends === null) return NO_ADDRESS;
  const startTime = meta.memory.peek(keyOf(process, ends));
  if (typeof startTime !== 'number' || startTime > base.time) return UNKNOWN_BEGIN;
  const stats = objectAt(event, 'stats') ?? {};
  const protocol = textAt(event, 'protocol').toLowerCase();
  emit({
    kind: 'flow.ended',
    time: base.time,
    order: meta.arrival(PHASE.ended),
    host: base.host,
    ref: base.ref,
    flowId: '',
    communityId: '',
    ...ends,
    startTime: epochMs(startTime),
    transport: protocol === 'tcp' || protocol === 'udp' ? protocol : 'other',
    service: '',
    bytesOut: idOf(stats, 'bytes_sent'),
    bytesIn: idOf(stats, 'bytes_received'),
    counted: 'payload',
    established: true,
  });
  return EMIT;
}
