import { epochMs } from '../../core/time.ts';
import { EMIT, reject } from '../../core/verdict.ts';
import { actorOf, commOf } from '../json-lines/actor.ts';
import { PHASE } from '../json-lines/record.ts';
import { secondsTime, textAt } from '../json-lines/values.ts';
import { argumentsOf, idsOf } from './processes.ts';
import { columnNumber, type RowDecoder } from './row.ts';

/**
 * processes: what ran when the query ran. Of a differential query a removed row is a process that has ended since the run
 * before. No execution is made of a row: short ones never show, and when one began is known to the second at best.
 * Source: osquery specs/processes.table. Emits: process.listed, process.exited.
 */
export const listedRow: RowDecoder = (row, emit) => {
  const { columns, time, host, meta } = row;
  const exe = textAt(columns, 'path');
  const ids = idsOf(row);
  if (ids.pid < 0) return NO_PID;
  const actor = actorOf({ ...ids, exe, comm: commOf(exe || textAt(columns, 'name')) });
  if (row.action === 'removed') {
    emit({ kind: 'process.exited', time, order: row.order(PHASE.exited), host, ref: meta.ref, actor });
    return EMIT;
  }
  const startTime = columnNumber(columns, 'start_time') > 0 ? secondsTime(columns.start_time) : epochMs(Number.NaN);
  emit({
    kind: 'process.listed',
    time,
    order: row.order(PHASE.health),
    host,
    ref: meta.ref,
    actor,
    startTime,
    cwd: textAt(columns, 'cwd'),
    ...argumentsOf(columns, ''),
  });
  return EMIT;
};

/** users: the accounts of the host. Source: osquery specs/users.table. Emits: account.listed. */
export const accountRow: RowDecoder = (row, emit) => {
  const { columns, time, host, meta } = row;
  const uid = columnNumber(columns, 'uid');
  const user = textAt(columns, 'username');
  if (uid < 0 || user === '') return NO_ACCOUNT;
  const order = row.order(PHASE.health);
  if (row.action === 'removed') return NO_ACCOUNT;
  emit({ kind: 'account.listed', time, order, host, ref: meta.ref, uid, user, home: textAt(columns, 'directory') });
  return EMIT;
};

const NO_PID = reject('osquery process without a pid');
const NO_ACCOUNT = reject('osquery account without uid and name');
