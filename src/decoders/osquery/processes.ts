import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip } from '../../core/verdict.ts';
import { splitCommandLine } from '../command-line.ts';
import { actorOf, commOf, fileOf, withContent } from '../json-lines/actor.ts';
import { type JsonObject, PHASE } from '../json-lines/record.ts';
import { asText, textAt } from '../json-lines/values.ts';
import { columnMode, columnNumber, type Row, type RowDecoder } from './row.ts';

/**
 * process_events (audit) and bpf_process_events: a program was executed, or a process forked.
 *
 * `path` is the image that runs: for a script its interpreter, and the script stands in `cmdline`. `mode` and `owner_uid` are
 * of the file handed to execve. `cmdline` joins the arguments by blanks; bpf's puts `'` around those that hold blanks, and its
 * hidden `json_cmdline` has them whole. No terminal, no session.
 * Source: osquery tables/events/linux/process_events.cpp, bpf_process_events.cpp. Emits: process.started, process.forked.
 */
export const processRow: RowDecoder = (row, emit) => {
  const { columns, time, host, meta } = row;
  const pid = columnNumber(columns, 'pid');
  const exe = textAt(columns, 'path');
  if (pid < 0 && exe === '') return NOBODY;
  const call = textAt(columns, 'syscall');
  const { ref } = meta;
  if (FORKS.has(call)) {
    const parent = columnNumber(columns, 'parent');
    if (parent <= 0 || pid < 0) return NO_PARENT;
    const actor = actorOf({ ...idsOf(row), pid: parent, ppid: -1, exe });
    emit({ kind: 'process.forked', time, order: row.order(PHASE.forked), host, ref, actor, childPid: pid });
    return EMIT;
  }
  if (KILLS.has(call)) return KILL;
  const actor = actorOf({ ...idsOf(row), pid, exe, comm: commOf(exe) });
  emit({
    kind: 'process.started',
    time,
    order: row.order(PHASE.started),
    host,
    ref,
    actor,
    file: withContent(fileOf(exe, '', columnMode(columns, 'mode'), ownerOf(columns)), textAt(columns, 'sha256')),
    interpreter: untrusted(''),
    argvCut: columnNumber(columns, 'probe_error') === 1,
    cwd: textAt(columns, 'cwd'),
    userName: '',
    ...argumentsOf(columns, row.table === 'bpf_process_events' ? "'" : ''),
  });
  return EMIT;
};

const FORKS = new Set<string>(['fork', 'vfork', 'clone', 'clone3']);
const KILLS = new Set<string>(['kill', 'tkill', 'tgkill']);
const NOBODY = reject('osquery process without pid and path');
const NO_PARENT = skip('osquery fork without the parent');
const KILL = skip('osquery signal');

/** Where the file could not be looked at (fork rows, files that are gone) the owner is written as 0 with no mode. */
function ownerOf(columns: JsonObject): number {
  return columnMode(columns, 'mode') < 0 ? -1 : columnNumber(columns, 'owner_uid');
}

/** User, login and parent ids of a row; `parent` is called `ppid` in process_file_events. */
export function idsOf(row: Row): { pid: number; ppid: number; uid: number; euid: number; auid: number } {
  const { columns } = row;
  const ppid = columnNumber(columns, 'ppid' in columns ? 'ppid' : 'parent');
  return {
    pid: columnNumber(columns, 'pid'),
    ppid: ppid === 0 ? -1 : ppid,
    uid: columnNumber(columns, 'uid'),
    euid: 'euid' in columns ? columnNumber(columns, 'euid') : columnNumber(columns, 'uid'),
    auid: columnNumber(columns, 'auid'),
  };
}

const ARGUMENTS_MAX = 4096;

/** The arguments, whole where the row has them so. `quotes` stand around those with blanks. */
export function argumentsOf(
  columns: JsonObject,
  quotes: string,
): { readonly argv: readonly Untrusted[]; readonly argvJoined?: true } {
  const list = columns.json_cmdline;
  if (typeof list === 'string' && list.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(list);
      if (Array.isArray(parsed) && parsed.length > 0)
        return { argv: parsed.slice(0, ARGUMENTS_MAX).map(word => asText(word)) };
    } catch {
      // Cut or damaged: the joined form is there besides.
    }
  }
  const line = textAt(columns, 'cmdline');
  const argv = splitCommandLine(line, quotes);
  // A lone word was surely one argument.
  return argv.length <= 1 ? { argv } : { argv, argvJoined: true };
}
