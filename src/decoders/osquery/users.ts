import { untrusted } from '../../core/untrusted.ts';
import { EMIT, skip } from '../../core/verdict.ts';
import { commOf } from '../json-lines/actor.ts';
import { PHASE } from '../json-lines/record.ts';
import { textAt } from '../json-lines/values.ts';
import { columnNumber, type RowDecoder } from './row.ts';

/** AUDIT_USER_START of linux/audit.h: PAM opened a session. */
const USER_START = 1105;

/**
 * user_events (audit): what login programs told the audit system. `message` is the record's own text.
 * Source: osquery tables/events/linux/user_events.cpp. Emits: session.started, without a session number, which no column has.
 */
export const userRow: RowDecoder = (row, emit) => {
  const { columns, time, host, meta } = row;
  if (columnNumber(columns, 'type') !== USER_START) return OTHER;
  emit({
    kind: 'session.started',
    time,
    order: row.order(PHASE.session),
    host,
    ref: meta.ref,
    ses: -1,
    auid: columnNumber(columns, 'auid'),
    pid: columnNumber(columns, 'pid'),
    program: commOf(textAt(columns, 'path')),
    user: untrusted(accountIn(textAt(columns, 'message'))),
    address: untrusted(addressIn(textAt(columns, 'address'))),
  });
  return EMIT;
};

/** yara_events are another tool's judgement of a file: no event of ours. Source: osquery specs/yara_events.table. */
export const yaraRow: RowDecoder = () => YARA;

const OTHER = skip('osquery user event that opens no session');
const YARA = skip('osquery YARA match: context, no event');

function accountIn(message: string): string {
  const at = message.indexOf('acct="');
  const end = at < 0 ? -1 : message.indexOf('"', at + 6);
  return end < 0 ? '' : message.slice(at + 6, Math.min(end, at + 262));
}

const addressIn = (text: string): string => (text === '?' ? '' : text);
