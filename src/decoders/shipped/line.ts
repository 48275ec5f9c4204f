import type { EpochMs } from '../../core/time.ts';
import { epochMs } from '../../core/time.ts';
import type { DecodeContext } from '../contract.ts';
import { hostOfDocument, idAt, stampAt } from '../ecs/document.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { shippedFrom } from '../json-lines/unwrap.ts';
import { textAt } from '../json-lines/values.ts';
import { SyslogLine } from '../syslog/line.ts';
import { StampReader } from '../syslog/stamp.ts';
import { ownLineTime } from './own-lines.ts';
import type { ShippedText } from './text.ts';

const TEXT_CHARS_MAX = 65_536;
const DAY_MS = 86_400_000;

/**
 * A line of text in a document: filebeat's `message` with `log.file.path`; vector's `message` with `source_type`; fluent-bit's `log`
 * or `message` with `date`. `event.original` is the line before anybody took it apart.
 * Source: ECS log fields; filebeat, log and filestream inputs; vector, sources file, syslog and journald; fluent-bit, inputs tail and
 * syslog, output format json_lines.
 */
export function isShipped(record: JsonObject): boolean {
  const text = textOf(record);
  if (text === '') return false;
  // An integration took an audit record apart, one document a record: the record itself says more.
  if (auditIn(text) !== '' && record['@timestamp'] !== undefined) return true;
  if (
    shippedFrom(record) !== '' &&
    (record['@timestamp'] ?? record.timestamp ?? record.date ?? record.time) !== undefined
  )
    return record.event === undefined || !isEvent(record);
  if (typeof record.source_type === 'string') return record.timestamp !== undefined;
  return typeof record.date === 'number' && (record.log !== undefined || typeof record.ident === 'string');
}

/** A document that a pipeline has made an event of: its own fields say more than its line. */
function isEvent(record: JsonObject): boolean {
  const category = textAt(record, 'event', 'category');
  return category !== '' && textAt(record, 'event', 'action') !== '';
}

function textOf(record: JsonObject): string {
  const original = textAt(record, 'event', 'original');
  return original || textAt(record, 'message') || textAt(record, 'log');
}

export function shippedText(record: JsonObject): ShippedText {
  let text: string = textOf(record).slice(0, TEXT_CHARS_MAX);
  while (text.endsWith('\n') || text.endsWith('\r')) text = text.slice(0, -1);
  const pid = idAt(record, 'process', 'pid');
  const other = pid >= 0 ? pid : idAt(record, 'procid');
  return {
    text,
    path: shippedFrom(record),
    host: hostOfDocument(record),
    program:
      textAt(record, 'process', 'name') ||
      textAt(record, 'log', 'syslog', 'appname') ||
      textAt(record, 'appname') ||
      textAt(record, 'ident'),
    pid: other >= 0 ? other : idAt(record, 'pid'),
    time: documentTime(record),
  };
}

function documentTime(record: JsonObject): EpochMs {
  for (const key of ['@timestamp', 'timestamp', 'date', 'time']) {
    const time = stampAt(record, key);
    if (!Number.isNaN(time)) return time;
  }
  return epochMs(Number.NaN);
}

/** The audit record in a line, '' when it is none. */
export function auditIn(text: string): string {
  const from = text.startsWith('type=') || text.startsWith('node=') ? 0 : -1;
  return from === 0 && text.slice(0, 512).includes(' msg=audit(') ? text : '';
}

/** A syslog line, framed; null when the text is none. A stamp without a year is taken for the one before the document's time. */
export function syslogIn(
  shipped: ShippedText,
  zoneOffsetMinutes: number,
): { line: SyslogLine; time: EpochMs; bytes: Buffer } | null {
  const bytes = Buffer.from(shipped.text, 'utf8');
  const bound = Number.isNaN(shipped.time) ? Number.POSITIVE_INFINITY : shipped.time + DAY_MS;
  const line = new SyslogLine(new StampReader({ notAfter: bound, zoneOffsetMinutes }));
  if (line.parse(bytes, 0, bytes.length) !== 'message') return null;
  return { line, time: epochMs(line.stamp.time), bytes };
}

/** When the line was written as it says itself, else when the shipper says; NaN when neither tells. */
export function shippedTime(record: JsonObject, context: DecodeContext): EpochMs {
  const shipped = shippedText(record);
  const { text } = shipped;
  if (auditIn(text) !== '') {
    const found = /audit\((\d{1,11}\.\d{3}):/.exec(text.slice(0, 512));
    if (found !== null) return epochMs(Math.round(Number(found[1]) * 1000));
  }
  const syslog = syslogIn(shipped, context.zoneOffsetMinutes);
  if (syslog !== null) return syslog.time;
  const own = shipped.program === '' ? ownLineTime(shipped, context) : epochMs(Number.NaN);
  return Number.isNaN(own) ? shipped.time : own;
}
