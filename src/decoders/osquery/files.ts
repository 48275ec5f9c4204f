import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip } from '../../core/verdict.ts';
import type { FileId } from '../../events/host-events.ts';
import { actorOf, commOf, fileOf, withContent } from '../json-lines/actor.ts';
import { PHASE } from '../json-lines/record.ts';
import { textAt } from '../json-lines/values.ts';
import { idsOf } from './processes.ts';
import { columnMode, columnNumber, type Row, type RowDecoder } from './row.ts';

const NO_PATH = reject('osquery file event without a path');
const READ_BY_NOBODY = skip('osquery file access: by whom is not recorded');
const OTHER = skip('osquery file event of another kind');
const OPENED = skip('osquery open before its read or write');
const HALF = skip('osquery first half of a rename');

/**
 * file_events (inotify): something happened to a file, by whom is not recorded. `uid` and `mode` are the file's, looked up
 * afterwards. The two halves of a rename share `transaction_id`, inotify's cookie; a half without the other is a file that
 * came, or went.
 * Source: osquery events/linux/inotify.cpp, tables/events/event_utils.cpp. Emits: file.opened, file.renamed, file.mode-changed,
 * file.deleted, all without a process. The inode is left out: no device comes with it.
 */
export const fileRow: RowDecoder = (row, emit) => {
  const { columns, time, host, meta } = row;
  const path = textAt(columns, 'target_path');
  if (path === '') return NO_PATH;
  const mode = columnMode(columns, 'mode');
  const named = fileOf(path, '', mode, 'inode' in columns ? columnNumber(columns, 'uid') : -1);
  // `hashed`: 1 when the hashes were taken, -1 when that failed, 0 when not asked for.
  const sha256 = columnNumber(columns, 'hashed') === 1 ? textAt(columns, 'sha256') : '';
  const file = withContent(named, sha256, columnNumber(columns, 'size'));
  const base = { time, host, ref: meta.ref, actor: NOBODY };
  const cookie = columnNumber(columns, 'transaction_id');
  switch (textAt(columns, 'action') as string) {
    case 'CREATED':
      emit({ ...base, kind: 'file.opened', order: row.order(PHASE.written), file, ...WRITTEN, created: true });
      return EMIT;
    case 'UPDATED':
      emit({ ...base, kind: 'file.opened', order: row.order(PHASE.written), file, ...WRITTEN, created: false });
      return EMIT;
    case 'MOVED_FROM':
      if (cookie <= 0) {
        emit({ ...base, kind: 'file.deleted', order: row.order(PHASE.moved), file });
        return EMIT;
      }
      meta.memory.set(`moved ${host} ${cookie}`, { path, time });
      return HALF;
    case 'MOVED_TO': {
      const from = cookie <= 0 ? null : movedFrom(row, cookie);
      const order = row.order(PHASE.moved);
      if (from === null) emit({ ...base, kind: 'file.opened', order, file, ...WRITTEN, created: true });
      else emit({ ...base, kind: 'file.renamed', order, from: { ...file, path: from }, to: file });
      return EMIT;
    }
    case 'ATTRIBUTES_MODIFIED':
      emit({ ...base, kind: 'file.mode-changed', order: row.order(PHASE.modeChanged), file, mode });
      return EMIT;
    case 'DELETED':
      emit({ ...base, kind: 'file.deleted', order: row.order(PHASE.ended), file });
      return EMIT;
    case 'OPENED':
    case 'ACCESSED':
      return READ_BY_NOBODY;
    default:
      return OTHER;
  }
};

const NOBODY = actorOf({});
const WRITTEN = { access: 'write', truncated: false, fd: -1 } as const;
const RENAME_MS = 60_000;

function movedFrom(row: Row, cookie: number): Untrusted | null {
  const half = row.meta.memory.peek(`moved ${row.host} ${cookie}`) as { path: string; time: number } | undefined;
  return half === undefined || Math.abs(row.time - half.time) > RENAME_MS ? null : untrusted(half.path);
}

/**
 * process_file_events (audit): a process did something to a file of the watched paths. Paths are absolute. Whether an open
 * made the file is not said.
 * Source: osquery tables/events/linux/process_file_events.cpp. Emits: file.opened, file.renamed, file.linked, file.symlinked,
 * file.deleted.
 */
export const processFileRow: RowDecoder = (row, emit) => {
  const { columns, time, host, meta } = row;
  const cwd = textAt(columns, 'cwd');
  const path = textAt(columns, 'path');
  if (path === '') return NO_PATH;
  const exe = textAt(columns, 'executable');
  const actor = actorOf({ ...idsOf(row), exe, comm: commOf(exe) });
  const base = { time, host, ref: meta.ref, actor };
  const file = fileOf(path, cwd);
  const fd = -1;
  const operation: string = textAt(columns, 'operation');
  switch (operation) {
    case 'read':
    case 'mmap': {
      const read = { access: 'read', created: false, truncated: false } as const;
      emit({ ...base, kind: 'file.opened', order: row.order(PHASE.read), file, fd, ...read });
      return EMIT;
    }
    case 'write':
    case 'truncate':
    case 'open+truncate': {
      const written = { access: 'write', created: false, truncated: operation !== 'write' } as const;
      emit({ ...base, kind: 'file.opened', order: row.order(PHASE.written), file, fd, ...written });
      return EMIT;
    }
    case 'rename':
    case 'link':
    case 'symlink': {
      const to: FileId = fileOf(textAt(columns, 'dest_path'), cwd);
      if (to.path === '') return NO_PATH;
      const kind = MOVES[operation];
      emit({ ...base, kind, order: row.order(PHASE.moved), from: file, to });
      return EMIT;
    }
    case 'unlink':
      emit({ ...base, kind: 'file.deleted', order: row.order(PHASE.ended), file });
      return EMIT;
    case 'open':
    case 'close':
      return OPENED;
    default:
      return OTHER;
  }
};

const MOVES = { rename: 'file.renamed', link: 'file.linked', symlink: 'file.symlinked' } as const;
