import { resolvePath } from '../../core/paths.ts';
import { untrusted } from '../../core/untrusted.ts';
import type { Actor } from '../../events/host-events.ts';
import { splitCommandLine } from '../command-line.ts';
import { actorOf, commOf } from '../json-lines/actor.ts';
import type { Described } from '../json-lines/lives.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { isoTime, numberAt, objectAt, textAt } from '../json-lines/values.ts';

/**
 * A `Process` of tetragon.proto. `pid` is of the host's pid namespace (a container's own number stands in `pod.container.pid`).
 * `uid` is the effective user; the real one is there with --enable-process-cred. `arguments` leaves out the first (the program's
 * own name), joins the others by blanks and puts `"` around those that hold blanks. `binary` is the file handed to execve: of a
 * script the script, whose interpreter is not told; its own name is then among the arguments. `cwd` is that of the execve.
 */
export interface TetragonProcess extends Described {
  readonly flags: ReadonlySet<string>;
}

export function processIn(event: JsonObject, host: string, time: number): TetragonProcess | null {
  const process = objectAt(event, 'process');
  if (process === undefined) return null;
  return described(process, idOf(objectAt(event, 'parent') ?? {}, 'pid'), host, time);
}

export function parentIn(event: JsonObject, host: string, time: number): TetragonProcess | null {
  const parent = objectAt(event, 'parent');
  return parent === undefined ? null : described(parent, -1, host, time);
}

function described(process: JsonObject, ppid: number, host: string, time: number): TetragonProcess {
  const flags = new Set(textAt(process, 'flags').slice(0, 512).split(' '));
  const written = textAt(process, 'cwd');
  const cwd = flags.has('rootcwd') && written === '' ? '/' : written;
  const exe = absolute(textAt(process, 'binary'), cwd);
  const words = splitCommandLine(textAt(process, 'arguments'), '"');
  return {
    identity: {
      sensor: 'tetragon',
      host,
      pid: idOf(process, 'pid'),
      entity: textAt(process, 'exec_id').slice(0, 256),
      start: isoTime(process.start_time),
      time,
    },
    actor: actorFrom(process, exe, ppid),
    cwd: untrusted(cwd === '' ? '' : resolvePath(cwd, '')),
    argv: exe === '' ? words : [untrusted(exe), ...words],
    ...(words.length > 1 ? { argvJoined: true as const } : {}),
    flags,
  };
}

function actorFrom(process: JsonObject, exe: string, ppid: number): Actor {
  const euid = idOf(process, 'uid');
  const credentials = objectAt(process, 'process_credentials');
  const real = credentials === undefined ? -1 : idOf(credentials, 'uid');
  return actorOf({
    pid: idOf(process, 'pid'),
    ppid: ppid > 0 ? ppid : -1,
    uid: real < 0 ? euid : real,
    euid,
    auid: idOf(process, 'auid'),
    exe: untrusted(exe),
    comm: commOf(exe),
  });
}

const absolute = (path: string, cwd: string): string => (path === '' ? '' : resolvePath(path, cwd));

/** An unsigned number of the JSON form; -1 when absent or none. */
export function idOf(record: JsonObject, key: string): number {
  const id = numberAt(record, -1, key);
  return Number.isSafeInteger(id) && id >= 0 ? id : -1;
}
