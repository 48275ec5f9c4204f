import type { JsonObject } from '../json-lines/record.ts';
import { objectAt, textAt, valueAt } from '../json-lines/values.ts';

const PREFIX = 'suricata.eve.';
const KEYS_MAX = 512;
const DEPTH_MAX = 6;
const ANSWERS_MAX = 64;

/** True for a document that filebeat's suricata module, or Elastic's suricata integration, made of an EVE record. */
export const isEveDocument = (record: JsonObject): boolean =>
  record['@timestamp'] !== undefined && textAt(record, 'suricata', 'eve', 'event_type') !== '';

/**
 * The EVE record again that such a document was made of, or null. What is left of it stands below `suricata.eve`, nested or with dots in the names;
 * addresses, ports, byte counts, times and names were moved into ECS fields and are put back. The whole record stands in
 * `event.original` where a site keeps that: it is taken instead, see json-lines/unwrap.ts. Milliseconds are left of the stamp.
 *
 * Source: beats, x-pack/filebeat/module/suricata/eve (config/eve.yml, ingest/pipeline.yml); elastic/integrations,
 * packages/suricata/data_stream/eve/elasticsearch/ingest_pipeline. Trust: as of the record.
 */
export function eveOfDocument(record: JsonObject): JsonObject | null {
  if (!isEveDocument(record)) return null;
  const eve = objectAt(objectAt(record, 'suricata') ?? {}, 'eve') ?? unflattened(record);
  const kind: string = textAt(eve, 'event_type');
  const parts: Record<string, unknown> = {};
  for (const [part, fields] of Object.entries(MOVED)) {
    const body = objectAt(eve, part);
    if (body === undefined && part !== kind && !(part === 'http' && kind === 'fileinfo')) continue;
    parts[part] = filled(body ?? {}, fields, record);
  }
  if (kind === 'dns') parts.dns = { ...answersOf(record), ...(parts.dns as JsonObject) };
  return {
    ...filled(eve, TOP, record),
    ...parts,
    host: valueAt(eve, 'host') ?? first(record, 'observer.name', 'host.hostname', 'host.name'),
  };
}

type Fields = Readonly<Record<string, readonly string[]>>;

/** Key of an EVE record -> where it was moved, the first that is there. */
const TOP: Fields = {
  timestamp: ['@timestamp'],
  src_ip: ['source.ip', 'source.address'],
  src_port: ['source.port'],
  dest_ip: ['destination.ip', 'destination.address'],
  dest_port: ['destination.port'],
  proto: ['network.transport'],
  app_proto: ['network.protocol'],
  community_id: ['network.community_id'],
};
const MOVED: Readonly<Record<string, Fields>> = {
  flow: {
    start: ['event.start'],
    end: ['event.end'],
    pkts_toserver: ['source.packets'],
    pkts_toclient: ['destination.packets'],
    bytes_toserver: ['source.bytes'],
    bytes_toclient: ['destination.bytes'],
  },
  http: {
    hostname: ['url.domain', 'destination.domain'],
    url: ['url.original'],
    http_method: ['http.request.method'],
    http_user_agent: ['user_agent.original'],
    length: ['http.response.body.bytes'],
  },
  fileinfo: { filename: ['file.path'], size: ['file.size'], sha256: ['file.hash.sha256'] },
  tls: { sni: ['tls.client.server_name', 'destination.domain'], subject: ['tls.server.subject'] },
  dns: { type: ['dns.type'], rrname: ['dns.question.name'], id: ['dns.id'] },
  alert: { signature: ['rule.name'], category: ['rule.category'] },
  smtp: {},
};

function filled(body: JsonObject, fields: Fields, record: JsonObject): JsonObject {
  const added: Record<string, unknown> = {};
  for (const [key, places] of Object.entries(fields)) {
    if (body[key] !== undefined) continue;
    const value = first(record, ...places);
    if (value !== undefined) added[key] = value;
  }
  return { ...body, ...added };
}

function first(record: JsonObject, ...places: readonly string[]): unknown {
  for (const place of places) {
    const value = valueAt(record, ...place.split('.'));
    const one: unknown = Array.isArray(value) ? value[0] : value;
    if (one !== undefined && one !== null && one !== '') return one;
  }
  return undefined;
}

/** `dns.answers` as EVE had them. */
function answersOf(record: JsonObject): JsonObject {
  const answers = valueAt(record, 'dns', 'answers');
  if (!Array.isArray(answers)) return {};
  return {
    answers: (answers as readonly unknown[]).slice(0, ANSWERS_MAX).map(answer => {
      const body = objectAt({ answer }, 'answer') ?? {};
      return { rrname: body.name, rrtype: body.type, rdata: body.data };
    }),
  };
}

/** The object below `suricata.eve` of a document with dots in its names. */
function unflattened(record: JsonObject): JsonObject {
  const root: Record<string, unknown> = Object.create(null);
  let keys = 0;
  for (const key of Object.keys(record)) {
    if (!key.startsWith(PREFIX)) continue;
    keys += 1;
    if (keys > KEYS_MAX) break;
    const path = key.slice(PREFIX.length).split('.', DEPTH_MAX);
    let at = root;
    for (const step of path.slice(0, -1)) {
      const next = at[step];
      const isObject = typeof next === 'object' && next !== null && !Array.isArray(next);
      if (!isObject) at[step] = Object.create(null);
      at = at[step] as Record<string, unknown>;
    }
    at[path.at(-1) as string] = record[key];
  }
  return root;
}
