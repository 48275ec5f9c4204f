import { fnv1a } from '../../core/hash.ts';
import type { EpochMs } from '../../core/time.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { NetworkConnected } from '../../events/host-events.ts';
import { addressOf } from '../address.ts';
import type { EmitEvent } from '../contract.ts';
import { type JsonMeta, type JsonObject, PHASE } from '../json-lines/record.ts';
import { textAt, textsAt, valueAt } from '../json-lines/values.ts';
import { actorOfDocument, idAt, stampAt, wordsAt } from './document.ts';

const NO_ADDRESS = reject('ECS network event without a destination');
const INBOUND = skip('ECS network event: nobody here reached out');
const NOBODY = skip('ECS network event without a process');
const NO_ANSWER = skip('ECS name lookup without an answer');
const ANSWERS_MAX = 256;

/** The ends of a connection; addresses '' and ports -1 where the document has none. */
export function endsOf(record: JsonObject) {
  return {
    communityId: textAt(record, 'network', 'community_id').slice(0, 64),
    sourceAddress: addressOf(textAt(record, 'source', 'ip'))?.address ?? '',
    sourcePort: idAt(record, 'source', 'port'),
    destinationAddress: addressOf(textAt(record, 'destination', 'ip'))?.address ?? '',
    destinationPort: idAt(record, 'destination', 'port'),
  };
}

/**
 * A connection of a process: the Elastic endpoint's connection_attempted, auditbeat's system/socket (network_flow, which counts
 * whole packets and may be told several times while it lasts), or ECS `event.type` connection and start.
 *
 * Source: ECS network, source, destination and dns fields; endpoint-package, custom_documentation/doc/endpoint/network/linux;
 * beats, x-pack/auditbeat/module/system/socket. Emits: network.connected, flow.ended, name.resolved.
 */
export function decodeNetwork(
  record: JsonObject,
  meta: JsonMeta,
  host: string,
  time: EpochMs,
  emit: EmitEvent,
): Verdict {
  const actions = wordsAt(record, 'event', 'action');
  const types = wordsAt(record, 'event', 'type');
  const ends = endsOf(record);
  if (actions.has('lookup_result') || valueAt(record, 'dns', 'resolved_ip') !== undefined)
    return resolved(record, meta, host, time, emit);
  const direction: string = textAt(record, 'network', 'direction');
  if (
    actions.has('connection_accepted') ||
    direction === 'inbound' ||
    direction === 'ingress' ||
    direction === 'listening'
  )
    return INBOUND;
  const actor = actorOfDocument(record);
  const isFlow = actions.has('network_flow');
  const starts = actions.has('connection_attempted') || isFlow || types.has('start') || actions.has('connected-to');
  if (ends.destinationAddress === '' || ends.destinationPort <= 0) return NO_ADDRESS;
  if (!starts) return ENDED;
  if (actor.pid < 0) return NOBODY;
  const began = isFlow ? stampAt(record, 'event', 'start') : time;
  const start = began <= time ? began : time;
  // A flow that is told again is the same connection.
  const key = Buffer.from(`${host} ${actor.pid} ${JSON.stringify(ends)} ${start}`);
  emit({
    kind: 'network.connected',
    time: start,
    order: isFlow ? PHASE.connected * 4294967296 + fnv1a(key, 0, key.length) : meta.arrival(PHASE.connected),
    host,
    ref: meta.ref,
    actor,
    family: ends.destinationAddress.includes(':') ? 'ipv6' : 'ipv4',
    address: ends.destinationAddress,
    port: ends.destinationPort,
    outcome: outcomeOf(record, isFlow),
  });
  if (isFlow && valueAt(record, 'flow', 'final') !== false && ends.sourceAddress !== '')
    flow(record, meta, host, time, start, emit);
  return EMIT;
}

const ENDED = skip('ECS network event: a connection ended');

function outcomeOf(record: JsonObject, isFlow: boolean): NetworkConnected['outcome'] {
  const outcome: string = textAt(record, 'event', 'outcome');
  if (outcome === 'failure') return 'failed';
  if (isFlow) return valueAt(record, 'flow', 'complete') === false ? 'in-progress' : 'established';
  return outcome === 'success' ? 'established' : 'in-progress';
}

function flow(
  record: JsonObject,
  meta: JsonMeta,
  host: string,
  time: EpochMs,
  startTime: EpochMs,
  emit: EmitEvent,
): void {
  const transport: string = textAt(record, 'network', 'transport');
  const bytesIn = idAt(record, 'destination', 'bytes');
  emit({
    kind: 'flow.ended',
    time,
    order: meta.arrival(PHASE.ended),
    host,
    ref: meta.ref,
    flowId: textAt(record, 'network', 'community_id').slice(0, 64),
    ...endsOf(record),
    startTime,
    transport: transport === 'tcp' || transport === 'udp' ? transport : 'other',
    service: '',
    bytesOut: idAt(record, 'source', 'bytes'),
    bytesIn,
    counted: 'packets',
    established: bytesIn > 0,
  });
}

function resolved(record: JsonObject, meta: JsonMeta, host: string, time: EpochMs, emit: EmitEvent): Verdict {
  const name = textAt(record, 'dns', 'question', 'name');
  const answers = textsAt(record, ANSWERS_MAX, 'dns', 'resolved_ip')
    .map(text => addressOf(text)?.address ?? '')
    .filter(address => address !== '');
  if (name === '' || answers.length === 0) return NO_ANSWER;
  emit({
    kind: 'name.resolved',
    time,
    order: meta.arrival(PHASE.named),
    host,
    ref: meta.ref,
    flowId: '',
    ...endsOf(record),
    name,
    answers,
  });
  return EMIT;
}
