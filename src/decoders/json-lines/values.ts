import { type EpochMs, epochMs } from '../../core/time.ts';
import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import type { JsonObject } from './record.ts';

/** Values of JSON records, read without trust: a wrong type reads as absent, and long text is cut. */
const TEXT_CHARS_MAX = 65_536;

export function objectAt(record: JsonObject, key: string): JsonObject | undefined {
  const value = record[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** Follows a path of keys; a key with dots in it (flattened documents: `"process.pid"`) is found too. */
export function valueAt(record: JsonObject, ...path: readonly string[]): unknown {
  let value: unknown = record;
  for (let index = 0; index < path.length; index++) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const here = value as JsonObject;
    const next = here[path[index] as string];
    if (next === undefined) {
      const flat = here[path.slice(index).join('.')];
      return flat;
    }
    value = next;
  }
  return value;
}

/** A string, or a number as a string; '' for anything else. */
export function textAt(record: JsonObject, ...path: readonly string[]): Untrusted {
  return asText(valueAt(record, ...path));
}

export function asText(value: unknown): Untrusted {
  if (typeof value === 'string')
    return untrusted(value.length > TEXT_CHARS_MAX ? value.slice(0, TEXT_CHARS_MAX) : value);
  if (typeof value === 'number' && Number.isFinite(value)) return untrusted(String(value));
  return untrusted('');
}

/** A finite number, also out of decimal text; `absent` for anything else. */
export function numberAt(record: JsonObject, absent: number, ...path: readonly string[]): number {
  return asNumber(valueAt(record, ...path), absent);
}

export function asNumber(value: unknown, absent: number): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : absent;
  if (typeof value !== 'string' || value.length === 0 || value.length > 40) return absent;
  const number = Number(value);
  return Number.isFinite(number) && value.trim() === value ? number : absent;
}

/** Strings of an array, at most `itemsMax`; a lone string counts as one. */
export function textsAt(record: JsonObject, itemsMax: number, ...path: readonly string[]): Untrusted[] {
  const value = valueAt(record, ...path);
  if (typeof value === 'string') return [asText(value)];
  if (!Array.isArray(value)) return [];
  const found: Untrusted[] = [];
  for (const item of value as readonly unknown[]) {
    if (found.length === itemsMax) break;
    if (typeof item === 'string' || typeof item === 'number') found.push(asText(item));
  }
  return found;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\d*(Z|[+-]\d\d:?\d\d)?$/;

/** ISO 8601 text with any number of fraction digits; a stamp without a zone is UTC. NaN when it is not one. */
export function isoTime(value: unknown): EpochMs {
  if (typeof value !== 'string' || value.length > 48) return epochMs(Number.NaN);
  const parts = ISO.exec(value);
  if (parts === null) return epochMs(Number.NaN);
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = parts;
  const whole = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const micros = Math.floor(Number(fraction.padEnd(6, '0').slice(0, 6))) / 1000;
  let offset = 0;
  if (zone !== 'Z') {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
    offset = zone.startsWith('-') ? -minutes : minutes;
  }
  return inRange(whole + micros - offset * 60_000);
}

/** Seconds since the epoch, as a number or as text, with any fraction. */
export function secondsTime(value: unknown): EpochMs {
  return inRange(Math.round(asNumber(value, Number.NaN) * 1_000_000) / 1000);
}

const LATEST = Date.UTC(9999, 0, 1);

export function inRange(time: number): EpochMs {
  return epochMs(time > 0 && time < LATEST ? time : Number.NaN);
}
