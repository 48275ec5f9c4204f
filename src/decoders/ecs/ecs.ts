import { BoundedMap } from '../../core/bounded-map.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import { ActorCache } from '../audit/actors.ts';
import { DirectoryTable } from '../audit/directories.ts';
import type { DecodeContext, EmitEvent } from '../contract.ts';
import { decodeAlone } from '../json-lines/alone.ts';
import { CONTAINER_PID } from '../json-lines/lives.ts';
import {
  type JsonMeta,
  type JsonObject,
  type JsonRecordDecoder,
  type JsonRecordSession,
  PHASE,
} from '../json-lines/record.ts';
import { objectAt, textAt, valueAt } from '../json-lines/values.ts';
import { isShipped, shippedTime } from '../shipped/line.ts';
import { ShippedReader } from '../shipped/reader.ts';
import { isEveDocument } from '../suricata/from-ecs.ts';
import { decodeAuditd, isAuditd } from './auditd.ts';
import { hostOfDocument, idAt, stampAt, wordsAt } from './document.ts';
import { decodeFile } from './file.ts';
import { decodeNetwork, endsOf } from './network.ts';
import { decodeProcess } from './process.ts';

const HOSTS_MAX = 256;
/** auditbeat compares lists every so often, and beats send in batches: documents stand that much out of order. */
const LATENESS_MS = 120_000;

const NO_CONTEXT: DecodeContext = {
  source: 0,
  defaultHost: '',
  notAfter: epochMs(Number.POSITIVE_INFINITY),
  zoneOffsetMinutes: 0,
  latenessMs: 0,
};
const OTHER = skip('ECS document of another kind');
const METRICS = skip('ECS metrics');
const NO_RULE = reject('ECS alert without a rule');

/**
 * Documents of the Elastic Common Schema, 8.x and 9.x, one a line: as beats write them to a file, as an index is dumped, nested or
 * with dots in the names. What a document is, its fields say: an audit event of auditbeat; a process, file or network event of the
 * Elastic endpoint, of auditbeat's other datasets, or of any other source that keeps to the schema; another sensor's alert; or a
 * line of a log file that filebeat, vector or fluent-bit carried here (see shipped/).
 *
 * Source: elastic/ecs schemas; see the parts. Emits: what the parts emit; sensor.alert. Trust: names, paths, arguments and lines
 * are the watched programs' words; who shipped the document is believed about its host and its file.
 */
export const ecsDecoder: JsonRecordDecoder = Object.freeze({
  id: 'ecs',
  title: 'ECS documents (auditbeat, Elastic endpoint) and log lines shipped as JSON',
  latenessMs: LATENESS_MS,
  claims: (record: JsonObject): boolean => !isEveDocument(record) && (isEcs(record) || isShipped(record)),
  hostOf: hostOfDocument,
  timeOf(record: JsonObject, context?: DecodeContext): EpochMs {
    if (isAuditd(record) || !isShipped(record)) return stampAt(record, '@timestamp');
    return shippedTime(record, context ?? NO_CONTEXT);
  },
  decode: decodeAlone(open),
  open,
} satisfies JsonRecordDecoder);

function isEcs(record: JsonObject): boolean {
  if (record['@timestamp'] === undefined) return false;
  if (objectAt(record, 'event') !== undefined || objectAt(record, 'ecs') !== undefined || isAuditd(record)) return true;
  return (
    record['event.module'] !== undefined ||
    record['event.category'] !== undefined ||
    record['ecs.version'] !== undefined
  );
}

function open(context: DecodeContext, emit: EmitEvent): JsonRecordSession {
  const actors = new ActorCache();
  const shipped = new ShippedReader(context, emit);
  const directories = new BoundedMap<string, DirectoryTable>(HOSTS_MAX);
  const directoriesOf = (host: string): DirectoryTable => {
    const known = directories.touch(host);
    if (known !== undefined) return known;
    const made = new DirectoryTable();
    directories.set(host, made);
    return made;
  };
  return {
    decode(record, meta) {
      const host = hostOfDocument(record) || context.defaultHost;
      if (isAuditd(record)) return decodeAuditd(record, meta, host, { dirs: directoriesOf(host), actors }, emit);
      if (isShipped(record)) return shipped.read(record, meta);
      return decodeDocument(record, meta, host, emit);
    },
    advance: (until, number) => shipped.advance(until, number),
    tick: watermark => shipped.tick(watermark),
    drops: () => shipped.drops(),
    snapshot: () => ({
      shipped: shipped.snapshot(),
      directories: [...directories.entries].map(([host, table]) => [host, table.snapshot()]),
    }),
    restore(data) {
      const from = data as { shipped: unknown; directories: readonly (readonly [string, unknown])[] };
      shipped.restore(from.shipped);
      for (const [host, saved] of from.directories) {
        const table = new DirectoryTable();
        table.restore(saved);
        directories.set(host, table);
      }
    },
  };
}

function decodeDocument(record: JsonObject, meta: JsonMeta, host: string, emit: EmitEvent): Verdict {
  const time = stampAt(record, '@timestamp');
  const kind: string = textAt(record, 'event', 'kind');
  if (kind === 'metric') return METRICS;
  if (kind === 'alert' || kind === 'signal') return alert(record, meta, host, time, emit);
  if (valueAt(record, 'process', 'pid') === undefined && idAt(record, 'process', 'vpid') >= 0)
    meta.lacks(CONTAINER_PID);
  const categories = wordsAt(record, 'event', 'category');
  const where: string = textAt(record, 'event', 'dataset') || textAt(record, 'event', 'module');
  if (categories.has('file') || where === 'file' || where === 'file_integrity')
    return decodeFile(record, meta, host, time, emit);
  if (categories.has('process') || where === 'process' || where === 'system.process')
    return decodeProcess(record, meta, host, time, emit);
  if (categories.has('network') || categories.has('network_traffic') || where === 'socket' || where === 'system.socket')
    return decodeNetwork(record, meta, host, time, emit);
  return OTHER;
}

/** Another sensor's judgement: Elastic's own rules, the endpoint's, or a sensor's whose documents are kept in ECS. */
function alert(record: JsonObject, meta: JsonMeta, host: string, time: EpochMs, emit: EmitEvent): Verdict {
  const signature =
    textAt(record, 'kibana', 'alert', 'rule', 'name') ||
    textAt(record, 'rule', 'name') ||
    textAt(record, 'kibana.alert.rule.name') ||
    textAt(record, 'event', 'code');
  if (signature === '') return NO_RULE;
  const flowId =
    valueAt(record, 'network', 'community_id') === undefined
      ? ''
      : textAt(record, 'network', 'community_id').slice(0, 64);
  emit({
    kind: 'sensor.alert',
    time,
    order: meta.arrival(PHASE.seen),
    host,
    ref: meta.ref,
    flowId,
    ...endsOf(record),
    signature,
    category: textAt(record, 'event', 'module') || textAt(record, 'event', 'dataset'),
  });
  return EMIT;
}
