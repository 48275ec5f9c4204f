import { fnv1a } from '../../core/hash.ts';
import type { EpochMs } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, type Verdict } from '../../core/verdict.ts';
import { TTY_UNKNOWN } from '../../events/host-events.ts';
import { addressOf } from '../address.ts';
import { splitCommandLine } from '../command-line.ts';
import type { EmitEvent } from '../contract.ts';
import { actorOf, commOf } from '../json-lines/actor.ts';
import { CONTAINER_PID, introduce } from '../json-lines/lives.ts';
import { type JsonMeta, type JsonObject, type JsonRecordDecoder, PHASE } from '../json-lines/record.ts';
import { asText, inRange, isoTime, objectAt, textAt } from '../json-lines/values.ts';
import { decodeCall } from './calls.ts';
import { type FalcoRecord, fieldNumber, fieldText } from './fields.ts';

const NO_RULE = reject('Falco alert without a rule');

/**
 * Falco's JSON output: an alert of one of its rules, `{ "time", "rule", "priority", "source", "hostname", "output_fields" }`.
 *
 * An alert is another sensor's judgement, and context. What it is about is told as well, as far as the rule's output names the
 * fields (`append_output` adds some to every rule): a system call of a process. Which ones those are the operator chose: there is no
 * telling from what is not there. Arguments are joined by blanks. `proc.pid` is the host's, `proc.vpid` the container's.
 * Several rules may tell of one call: it is told once.
 *
 * Source: falcosecurity/falco userspace/engine/formats.cpp; falco.org, supported fields for conditions and outputs; rules/falco_rules.yaml.
 * Emits: sensor.alert, process.listed, process.started, file and network events. Trust: names, paths and command lines are the
 * watched programs' words. `output` and `message` repeat them and are not read.
 */
export const falcoDecoder: JsonRecordDecoder = Object.freeze({
  id: 'falco',
  title: 'Falco alerts (JSON output)',
  claims: (record: JsonObject): boolean =>
    typeof record.rule === 'string' &&
    typeof record.priority === 'string' &&
    (objectAt(record, 'output_fields') !== undefined ||
      (typeof record.output === 'string' && record.time !== undefined)),
  hostOf: (record: JsonObject): string =>
    (textAt(record, 'hostname') || asText(objectAt(record, 'output_fields')?.['evt.hostname'])).slice(0, 255),
  timeOf,
  decode(record: JsonObject, meta: JsonMeta, emit: EmitEvent): Verdict {
    const rule = textAt(record, 'rule');
    if (rule === '') return NO_RULE;
    const fields = objectAt(record, 'output_fields') ?? {};
    const time = timeOf(record);
    const host = falcoDecoder.hostOf(record) || meta.context.defaultHost;
    const ends = endsOf(fields);
    emit({
      kind: 'sensor.alert',
      time,
      order: meta.arrival(PHASE.seen),
      host,
      ref: meta.ref,
      flowId: '',
      communityId: '',
      ...ends,
      signature: rule,
      category: untrusted(`Falco ${textAt(record, 'priority')}`),
    });
    const source = textAt(record, 'source');
    if (source !== '' && source !== 'syscall') return EMIT;
    tellCall(fields, { time, host, meta, emit });
    return EMIT;
  },
} satisfies JsonRecordDecoder);

/** `time` is text with nanoseconds; `evt.time` is nanoseconds since the epoch. */
function timeOf(record: JsonObject): EpochMs {
  const time = isoTime(record.time);
  if (!Number.isNaN(time)) return time;
  const nanos = objectAt(record, 'output_fields')?.['evt.time'];
  return inRange(typeof nanos === 'number' ? Math.round(nanos / 1000) / 1000 : Number.NaN);
}

interface Around {
  readonly time: EpochMs;
  readonly host: string;
  readonly meta: JsonMeta;
  readonly emit: EmitEvent;
}

/** Fields that tell two calls of one process and moment apart; `evt.num` counts, where the output has it. Threads have names of their own. */
const CALL_FIELDS = [
  'evt.num',
  'thread.tid',
  'proc.name',
  'proc.cmdline',
  'fd.name',
  'fs.path.name',
  'fs.path.source',
  'fs.path.target',
  'evt.arg.path',
  'evt.arg.name',
  'evt.arg.oldpath',
  'evt.arg.newpath',
  'evt.arg.flags',
];

/** tty(4) and pts(4) numbers as the kernel joins major and minor. */
const PTS_MAJOR = 136;

function tellCall(fields: JsonObject, { time, host, meta, emit }: Around): void {
  const exe = fieldText(fields, 'proc.exepath');
  const name = fieldText(fields, 'proc.name');
  const uid = fieldNumber(fields, 'user.uid');
  const actor = actorOf({
    pid: fieldNumber(fields, 'proc.pid'),
    ppid: fieldNumber(fields, 'proc.ppid'),
    uid,
    euid: uid,
    auid: loginOf(fields),
    tty: ttyOf(fields),
    exe: untrusted(exe),
    comm: commOf(name || exe),
  });
  if (actor.pid < 0 && fieldNumber(fields, 'proc.vpid') >= 0) meta.lacks(CONTAINER_PID);
  const start = fields['proc.pid.ts'];
  const began = inRange(typeof start === 'number' ? Math.round(start / 1000) / 1000 : Number.NaN);
  const argv = splitCommandLine(fieldText(fields, 'proc.cmdline'), '');
  const cwd = untrusted(fieldText(fields, 'proc.cwd'));
  const joined = argv.length > 1 ? { argvJoined: true as const } : {};
  const entity = Number.isNaN(began) ? '' : `${actor.pid} ${began}`;
  const identity = { sensor: 'falco', host, pid: actor.pid, entity, start: began, time };
  const call = fieldText(fields, 'evt.type');
  if (call !== 'execve' && call !== 'execveat' && argv.length > 0)
    introduce(meta, { identity, actor, cwd, argv, ...joined }, time, 0, emit);
  // One call that several rules tell of is one event: its order is made of what the call is, not of the alert.
  const key = Buffer.from([time, call, actor.pid, ...CALL_FIELDS.map(each => fieldText(fields, each))].join('\0'));
  const order = (phase: number) => phase * 4294967296 + fnv1a(key, 0, key.length);
  const record: FalcoRecord = {
    fields,
    call,
    actor,
    argv,
    joined,
    cwd,
    base: { time, host, ref: meta.ref, actor },
    order,
  };
  decodeCall(record, emit);
}

/** `user.loginuid` is -1 for processes of no login. */
function loginOf(fields: JsonObject): number {
  const value = fields['user.loginuid'];
  if (value === -1 || value === 4294967295 || value === '-1') return 4294967295;
  return fieldNumber(fields, 'user.loginuid');
}

function ttyOf(fields: JsonObject): string {
  const number = fieldNumber(fields, 'proc.tty');
  if (number === 0) return '';
  if (number < 0) return TTY_UNKNOWN;
  const major = (number >> 8) & 0xfff;
  return major >= PTS_MAJOR && major < PTS_MAJOR + 8
    ? `pts${(major - PTS_MAJOR) * 256 + (number & 0xff)}`
    : `tty${number & 0xff}`;
}

function endsOf(fields: JsonObject) {
  const from = addressOf(fieldText(fields, 'fd.cip') || fieldText(fields, 'fd.lip'));
  const to = addressOf(fieldText(fields, 'fd.sip') || fieldText(fields, 'fd.rip'));
  return {
    sourceAddress: from?.address ?? '',
    sourcePort: first(fields, 'fd.cport', 'fd.lport'),
    destinationAddress: to?.address ?? '',
    destinationPort: first(fields, 'fd.sport', 'fd.rport'),
  };
}

function first(fields: JsonObject, ...names: readonly string[]): number {
  for (const name of names) {
    const number = fieldNumber(fields, name);
    if (number >= 0) return number;
  }
  return -1;
}
