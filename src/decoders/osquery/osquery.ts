import { type EpochMs, epochMs } from '../../core/time.ts';
import { reject, skip, type Verdict } from '../../core/verdict.ts';
import type { JsonMeta, JsonObject, JsonRecordDecoder } from '../json-lines/record.ts';
import { inRange, objectAt, secondsTime, textAt } from '../json-lines/values.ts';
import { fileRow, processFileRow } from './files.ts';
import { accountRow, listedRow } from './lists.ts';
import { processRow } from './processes.ts';
import type { Row, RowDecoder } from './row.ts';
import { socketRow } from './sockets.ts';
import { isEventTable, type TableName, tableOf } from './tables.ts';
import { userRow, yaraRow } from './users.ts';

const ROWS: Readonly<Record<TableName, RowDecoder>> = {
  process_events: processRow,
  bpf_process_events: processRow,
  process_file_events: processFileRow,
  file_events: fileRow,
  socket_events: socketRow,
  bpf_socket_events: socketRow,
  user_events: userRow,
  yara_events: yaraRow,
  processes: listedRow,
  users: accountRow,
};

/** Event tables are asked one after the other, every few seconds to every hour: rows come that much out of order. */
const LATENESS_MS = 3_600_000;
const ROWS_MAX = 65_536;

/**
 * osquery's results log: what the scheduled queries returned.
 *
 *   record := { "name", "hostIdentifier" | "hostname", "calendarTime", "unixTime", "action": "added" | "removed", "columns": row }
 *           | { …, "action": "snapshot", "snapshot": [ row ] }
 *           | { …, "diffResults": { "added": [ row ], "removed": [ row ] } }
 *           | row                        as `osqueryi --json` prints them
 *
 * The query's name is the operator's, so a row's table is told by its columns (specs/*.table). All values are texts unless
 * `--logger_numerics` is on. `time` of a row is when osquery took the event in: whole seconds, by its own clock.
 * Source: osquery wiki, deployment/logging, process-auditing, file-integrity-monitoring. Emits: process, file, network and
 * session events, process.listed, account.listed.
 * Trust: cmdline, cwd and paths are the watched programs' words. Skips: other tables; event rows that are "removed" (they
 * expired). Rejects: a record without a readable time.
 */
export const osqueryDecoder: JsonRecordDecoder = Object.freeze({
  id: 'osquery',
  title: 'osquery results',
  latenessMs: LATENESS_MS,
  claims(record: JsonObject): boolean {
    const inEnvelope = 'columns' in record || 'snapshot' in record || 'diffResults' in record;
    if (inEnvelope) return 'unixTime' in record || 'calendarTime' in record || 'hostIdentifier' in record;
    return isEventTable(tableOf(record));
  },
  hostOf(record: JsonObject): string {
    const named = textAt(record, 'hostIdentifier') || textAt(record, 'hostname');
    if (named !== '' && !IDENTIFIER.test(named)) return named;
    const decorations = objectAt(record, 'decorations') ?? record;
    for (const key of HOST_DECORATIONS) {
      const host = textAt(decorations, key);
      if (host !== '') return host;
    }
    return named;
  },
  timeOf(record: JsonObject): EpochMs {
    const row = objectAt(record, 'columns') ?? record;
    const own = secondsTime(row.time);
    return Number.isNaN(own) ? queriedAt(record) : own;
  },
  decode(record: JsonObject, meta: JsonMeta, emit): Verdict {
    const host = osqueryDecoder.hostOf(record) || meta.context.defaultHost;
    const queried = queriedAt(record);
    let verdict: Verdict = NOTHING;
    rowsOf(record).forEach(({ columns, action }, index) => {
      const table = tableOf(columns);
      if (table === null) {
        if (verdict === NOTHING) verdict = OTHER_TABLE;
        return;
      }
      if (action === 'removed' && isEventTable(table)) {
        if (verdict === NOTHING) verdict = EXPIRED;
        return;
      }
      const own = secondsTime(columns.time);
      const time = Number.isNaN(own) ? queried : own;
      if (Number.isNaN(time)) {
        if (verdict === NOTHING) verdict = NO_TIME;
        return;
      }
      const order = (phase: number) => meta.arrival(phase) + index / 131_072;
      const row: Row = { columns, table, action, time, order, host, meta };
      const one = ROWS[table](row, emit);
      if (verdict.tag !== 'emit') verdict = one;
    });
    return verdict;
  },
} satisfies JsonRecordDecoder);

const IDENTIFIER = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;
const HOST_DECORATIONS = ['hostname', 'host_hostname', 'local_hostname', 'computer_name'];

const NOTHING = skip('osquery result without rows');
const OTHER_TABLE = skip('osquery table of no use here');
const EXPIRED = skip('osquery event that expired');
const NO_TIME = reject('osquery row without a readable time');

interface RawRow {
  readonly columns: JsonObject;
  readonly action: Row['action'];
}

function rowsOf(record: JsonObject): readonly RawRow[] {
  const columns = objectAt(record, 'columns');
  if (columns !== undefined) return [{ columns, action: record.action === 'removed' ? 'removed' : 'added' }];
  if ('snapshot' in record) return listOf(record.snapshot, 'snapshot');
  const diff = objectAt(record, 'diffResults');
  if (diff !== undefined) return [...listOf(diff.added, 'added'), ...listOf(diff.removed, 'removed')];
  return [{ columns: record, action: 'added' }];
}

function listOf(value: unknown, action: Row['action']): RawRow[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[])
    .slice(0, ROWS_MAX)
    .filter((row): row is JsonObject => typeof row === 'object' && row !== null && !Array.isArray(row))
    .map(columns => ({ columns, action }));
}

/** When the query ran: `unixTime`, else `calendarTime`, which is asctime(3) in UTC. */
function queriedAt(record: JsonObject): EpochMs {
  const seconds = secondsTime(record.unixTime);
  return Number.isNaN(seconds) ? calendarTime(record.calendarTime) : seconds;
}

const CALENDAR = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})(?: UTC)?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function calendarTime(value: unknown): EpochMs {
  const parts = typeof value === 'string' && value.length < 40 ? CALENDAR.exec(value) : null;
  if (parts === null) return epochMs(Number.NaN);
  const [, month, day, hour, minute, second, year] = parts as unknown as string[];
  const at = MONTHS.indexOf(month as string);
  if (at < 0) return epochMs(Number.NaN);
  return inRange(Date.UTC(Number(year), at, Number(day), Number(hour), Number(minute), Number(second)));
}
