import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { EmitEvent } from '../contract.ts';
import { CONTAINER_PID } from '../json-lines/lives.ts';
import { type JsonMeta, type JsonObject, type JsonRecordDecoder, PHASE } from '../json-lines/record.ts';
import { asNumber, objectAt, textAt } from '../json-lines/values.ts';
import { decodeEmail, decodeEmailFile } from './email.ts';
import { decodeFile, decodeProcess } from './host.ts';
import { decodeDns, decodeHttp, decodeNetwork } from './network.ts';
import { type Around, endsOf, idAt, stampAt } from './objects.ts';

const OTHER = skip('OCSF class of no use here');
const FAILED = skip('OCSF event: the activity failed');
const NO_TITLE = reject('OCSF finding without a title');

const FAILURE = 2;
const CLASS = {
  file: 1001,
  process: 1007,
  finding: 2001,
  detection: 2004,
  network: 4001,
  http: 4002,
  dns: 4003,
  email: 4009,
  emailFile: 4011,
};

/**
 * Events of the Open Cybersecurity Schema Framework, 1.x, one a line: what a class means is in host.ts, network.ts and email.ts. Findings
 * are another sensor's judgement, and context.
 *
 * Source: ocsf-schema 1.8, events/*, objects/*, base_event. Emits: process, file and network events, smtp.seen, file.transferred,
 * attachment.seen, sensor.alert. Trust: the producer is believed about ids and times; names, paths and command lines are the watched
 * programs' words. `unmapped`, `raw_data` and `message` are never read.
 */
export const ocsfDecoder: JsonRecordDecoder = Object.freeze({
  id: 'ocsf',
  title: 'OCSF events',
  claims: (record: JsonObject): boolean =>
    (typeof record.class_uid === 'number' || typeof record.class_uid === 'string') &&
    (objectAt(record, 'metadata') !== undefined || record.category_uid !== undefined || record.type_uid !== undefined),
  hostOf,
  timeOf: (record: JsonObject) => stampAt(record, 'time'),
  decode(record: JsonObject, meta: JsonMeta, emit: EmitEvent): Verdict {
    const host = hostOf(record) || meta.context.defaultHost;
    const around: Around = { time: stampAt(record, 'time'), host, ref: meta.ref };
    const kind = asNumber(record.class_uid, -1);
    if (inContainerOnly(record)) meta.lacks(CONTAINER_PID);
    const failed = idAt(record, 'status_id') === FAILURE;
    switch (kind) {
      case CLASS.process:
        return failed ? FAILED : decodeProcess(record, around, meta, emit);
      case CLASS.file:
        return failed ? FAILED : decodeFile(record, around, meta, emit);
      case CLASS.network:
        return decodeNetwork(record, around, meta, emit);
      case CLASS.http:
        return decodeHttp(record, around, meta, emit);
      case CLASS.dns:
        return decodeDns(record, around, meta, emit);
      case CLASS.email:
        return decodeEmail(record, around, meta, emit);
      case CLASS.emailFile:
        return decodeEmailFile(record, around, meta, emit);
      case CLASS.finding:
      case CLASS.detection:
        return found(record, around, meta, emit);
      default:
        return OTHER;
    }
  },
} satisfies JsonRecordDecoder);

/** The device an event is about: itself, else the one its message went to. */
function hostOf(record: JsonObject): string {
  const device = objectAt(record, 'device') ?? {};
  return (textAt(device, 'hostname') || textAt(device, 'name')).slice(0, 255);
}

function inContainerOnly(record: JsonObject): boolean {
  const process = objectAt(record, 'process') ?? objectAt(objectAt(record, 'actor') ?? {}, 'process');
  return process !== undefined && process.pid === undefined && idAt(process, 'namespace_pid') >= 0;
}

function found(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const info = objectAt(record, 'finding_info') ?? objectAt(record, 'finding') ?? {};
  const signature = textAt(info, 'title');
  if (signature === '') return NO_TITLE;
  const category = textAt(objectAt(objectAt(record, 'metadata') ?? {}, 'product') ?? {}, 'name');
  emit({ kind: 'sensor.alert', ...around, order: meta.arrival(PHASE.seen), ...endsOf(record), signature, category });
  return EMIT;
}
