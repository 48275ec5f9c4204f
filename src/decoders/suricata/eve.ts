import type { EpochMs } from '../../core/time.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { NetworkEventBase } from '../../events/network-events.ts';
import type { EmitEvent } from '../contract.ts';
import { type JsonMeta, type JsonObject, type JsonRecordDecoder, PHASE } from '../json-lines/record.ts';
import { isoTime, numberAt, objectAt, textAt, valueAt } from '../json-lines/values.ts';
import { decodeDns } from './dns.ts';
import { decodeFlow, decodeNetflow, flowTime } from './flow.ts';
import { eveOfDocument, isEveDocument } from './from-ecs.ts';
import { decodeFile, decodeSmtp } from './mail.ts';
import { addressAt, oriented, portAt } from './orient.ts';

/**
 * A flow is told when it has timed out: ten minutes after the last packet of an established TCP connection by default
 * (suricata.yaml, flow-timeouts), so its line stands that much later than its end.
 */
const EVE_LATENESS_MS = 660_000;

const NO_ADDRESS = reject('EVE record without addresses');
const NO_BODY = reject('EVE record without what its event_type promises');
const NO_NAME = skip('EVE record without a name');
const OTHER = skip('EVE event of another kind');

/** Records that say nothing any analytic asks for, by name, so that the counts tell which they were. */
const SKIPS: ReadonlyMap<string, Verdict> = new Map(
  [
    'anomaly arp bittorrent_dht dcerpc dhcp dnp3 doh2 drop engine enip file frame ftp ftp_data http2 ike ikev2 krb5 ldap llmnr',
    'mdns metadata modbus mqtt nfs ntp packet pgsql pop3 quic rdp rfb sip smb snmp ssh stats stream_tcp template tftp verdict websocket',
  ]
    .join(' ')
    .split(' ')
    .map(name => [name, skip(`EVE ${name} event`)]),
);

const READ = new Set(['flow', 'netflow', 'dns', 'tls', 'http', 'smtp', 'fileinfo', 'alert']);

/**
 * Suricata's EVE log: one JSON record an event. Flows count whole packets, not payload. Documents that filebeat and Elastic's
 * integration make of such records are put back (from-ecs.ts).
 *
 * Source: docs.suricata.io, "Eve JSON Format"; etc/schema.json and src/output-json*.c of the program (3 to 8). Emits:
 * flow.ended (flow, netflow), name.resolved, tls.name-seen, http.seen, smtp.seen, file.transferred, sensor.alert.
 * Trust: addresses, ports, packets and times are the sensor's own. Names, paths, envelopes and agents are the peers' words.
 * `email.subject`, `email.url` and everything of a body or payload is never read.
 */
export const suricataEve: JsonRecordDecoder = {
  id: 'suricata-eve',
  title: 'Suricata EVE log',
  latenessMs: EVE_LATENESS_MS,
  claims: (record: JsonObject): boolean =>
    isEveDocument(record) ||
    (typeof record.event_type === 'string' &&
      typeof record.timestamp === 'string' &&
      ((record.flow_id !== undefined && record.proto !== undefined) ||
        record.src_ip !== undefined ||
        objectAt(record, record.event_type) !== undefined)),
  hostOf: (record: JsonObject): string => hostOf(eveOf(record)),
  timeOf: (record: JsonObject): EpochMs => timeOf(eveOf(record)),
  decode(given: JsonObject, meta: JsonMeta, emit: EmitEvent): Verdict {
    const record = eveOf(given);
    const kind = textAt(record, 'event_type');
    if (!READ.has(kind)) return SKIPS.get(kind) ?? OTHER;
    const base: NetworkEventBase = {
      time: timeOf(record),
      order: meta.order(phaseOf(kind)),
      host: hostOf(record) || meta.context.defaultHost,
      ref: meta.ref,
      flowId: textAt(record, 'flow_id'),
      communityId: textAt(record, 'community_id'),
      sourceAddress: addressAt(record, 'src_ip'),
      sourcePort: portAt(record, 'src_port'),
      destinationAddress: addressAt(record, 'dest_ip'),
      destinationPort: portAt(record, 'dest_port'),
    };
    if (base.sourceAddress === '' || base.destinationAddress === '') return NO_ADDRESS;
    const body = objectAt(record, kind);
    if (body === undefined) return NO_BODY;
    switch (kind) {
      case 'flow':
        return decodeFlow(record, body, base, emit);
      case 'netflow':
        return decodeNetflow(record, body, base, emit);
      case 'dns':
        return decodeDns(record, body, { base, memory: meta.memory }, emit);
      case 'tls':
        return decodeTls(body, base, emit);
      case 'http':
        return decodeHttp(body, base, emit);
      case 'smtp':
        return decodeSmtp(record, body, base, emit);
      case 'fileinfo':
        return decodeFile(record, body, base, emit);
      default:
        return decodeAlert(record, body, base, emit);
    }
  },
};

const eveOf = (record: JsonObject): JsonObject => eveOfDocument(record) ?? record;

function phaseOf(kind: string): number {
  if (kind === 'flow' || kind === 'netflow') return PHASE.ended;
  return kind === 'dns' ? PHASE.named : PHASE.seen;
}

/** `sensor-name` of suricata.yaml. */
function hostOf(record: JsonObject): string {
  const named = valueAt(record, 'host') ?? valueAt(record, 'sensor_name');
  return typeof named === 'string' && named.length <= 256 ? named : '';
}

function timeOf(record: JsonObject): EpochMs {
  const logged = isoTime(record.timestamp);
  const kind = textAt(record, 'event_type');
  const flow = kind === 'flow' || kind === 'netflow' ? objectAt(record, kind) : undefined;
  return flow === undefined ? logged : flowTime(flow, logged, EVE_LATENESS_MS - 60_000);
}

function decodeTls(body: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const name = textAt(body, 'sni') || commonName(textAt(body, 'subject'));
  if (name === '') return NO_NAME;
  emit({ kind: 'tls.name-seen', ...base, name });
  return EMIT;
}

/** `CN=` of a certificate's subject. */
function commonName(subject: string): string {
  const at = subject.indexOf('CN=');
  if (at < 0) return '';
  const end = subject.indexOf(',', at);
  return subject.slice(at + 3, end < 0 ? undefined : end).trim();
}

function decodeHttp(body: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  emit({
    kind: 'http.seen',
    ...base,
    method: textAt(body, 'http_method').slice(0, 32),
    name: textAt(body, 'hostname'),
    path: textAt(body, 'url'),
    userAgent: textAt(body, 'http_user_agent'),
    bytesOut: -1,
    bytesIn: numberAt(body, -1, 'length'),
    fileIds: [],
  });
  return EMIT;
}

function decodeAlert(record: JsonObject, body: JsonObject, base: NetworkEventBase, emit: EmitEvent): Verdict {
  const signature = textAt(body, 'signature');
  if (signature === '') return NO_NAME;
  emit({ kind: 'sensor.alert', ...oriented(record, base).base, signature, category: textAt(body, 'category') });
  return EMIT;
}
