import { type EpochMs, epochMs } from '../../core/time.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { asNumber, inRange, isoTime, objectAt, textAt, valueAt } from '../json-lines/values.ts';

/** One event of Tracee in either of its JSON forms. Numbers are -1 and texts '' where it does not say. */
export interface TraceeEvent {
  readonly name: string;
  readonly time: EpochMs;
  readonly host: string;
  /** In the host's pid namespace. */
  readonly pid: number;
  /** In its container, which may be the host's; of use to nobody but to say so. */
  readonly containerPid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly comm: string;
  readonly exe: string;
  /** Tracee's hash of thread id and start time. */
  readonly entity: string;
  readonly parentEntity: string;
  readonly start: number;
  readonly result: number;
  readonly data: ReadonlyMap<string, unknown>;
  /** What a signature or detector says of it; null for a plain event. */
  readonly finding: { readonly name: string; readonly category: string } | null;
}

const VALUES_MAX = 64;

/** The first form (trace.Event): `eventName`, `args`, `hostProcessId`. The second (v1beta1.Event): `name`, `workload`, `data`. */
export const isTracee = (record: JsonObject): boolean =>
  (typeof record.eventName === 'string' && Array.isArray(record.args) && record.processId !== undefined) ||
  (typeof record.name === 'string' &&
    objectAt(record, 'workload') !== undefined &&
    record.timestamp !== undefined &&
    (Array.isArray(record.data) || record.id !== undefined));

export const traceeTime = (record: JsonObject): EpochMs =>
  typeof record.eventName === 'string' ? nanosTime(record.timestamp) : stampOf(record.timestamp);

export const traceeHost = (record: JsonObject): string =>
  (textAt(record, 'hostName') || textAt(record, 'hostname')).slice(0, 255);

export function traceeEvent(record: JsonObject): TraceeEvent {
  return typeof record.eventName === 'string' ? firstForm(record) : secondForm(record);
}

function firstForm(record: JsonObject): TraceeEvent {
  const metadata = objectAt(record, 'metadata');
  const properties = metadata === undefined ? undefined : objectAt(metadata, 'Properties');
  const signature =
    properties === undefined ? '' : textAt(properties, 'signatureName') || textAt(properties, 'signatureID');
  return {
    name: textAt(record, 'eventName'),
    time: traceeTime(record),
    host: traceeHost(record),
    pid: idAt(record, 'hostProcessId'),
    containerPid: idAt(record, 'processId'),
    ppid: idAt(record, 'hostParentProcessId'),
    uid: idAt(record, 'userId'),
    comm: textAt(record, 'processName'),
    exe: textAt(record, 'executable', 'path'),
    entity: textAt(record, 'processEntityId'),
    parentEntity: textAt(record, 'parentEntityId'),
    start: nanosTime(record.threadStartTime),
    result: asNumber(record.returnValue, 0),
    data: dataOf(record.args, each => each.value),
    finding: signature === '' ? null : { name: signature, category: textAt(properties ?? {}, 'Category') },
  };
}

function secondForm(record: JsonObject): TraceeEvent {
  const process = objectAt(objectAt(record, 'workload') ?? {}, 'process') ?? {};
  const thread = objectAt(process, 'thread') ?? {};
  const ancestors: readonly unknown[] = Array.isArray(process.ancestors) ? process.ancestors : [];
  const first = ancestors[0];
  const parent = typeof first === 'object' && first !== null && !Array.isArray(first) ? (first as JsonObject) : {};
  const threat = objectAt(record, 'threat');
  const either = (from: JsonObject, ...names: readonly string[]) => {
    for (const name of names) {
      const id = wrapped(from, name);
      if (id >= 0) return id;
    }
    return -1;
  };
  const result = dataOf(record.data, valueIn).get('returnValue');
  return {
    name: textAt(record, 'name'),
    time: stampOf(record.timestamp),
    host: traceeHost(record),
    pid: either(process, 'host_pid', 'hostPid'),
    containerPid: wrapped(process, 'pid'),
    ppid: either(parent, 'host_pid', 'hostPid'),
    uid: wrapped(objectAt(process, 'real_user') ?? objectAt(process, 'realUser') ?? {}, 'id'),
    comm: textAt(thread, 'name'),
    exe: textAt(process, 'executable', 'path'),
    entity: textOfId(either(process, 'unique_id', 'uniqueId')),
    parentEntity: textOfId(either(parent, 'unique_id', 'uniqueId')),
    start: stampOf(thread.start_time ?? thread.startTime),
    result: asNumber(result, 0),
    data: dataOf(record.data, valueIn),
    finding:
      threat === undefined
        ? null
        : { name: textAt(threat, 'name'), category: textAt(threat, 'mitre', 'technique', 'name') },
  };
}

const textOfId = (id: number): string => (id < 0 ? '' : String(id));

function dataOf(list: unknown, valueOf: (each: JsonObject) => unknown): ReadonlyMap<string, unknown> {
  const data = new Map<string, unknown>();
  if (!Array.isArray(list)) return data;
  for (const each of (list as readonly unknown[]).slice(0, VALUES_MAX)) {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) continue;
    const name = (each as JsonObject).name;
    if (typeof name === 'string') data.set(name, valueOf(each as JsonObject));
  }
  return data;
}

/** The one of the kinds of value that is there: `{ "name": "pathname", "str": "/x" }`, with names in either spelling. */
function valueIn(each: JsonObject): unknown {
  for (const [key, value] of Object.entries(each)) {
    if (key === 'name') continue;
    if (key === 'str_array' || key === 'strArray') return valueAt(each, key, 'value');
    return value;
  }
  return undefined;
}

/** A number of a wrapped value: `7`, `"7"` or `{ "value": 7 }`. */
function wrapped(record: JsonObject, key: string): number {
  const value = record[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? idAt(value as JsonObject, 'value')
    : idAt(record, key);
}

export function idAt(record: JsonObject, key: string): number {
  const id = asNumber(record[key], -1);
  return Number.isSafeInteger(id) && id >= 0 ? id : -1;
}

/** Nanoseconds since the epoch, which a number of JSON holds to a quarter of a microsecond. */
function nanosTime(value: unknown): EpochMs {
  return inRange(Math.round(asNumber(value, Number.NaN) / 1000) / 1000);
}

function stampOf(value: unknown): EpochMs {
  if (typeof value === 'string') return isoTime(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return epochMs(Number.NaN);
  const { seconds, nanos } = value as JsonObject;
  return inRange(asNumber(seconds, Number.NaN) * 1000 + Math.floor(asNumber(nanos, 0) / 1000) / 1000);
}
