import type { DecodeContext, EmitEvent } from '../contract.ts';
import { decodeAlone } from '../json-lines/alone.ts';
import type { JsonObject, JsonRecordDecoder, JsonRecordSession } from '../json-lines/record.ts';
import { entryTime, hostOfEntry, type JournalEntry, JournalReader } from './reader.ts';

/**
 * systemd journal entries as JSON: `journalctl -o json`, `json-seq`, `json-sse`, `json-pretty`.
 *
 *   value := string | null (longer than 4096 bytes, without --all) | array of bytes (not UTF-8) | array of values (assigned twice)
 *
 * Source: journalctl(1), systemd's Journal JSON Format. Meaning and trust: see reader.ts. Of several values the first counts.
 */
export const journaldJsonDecoder: JsonRecordDecoder = Object.freeze({
  id: 'journald-json',
  title: 'systemd journal (journalctl -o json)',
  claims: (record: JsonObject) =>
    record.__REALTIME_TIMESTAMP !== undefined ||
    (record._TRANSPORT !== undefined && record._SOURCE_REALTIME_TIMESTAMP !== undefined),
  hostOf: (record: JsonObject) => hostOfEntry(entryOf(record)),
  timeOf: (record: JsonObject) => entryTime(entryOf(record)),
  decode: decodeAlone(open),
  open,
} satisfies JsonRecordDecoder);

function open(context: DecodeContext, emit: EmitEvent): JsonRecordSession {
  const reader = new JournalReader(context, emit);
  return {
    decode: (record, meta) => reader.read(entryOf(record), meta.ref, meta.number),
    advance: (until, number) => reader.advance(until, number),
    tick: watermark => reader.tick(watermark),
    snapshot: () => reader.snapshot(),
    restore: data => reader.restore(data),
    drops: () => reader.drops(),
  };
}

function entryOf(record: JsonObject): JournalEntry {
  return { text: field => valueText(record[field], 2) };
}

function valueText(value: unknown, depth: number): string | null | undefined {
  if (typeof value === 'string' || value === null || value === undefined) return value as string | null | undefined;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  if (!Array.isArray(value) || depth === 0) return undefined;
  const items = value as readonly unknown[];
  if (items.length > 0 && items.every(isByte)) return Buffer.from(items as number[]).toString('utf8');
  return valueText(items[0], depth - 1);
}

const isByte = (item: unknown): boolean => Number.isInteger(item) && (item as number) >= 0 && (item as number) <= 255;
