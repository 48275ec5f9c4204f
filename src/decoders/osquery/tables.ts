import type { JsonObject } from '../json-lines/record.ts';

/** Columns that a row of each table has, and no row of another: from osquery's specs/*.table. Asked in this order. */
const TABLES = {
  process_file_events: ['operation', 'executable', 'path', 'pid'],
  yara_events: ['target_path', 'matches', 'count'],
  file_events: ['target_path', 'action'],
  bpf_socket_events: ['remote_address', 'remote_port', 'pid', 'syscall'],
  socket_events: ['remote_address', 'remote_port', 'pid', 'action'],
  bpf_process_events: ['cmdline', 'path', 'pid', 'syscall', 'ntime'],
  process_events: ['cmdline', 'path', 'pid', 'parent', 'time'],
  user_events: ['message', 'type', 'terminal', 'pid'],
  processes: ['pid', 'path', 'parent'],
  users: ['uid', 'username', 'directory'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TableName = keyof typeof TABLES;

const NAMES = Object.keys(TABLES) as TableName[];

/** Table that a row most likely came from; null for one of no use here. */
export function tableOf(columns: JsonObject): TableName | null {
  for (const name of NAMES) if (TABLES[name].every(key => key in columns)) return name;
  return 'auid' in columns && 'cmdline' in columns && 'path' in columns && 'pid' in columns ? 'process_events' : null;
}

/** True when a row of this table is something that happened at its `time`. */
export const isEventTable = (name: TableName | null): name is TableName => name?.endsWith('_events') ?? false;
