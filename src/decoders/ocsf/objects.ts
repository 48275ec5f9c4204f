import { type EpochMs, epochMs } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import { type Actor, type FileId, ID_UNSET, TTY_UNKNOWN } from '../../events/host-events.ts';
import { addressOf } from '../address.ts';
import { splitCommandLine } from '../command-line.ts';
import { actorOf, commOf, fileOf, withContent } from '../json-lines/actor.ts';
import type { Identity } from '../json-lines/lives.ts';
import type { JsonMeta, JsonObject } from '../json-lines/record.ts';
import { asNumber, inRange, isoTime, objectAt, textAt, textsAt } from '../json-lines/values.ts';
import { hexOf } from '../zeek/files.ts';

/** What every event of one record has. */
export interface Around {
  readonly time: EpochMs;
  readonly host: string;
  readonly ref: JsonMeta['ref'];
}

/**
 * `timestamp_t`: milliseconds since the epoch; producers that write seconds, micro- or nanoseconds are told by the size. The text
 * form of the datetime profile (`time_dt`) counts first, for it can have parts of a millisecond.
 */
export function stampAt(record: JsonObject, key: string): EpochMs {
  const text = isoTime(record[`${key}_dt`]);
  if (!Number.isNaN(text)) return text;
  const number = asNumber(record[key], Number.NaN);
  if (Number.isNaN(number)) return isoTime(record[key]);
  if (number > 1e17) return inRange(Math.floor(number / 1000) / 1000);
  if (number > 1e14) return inRange(number / 1000);
  return inRange(number < 1e11 ? number * 1000 : number);
}

export function idAt(record: JsonObject | undefined, key: string): number {
  const id = record === undefined ? -1 : asNumber(record[key], -1);
  return Number.isSafeInteger(id) && id >= 0 ? id : -1;
}

export function endpointAt(record: JsonObject, key: string): { address: string; port: number } {
  const endpoint = objectAt(record, key);
  if (endpoint === undefined) return { address: '', port: -1 };
  const port = idAt(endpoint, 'port');
  return { address: addressOf(textAt(endpoint, 'ip'))?.address ?? '', port: port > 65_535 ? -1 : port };
}

export function endsOf(record: JsonObject) {
  const from = endpointAt(record, 'src_endpoint');
  const to = endpointAt(record, 'dst_endpoint');
  const connection = objectAt(record, 'connection_info') ?? {};
  return {
    flowId: textAt(connection, 'uid').slice(0, 128),
    communityId: textAt(connection, 'community_uid').slice(0, 64),
    sourceAddress: from.address,
    sourcePort: from.port,
    destinationAddress: to.address,
    destinationPort: to.port,
  };
}

/** A file object: `path`, or `parent_folder` and `name`. The owner is known by number only where its `uid` is one. */
export function fileFrom(file: JsonObject | undefined): FileId {
  if (file === undefined) return fileOf('');
  const name = textAt(file, 'name');
  const folder = textAt(file, 'parent_folder');
  const path = textAt(file, 'path') || (folder !== '' && name !== '' ? `${folder}/${name}` : name);
  const named = fileOf(path, '', -1, idAt(objectAt(file, 'owner'), 'uid'));
  return withContent(named, sha256Of(file), idAt(file, 'size'));
}

/** `algorithm_id` of SHA-256 in a fingerprint object. */
const SHA256 = 3;
const HASHES_MAX = 16;

/** The SHA-256 among a file's `hashes`, '' when it is not there. */
export function sha256Of(file: JsonObject): string {
  const hashes: readonly unknown[] = Array.isArray(file.hashes) ? file.hashes.slice(0, HASHES_MAX) : [];
  for (const each of hashes) {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) continue;
    const hash = each as JsonObject;
    if (idAt(hash, 'algorithm_id') !== SHA256 && !/^sha-?256$/i.test(textAt(hash, 'algorithm'))) continue;
    const found = hexOf(textAt(hash, 'value'));
    if (found !== '') return found;
  }
  return '';
}

/**
 * A process object. `pid` is what the operating system returns, the host's; a container's own number is `namespace_pid`. The Linux
 * extension has `euid` and `auid`; `user.uid` is a number in text. A session's number is the audit system's only by chance.
 */
export function actorFrom(process: JsonObject | undefined, user: JsonObject | undefined, parent = -1): Actor {
  const own = process === undefined ? undefined : objectAt(process, 'user');
  const uid = idAt(own ?? user, 'uid');
  const euid = idAt(process, 'euid');
  const exe = exeOf(process);
  const ppid = idAt(process === undefined ? undefined : objectAt(process, 'parent_process'), 'pid');
  const auid = idAt(process, 'auid');
  return actorOf({
    pid: idAt(process, 'pid'),
    ppid: ppid > 0 ? ppid : parent,
    uid,
    euid: euid < 0 ? uid : euid,
    auid: process?.auid === -1 ? ID_UNSET : auid,
    tty: ttyOf(process),
    exe: untrusted(exe),
    comm: commOf((process === undefined ? '' : textAt(process, 'name')) || exe),
  });
}

export function exeOf(process: JsonObject | undefined): string {
  if (process === undefined) return '';
  const path = fileFrom(objectAt(process, 'file')).path;
  return path.startsWith('/') ? path : textAt(process, 'path') || path.replace(/^\?\//, '');
}

function ttyOf(process: JsonObject | undefined): string {
  const session = process === undefined ? undefined : objectAt(process, 'session');
  const terminal = session === undefined ? '' : textAt(session, 'terminal');
  return terminal === '' || terminal === '?' ? TTY_UNKNOWN : terminal.replace('/dev/', '').replace('/', '');
}

export function identityOf(process: JsonObject | undefined, host: string, time: number): Identity {
  const entity = process === undefined ? '' : textAt(process, 'uid') || textAt(process, 'cpid');
  const start = process === undefined ? epochMs(Number.NaN) : stampAt(process, 'created_time');
  return { sensor: 'ocsf', host, pid: idAt(process, 'pid'), entity: entity.slice(0, 256), start, time };
}

const ARGUMENTS_MAX = 4096;

/** `cmd_line` joins the arguments by blanks; some producers add the list of them. */
export function argumentsOf(process: JsonObject): { readonly argv: readonly string[]; readonly argvJoined?: true } {
  const list = Array.isArray(process.args) ? textsAt(process, ARGUMENTS_MAX, 'args') : [];
  if (list.length > 0) return { argv: list };
  const argv = splitCommandLine(textAt(process, 'cmd_line'), '"\'');
  return argv.length <= 1 ? { argv } : { argv, argvJoined: true };
}
