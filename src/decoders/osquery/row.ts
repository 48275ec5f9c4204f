import type { EpochMs } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { EmitEvent } from '../contract.ts';
import type { JsonMeta, JsonObject } from '../json-lines/record.ts';
import type { TableName } from './tables.ts';

/** One row of a result, with what its record says of it. */
export interface Row {
  readonly columns: JsonObject;
  readonly table: TableName;
  readonly action: 'added' | 'removed' | 'snapshot';
  readonly time: EpochMs;
  order(phase: number): number;
  readonly host: string;
  readonly meta: JsonMeta;
}

export type RowDecoder = (row: Row, emit: EmitEvent) => Verdict;

/** A number of a column, -1 for an absent or unreadable one. */
export function columnNumber(columns: JsonObject, key: string): number {
  const value = columns[key];
  const number = typeof value === 'string' && DIGITS.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : -1;
}

const DIGITS = /^\d{1,15}$/;

/** Mode bits written in octal, with or without the file type; -1 for anything else. */
export function columnMode(columns: JsonObject, key: string): number {
  const value = columns[key];
  return typeof value === 'string' && /^[0-7]{3,7}$/.test(value) ? Number.parseInt(value, 8) : -1;
}
