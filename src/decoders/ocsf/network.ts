import { epochMs } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import { addressOf } from '../address.ts';
import type { EmitEvent } from '../contract.ts';
import { type JsonMeta, type JsonObject, PHASE } from '../json-lines/record.ts';
import { asText, objectAt, textAt } from '../json-lines/values.ts';
import { tellDoer } from './host.ts';
import { type Around, actorFrom, endsOf, idAt, stampAt } from './objects.ts';

const NO_ADDRESS = reject('OCSF network event without a destination');
const OTHER = skip('OCSF activity of no use here');
const INBOUND = skip('OCSF network event: nobody here reached out');
const NOBODY = skip('OCSF connection without a process');
const UNTIMED = skip('OCSF traffic whose beginning is not told');
const NO_ANSWER = skip('OCSF name lookup without an address in its answer');

const ANSWERS_MAX = 256;
const ACTIVITY = { open: 1, close: 2, reset: 3, fail: 4, refuse: 5, traffic: 6 } as const;
const INBOUND_ID = 1;

/**
 * Network Activity (4001): with a process, a connection that it made; at its end, or as traffic, what went over it from the source.
 * Source: ocsf-schema events/network/network_activity.json, objects/network_traffic.json. Emits: network.connected, flow.ended.
 */
export function decodeNetwork(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const ends = endsOf(record);
  const activity = idAt(record, 'activity_id');
  if (ends.destinationAddress === '' || ends.destinationPort <= 0) return NO_ADDRESS;
  if (activity === ACTIVITY.close || activity === ACTIVITY.reset || activity === ACTIVITY.traffic)
    return flow(record, around, meta, emit);
  if (activity !== ACTIVITY.open && activity !== ACTIVITY.fail && activity !== ACTIVITY.refuse) return OTHER;
  if (idAt(objectAt(record, 'connection_info'), 'direction_id') === INBOUND_ID) return INBOUND;
  const doer = objectAt(record, 'actor') ?? {};
  const actor = actorFrom(objectAt(doer, 'process'), objectAt(doer, 'user'));
  if (actor.pid < 0) return NOBODY;
  tellDoer(objectAt(doer, 'process'), around, meta, emit);
  emit({
    kind: 'network.connected',
    ...around,
    order: meta.arrival(PHASE.connected),
    actor,
    family: ends.destinationAddress.includes(':') ? 'ipv6' : 'ipv4',
    address: untrusted(ends.destinationAddress),
    port: ends.destinationPort,
    outcome: activity === ACTIVITY.open && idAt(record, 'status_id') !== 2 ? 'established' : 'failed',
  });
  return EMIT;
}

function flow(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const traffic = objectAt(record, 'traffic') ?? {};
  const own = stampAt(record, 'start_time');
  const other = Number.isNaN(own) ? stampAt(traffic, 'start_time') : own;
  const duration = idAt(record, 'duration');
  const startTime = !Number.isNaN(other) ? other : duration >= 0 ? epochMs(around.time - duration) : other;
  if (Number.isNaN(startTime) || startTime > around.time) return UNTIMED;
  const protocol = textAt(objectAt(record, 'connection_info') ?? {}, 'protocol_name').toLowerCase();
  const bytesIn = idAt(traffic, 'bytes_in');
  emit({
    kind: 'flow.ended',
    ...around,
    order: meta.arrival(PHASE.ended),
    ...endsOf(record),
    startTime,
    transport: protocol === 'tcp' || protocol === 'udp' || protocol === 'icmp' ? protocol : 'other',
    service: textAt(objectAt(record, 'dst_endpoint') ?? {}, 'svc_name')
      .toLowerCase()
      .slice(0, 32),
    bytesOut: idAt(traffic, 'bytes_out'),
    bytesIn,
    // The schema does not say what is counted: packets is the larger.
    counted: 'packets',
    established: bytesIn > 0,
  });
  return EMIT;
}

/** DNS Activity (4003). Source: ocsf-schema events/network/dns_activity.json. Emits: name.resolved. */
export function decodeDns(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const name = textAt(objectAt(record, 'query') ?? {}, 'hostname');
  const given: readonly unknown[] = Array.isArray(record.answers) ? record.answers : [];
  const answers: string[] = [];
  for (const each of given.slice(0, ANSWERS_MAX)) {
    const data = typeof each === 'object' && each !== null ? asText((each as JsonObject).rdata) : '';
    const at = addressOf(data);
    if (at !== null) answers.push(at.address);
  }
  if (name === '' || answers.length === 0) return NO_ANSWER;
  emit({ kind: 'name.resolved', ...around, order: meta.arrival(PHASE.named), ...endsOf(record), name, answers });
  return EMIT;
}

/** HTTP Activity (4002). Source: ocsf-schema events/network/http_activity.json. Emits: http.seen. */
export function decodeHttp(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const request = objectAt(record, 'http_request');
  const ends = endsOf(record);
  if (request === undefined) return OTHER;
  if (ends.sourceAddress === '' || ends.destinationAddress === '') return NO_ADDRESS;
  const url = objectAt(request, 'url') ?? {};
  const answer = objectAt(record, 'http_response');
  const query = textAt(url, 'query_string');
  const path = textAt(url, 'path');
  emit({
    kind: 'http.seen',
    ...around,
    order: meta.arrival(PHASE.seen),
    ...ends,
    method: textAt(request, 'http_method').slice(0, 32),
    name: textAt(url, 'hostname') || textAt(url, 'domain'),
    path: untrusted(query === '' ? path : `${path}?${query}`),
    userAgent: textAt(request, 'user_agent'),
    bytesOut: bodyBytes(request),
    bytesIn: bodyBytes(answer),
    fileIds: [],
  });
  return EMIT;
}

function bodyBytes(message: JsonObject | undefined): number {
  const body = idAt(message, 'body_length');
  return body >= 0 ? body : idAt(message, 'length');
}
