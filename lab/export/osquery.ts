import type { WatchEvent } from '../../src/events/event.ts';
import type { FileId, HostEvent } from '../../src/events/host-events.ts';
import type { ExportedFile, Form } from './form.ts';

/**
 * osquery's results log, event format, of scheduled queries that name their columns. What the recording does not hold (group
 * ids, times of the file, hashes) is not selected. As the real one: whole seconds; `path` is the image that runs; the
 * arguments joined by blanks, in the order of their record's field names (a0, a1, a10, a2, …); inotify does not say who;
 * each table's rows come when its query runs, one table after the other.
 *
 * Source: osquery wiki (deployment/logging, process-auditing, file-integrity-monitoring), specs/*.table,
 * tables/events/linux/process_events.cpp, events/linux/inotify.cpp.
 */
export const osqueryForm: Form = {
  id: 'osquery',
  options: {
    sockets: 'socket_events (--audit_allow_sockets)',
    batch: 'one record a query run (--logger_event_type=false)',
    lists: 'a snapshot of processes at the end',
    accesses:
      'process_file_events with reads (--disable_audit=false --audit_fim_show_accesses) in place of file_events',
  },
  write(events, on): ExportedFile[] {
    const rows: Row[] = [];
    const cookies = { next: 1 };
    for (const event of events) {
      if (!('actor' in event)) continue;
      if (event.kind === 'process.started') rows.push(processRow(event));
      else if (event.kind === 'network.connected') rows.push(...(on.has('sockets') ? socketRows(event) : []));
      else if (on.has('accesses')) rows.push(...auditedFileRows(event));
      else rows.push(...fileRows(event, cookies));
    }
    const lines = on.has('batch') ? batched(rows) : logged(rows);
    const files = [{ name: 'osqueryd.results.log', lines }];
    if (on.has('lists')) files.push({ name: 'osqueryd.snapshots.log', lines: [processList(events)] });
    return files;
  },
};

interface Row {
  readonly table: string;
  readonly host: string;
  readonly time: number;
  readonly columns: Readonly<Record<string, string>>;
}

type Started = HostEvent & { kind: 'process.started' };

function processRow(event: Started): Row {
  const { actor, file } = event;
  // A script's interpreter gets the script as an argument: the record's arguments show it so already.
  const fields = event.argv.map((word, index) => [`a${index}`, word] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return row('process_events', event, {
    pid: String(actor.pid),
    path: actor.exe,
    mode: file.mode < 0 ? '' : `0${file.mode.toString(8)}`,
    cmdline: fields.map(([, word]) => word).join(' '),
    cwd: event.cwd,
    auid: String(actor.auid),
    uid: String(actor.uid),
    euid: String(actor.euid),
    owner_uid: String(Math.max(0, file.ownerUid)),
    parent: String(actor.ppid),
    syscall: 'execve',
  });
}

function socketRows(event: HostEvent & { kind: 'network.connected' }): Row[] {
  if (event.family === 'unix' || event.outcome === 'failed') return [];
  return [
    row('socket_events', event, {
      action: 'connect',
      pid: String(event.actor.pid),
      path: event.actor.exe,
      auid: String(event.actor.auid),
      family: event.family === 'ipv4' ? '2' : '10',
      protocol: '0',
      local_address: '',
      remote_address: event.family === 'ipv4' ? event.address : fullAddress(event.address),
      local_port: '0',
      remote_port: String(event.port),
      status: event.outcome === 'in-progress' ? 'in_progress' : 'succeeded',
    }),
  ];
}

/** osquery writes all eight words of an IPv6 address. */
function fullAddress(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === '' ? [] : tail.split(':');
  const gap = address.includes('::') ? 8 - first.length - last.length : 0;
  return [...first, ...new Array<string>(gap).fill('0'), ...last].map(word => word.padStart(4, '0')).join(':');
}

/** `file_paths` of the configuration, by category. */
const WATCHED = { homes: ['/home/', '/root/'], tmp: ['/tmp/', '/var/tmp/'], etc: ['/etc/', '/var/spool/cron/'] };

function categoryOf(path: string): string {
  for (const [category, prefixes] of Object.entries(WATCHED))
    if (prefixes.some(prefix => path.startsWith(prefix))) return category;
  return '';
}

function fileRows(event: HostEvent, cookies: { next: number }): Row[] {
  const one = (file: FileId, action: string, cookie = 0): Row[] => {
    const category = categoryOf(file.path);
    if (category === '') return [];
    const gone = action === 'DELETED' || action === 'MOVED_FROM' || file.ownerUid < 0;
    return [
      row('file_events', event, {
        target_path: file.path,
        category,
        action,
        transaction_id: String(cookie),
        uid: gone ? '' : String(file.ownerUid),
        mode: gone ? '' : `0${(file.mode & 0o7777).toString(8)}`,
      }),
    ];
  };
  switch (event.kind) {
    case 'file.opened':
      if (event.created) return [...one(event.file, 'CREATED'), ...one(event.file, 'UPDATED')];
      return event.access === 'read' ? [] : one(event.file, 'UPDATED');
    case 'file.renamed':
      cookies.next += 1;
      return [...one(event.from, 'MOVED_FROM', cookies.next), ...one(event.to, 'MOVED_TO', cookies.next)];
    case 'file.linked':
    case 'file.symlinked':
      return one(event.to, 'CREATED');
    case 'file.mode-changed':
      return one(event.mode < 0 ? event.file : { ...event.file, mode: event.mode }, 'ATTRIBUTES_MODIFIED');
    case 'file.deleted':
      return one(event.file, 'DELETED');
    default:
      return [];
  }
}

function auditedFileRows(event: HostEvent): Row[] {
  if (!('actor' in event)) return [];
  const { actor } = event;
  const one = (operation: string, path: string, destination?: string): Row[] => {
    if (!path.startsWith('/') || (categoryOf(path) === '' && categoryOf(destination ?? '') === '')) return [];
    return [
      row('process_file_events', event, {
        operation,
        pid: String(actor.pid),
        ppid: String(actor.ppid),
        executable: actor.exe,
        partial: 'false',
        cwd: '',
        path,
        ...(destination === undefined ? {} : { dest_path: destination }),
        uid: String(actor.uid),
        auid: String(actor.auid),
        euid: String(actor.euid),
      }),
    ];
  };
  switch (event.kind) {
    case 'file.opened':
      if (event.access === 'read' && !event.created) return one('read', event.file.path);
      return one(event.truncated || event.created ? 'open+truncate' : 'write', event.file.path);
    case 'file.renamed':
      return one('rename', event.from.path, event.to.path);
    case 'file.linked':
      return one('link', event.from.path, event.to.path);
    case 'file.symlinked':
      return one('symlink', event.from.path, event.to.path);
    case 'file.deleted':
      return one('unlink', event.file.path);
    default:
      return [];
  }
}

function row(table: string, event: HostEvent, columns: Readonly<Record<string, string>>): Row {
  return { table, host: event.host, time: Math.floor(event.time / 1000), columns };
}

const INTERVAL_S = 10;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function calendarTime(seconds: number): string {
  const at = new Date(seconds * 1000);
  const clock = at.toISOString().slice(11, 19);
  return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${clock} ${at.getUTCFullYear()} UTC`;
}

interface Run {
  readonly seconds: number;
  readonly counter: number;
  readonly table: string;
  readonly rows: readonly Row[];
}

/** The rows as their queries return them: every ten seconds, a table at a time. */
function runsOf(rows: readonly Row[]): Run[] {
  const bySecond = new Map<number, Row[]>();
  for (const each of rows) {
    const seconds = (Math.floor(each.time / INTERVAL_S) + 1) * INTERVAL_S;
    const there = bySecond.get(seconds);
    if (there === undefined) bySecond.set(seconds, [each]);
    else there.push(each);
  }
  const tables = ['process_events', 'file_events', 'process_file_events', 'socket_events'];
  return [...bySecond.keys()]
    .sort((a, b) => a - b)
    .flatMap((seconds, index) =>
      tables.map(table => ({
        seconds,
        counter: index + 1,
        table,
        rows: (bySecond.get(seconds) as Row[]).filter(each => each.table === table),
      })),
    )
    .filter(run => run.rows.length > 0);
}

const envelope = (run: Run): object => ({
  name: run.table,
  hostIdentifier: run.rows[0]?.host ?? '',
  calendarTime: calendarTime(run.seconds),
  unixTime: run.seconds,
  epoch: 0,
  counter: run.counter,
  numerics: false,
});

const withTime = (each: Row): object => ({ ...each.columns, time: String(each.time) });

function logged(rows: readonly Row[]): string[] {
  return runsOf(rows).flatMap(run =>
    run.rows.map(each => JSON.stringify({ ...envelope(run), columns: withTime(each), action: 'added' })),
  );
}

function batched(rows: readonly Row[]): string[] {
  return runsOf(rows).map(run =>
    JSON.stringify({ ...envelope(run), diffResults: { added: run.rows.map(withTime), removed: [] } }),
  );
}

/** `SELECT … FROM processes` at the end: what was started and not seen to end. */
function processList(events: readonly WatchEvent[]): string {
  const running = new Map<number, Started>();
  for (const event of events) {
    if (event.kind === 'process.started') running.set(event.actor.pid, event);
    else if (event.kind === 'process.exited') running.delete(event.actor.pid);
  }
  const last = Math.floor(Math.max(...events.map(event => event.time)) / 1000);
  const rows = [...running.values()].map(event => ({
    pid: String(event.actor.pid),
    name: event.actor.comm,
    path: event.actor.exe,
    cmdline: event.argv.join(' '),
    cwd: event.cwd,
    uid: String(event.actor.uid),
    euid: String(event.actor.euid),
    parent: String(event.actor.ppid),
    start_time: String(Math.floor(event.time / 1000)),
  }));
  const host = [...running.values()][0]?.host ?? '';
  const run = { seconds: last, counter: 0, table: 'processes', rows: [{ table: '', host, time: last, columns: {} }] };
  return JSON.stringify({ ...envelope(run), snapshot: rows, action: 'snapshot' });
}
