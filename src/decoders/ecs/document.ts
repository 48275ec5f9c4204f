import type { EpochMs } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import { type Actor, ID_UNSET, TTY_UNKNOWN } from '../../events/host-events.ts';
import { splitCommandLine } from '../command-line.ts';
import { actorOf, commOf } from '../json-lines/actor.ts';
import type { Identity } from '../json-lines/lives.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { asNumber, inRange, isoTime, textAt, textsAt, valueAt } from '../json-lines/values.ts';

const ARGUMENTS_MAX = 4096;
const WORDS_MAX = 16;

/** Words of a keyword field, which is one text or a list of them: `event.action`, `event.category`, `event.type`. */
export function wordsAt(record: JsonObject, ...path: readonly string[]): ReadonlySet<string> {
  return new Set<string>(textsAt(record, WORDS_MAX, ...path));
}

/** A number of seconds or milliseconds, or an ISO text, as `@timestamp` comes out of an index or out of a shipper. */
export function stampAt(record: JsonObject, ...path: readonly string[]): EpochMs {
  const value = valueAt(record, ...path);
  const iso = isoTime(value);
  if (!Number.isNaN(iso)) return iso;
  const number = asNumber(value, Number.NaN);
  // Seconds stay below this until the year 5138; milliseconds passed it in 1973.
  return inRange(number < 100_000_000_000 ? Math.round(number * 1_000_000) / 1000 : number);
}

/** `host.hostname` is what the host calls itself; `host.name` may be what somebody calls it. */
export function hostOfDocument(record: JsonObject): string {
  for (const path of HOSTS) {
    const host = textAt(record, ...path);
    if (host !== '' && host.length < 256) return host;
  }
  return '';
}

const HOSTS = [
  ['host', 'hostname'],
  ['host', 'name'],
  ['host'],
  ['hostname'],
  ['agent', 'hostname'],
  ['beat', 'hostname'],
  ['agent', 'name'],
] as const;

/** A user or session id: ECS keeps them as texts; -1 when absent or no number. */
export function idAt(record: JsonObject, ...path: readonly string[]): number {
  const value = valueAt(record, ...path);
  if (value === 'unset') return ID_UNSET;
  const number = asNumber(value, -1);
  return Number.isSafeInteger(number) && number >= 0 ? number : -1;
}

/** The first of several fields that holds an id; -1 when none does. */
export function firstId(record: JsonObject, paths: readonly (readonly string[])[]): number {
  for (const path of paths) {
    const id = idAt(record, ...path);
    if (id >= 0) return id;
  }
  return -1;
}

const REAL = [
  ['user', 'Ext', 'real', 'id'],
  ['process', 'real_user', 'id'],
  ['user', 'id'],
  ['process', 'user', 'id'],
];
const EFFECTIVE = [
  ['user', 'effective', 'id'],
  ['process', 'user', 'id'],
  ['user', 'id'],
];
export const PARENT = [
  ['process', 'parent', 'pid'],
  ['process', 'ppid'],
];

/**
 * The process of a document. `process.pid` is the host's: a container's own number is `process.vpid`. ECS has no audit session;
 * the login uid is there where the audit system is the source. `process.tty` and `process.interactive` tell the terminal.
 */
export function actorOfDocument(record: JsonObject): Actor {
  const exe = textAt(record, 'process', 'executable');
  const name = textAt(record, 'process', 'name');
  return actorOf({
    pid: idAt(record, 'process', 'pid'),
    ppid: firstId(record, PARENT),
    uid: firstId(record, REAL),
    euid: firstId(record, EFFECTIVE),
    auid: idAt(record, 'user', 'audit', 'id'),
    tty: ttyOf(record),
    exe,
    comm: commOf(name || exe),
  });
}

/** Major numbers of terminals (Linux Documentation/admin-guide/devices.txt): 136 to 143 are the pseudo ones. */
const PTS_FIRST = 136;
const PTS_LAST = 143;
const TTY = 4;

function ttyOf(record: JsonObject): string {
  const major = idAt(record, 'process', 'tty', 'char_device', 'major');
  const minor = idAt(record, 'process', 'tty', 'char_device', 'minor');
  if (major >= PTS_FIRST && major <= PTS_LAST && minor >= 0) return `pts${(major - PTS_FIRST) * 256 + minor}`;
  if (major === TTY && minor >= 0) return `tty${minor}`;
  const interactive = valueAt(record, 'process', 'interactive');
  if (interactive === true) return 'tty';
  return interactive === false ? '' : TTY_UNKNOWN;
}

export function identityOf(record: JsonObject, host: string, time: number): Identity {
  return {
    sensor: `ecs ${textAt(record, 'event', 'module')}`,
    host,
    pid: idAt(record, 'process', 'pid'),
    entity: textAt(record, 'process', 'entity_id').slice(0, 256),
    start: stampAt(record, 'process', 'start'),
    time,
  };
}

/** `process.args` is a list; where there is only `process.command_line` the arguments are joined. */
export function argumentsOf(record: JsonObject): {
  readonly argv: readonly string[];
  readonly argvCut: boolean;
  readonly argvJoined?: true;
} {
  const args = textsAt(record, ARGUMENTS_MAX, 'process', 'args');
  if (args.length > 0) return { argv: args, argvCut: idAt(record, 'process', 'args_count') > args.length };
  const argv = splitCommandLine(textAt(record, 'process', 'command_line'), '"\'');
  return argv.length <= 1 ? { argv, argvCut: false } : { argv, argvCut: false, argvJoined: true };
}

export const cwdOf = (record: JsonObject) => textAt(record, 'process', 'working_directory');

/** Mode bits of ECS, octal text without the kind of the file; -1 when absent. */
export function modeAt(record: JsonObject, ...path: readonly string[]): number {
  const text = textAt(record, ...path);
  return /^[0-7]{3,7}$/.test(text) ? Number.parseInt(text, 8) : -1;
}

export const NOTHING_KNOWN = untrusted('');

/** The sha256 of the file or of the process' program, '' when none was taken: `file.hash.sha256`; `hash.sha256` of file_integrity before ECS. */
export function hashAt(record: JsonObject, of: 'file' | 'process'): string {
  return textAt(record, of, 'hash', 'sha256') || (of === 'file' ? textAt(record, 'hash', 'sha256') : '');
}
