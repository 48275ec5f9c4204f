import { type EpochMs, epochMs } from '../../core/time.ts';
import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { asNumber, asText, inRange, isoTime } from '../json-lines/values.ts';

/**
 * Fields of one Zeek record, however it was framed. A record of a nested type has dotted names (`id.orig_h`) in TSV and
 * JSON; `Log::default_scope_sep` may make the dot an underscore, and shippers may nest it again: all three are found.
 */
export function fieldOf(record: JsonObject, name: string): unknown {
  const plain = record[name];
  if (plain !== undefined) return plain === null ? undefined : plain;
  const dot = name.indexOf('.');
  if (dot < 0) return undefined;
  const flat = record[`${name.slice(0, dot)}_${name.slice(dot + 1)}`];
  if (flat !== undefined) return flat === null ? undefined : flat;
  const outer = record[name.slice(0, dot)];
  if (typeof outer !== 'object' || outer === null) return undefined;
  return (outer as JsonObject)[name.slice(dot + 1)] ?? undefined;
}

export const textOf = (record: JsonObject, name: string): Untrusted => asText(fieldOf(record, name));

/** -1 when it is unset or no number. */
export const countOf = (record: JsonObject, name: string): number => {
  const value = asNumber(fieldOf(record, name), -1);
  return value >= 0 ? value : -1;
};

export const flagOf = (record: JsonObject, name: string): boolean => fieldOf(record, name) === true;

const ITEMS_MAX = 256;

/** Elements of a set or vector; unset ones are left out, and of more than 256 the rest. */
export function listOf(record: JsonObject, name: string): Untrusted[] {
  const value = fieldOf(record, name);
  if (!Array.isArray(value)) return [];
  const found: Untrusted[] = [];
  for (const item of value as readonly unknown[]) {
    if (found.length === ITEMS_MAX) break;
    if (typeof item === 'string' || typeof item === 'number') found.push(asText(item));
  }
  return found;
}

/** A number this large is milliseconds (`JSON::TS_MILLIS`): as seconds it would lie in the year 5138. */
const MILLIS_FROM = 1e11;

/** Microseconds since the epoch: `ts` as seconds with a fraction, as milliseconds, or as ISO 8601. NaN when it is none of them. */
export function microsOf(value: unknown): number {
  const number = asNumber(value, Number.NaN);
  if (!Number.isNaN(number)) return Math.round(number * (number >= MILLIS_FROM ? 1000 : 1_000_000));
  return Math.round(isoTime(value) * 1000);
}

/** `ts` plus an interval in seconds that may be unset. */
export function timeOf(record: JsonObject, after: string): EpochMs {
  const start = microsOf(fieldOf(record, 'ts'));
  const more = after === '' ? 0 : Math.max(0, asNumber(fieldOf(record, after), 0));
  return inRange((start + Math.round(more * 1_000_000)) / 1000);
}

export const startOf = (record: JsonObject): EpochMs => inRange(epochMs(microsOf(fieldOf(record, 'ts')) / 1000));

/** An address as the events have it: IPv6 in lower case, no zone, no brackets. '' for what is no address. */
export function addressOf(value: unknown): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > 64) return '';
  const text = value.toLowerCase();
  return isAddress(text) ? text : '';
}

/** IPv4 in four decimal parts, or anything of hexadecimal digits, colons and dots with at least two colons. */
export function isAddress(text: string): boolean {
  let dots = 0;
  let colons = 0;
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2e) dots += 1;
    else if (code === 0x3a) colons += 1;
    else if (code >= 0x30 && code <= 0x39) continue;
    else if (code >= 0x61 && code <= 0x66) letters += 1;
    else return false;
  }
  return colons >= 2 || (colons === 0 && letters === 0 && dots === 3 && text.length >= 7 && text.length <= 15);
}

/** Without the angle brackets that older Zeek keeps around envelope addresses. */
export function unbracketed(path: Untrusted): Untrusted {
  return path.startsWith('<') && path.endsWith('>') ? untrusted(path.slice(1, -1)) : path;
}

/** FNV-1a over the code units of ordered parts: for the order of events of one stamp, never for identity. */
export function hashOf(parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = String(part);
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash >>> 0;
}
