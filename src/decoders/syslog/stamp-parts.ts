/** The pieces of time stamps, read from bytes. -1 means that something else stands there. */
export const SP = 0x20;
export const DASH = 0x2d;
export const AT = 0x40;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_OF = new Map(MONTHS.map((name, index) => [packed(name), index]));

function packed(name: string): number {
  return (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2);
}

export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

export function monthOf(buffer: Buffer, p: number): number {
  const key = ((buffer[p] as number) << 16) | ((buffer[p + 1] as number) << 8) | (buffer[p + 2] as number);
  return MONTH_OF.get(key) ?? -1;
}

export function digitAt(buffer: Buffer, p: number, end: number): number {
  if (p >= end) return -1;
  const value = (buffer[p] as number) - 0x30;
  return value >= 0 && value <= 9 ? value : -1;
}

export function digits2(buffer: Buffer, p: number, end: number): number {
  const tens = digitAt(buffer, p, end);
  const ones = digitAt(buffer, p + 1, end);
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
}

export function digits4(buffer: Buffer, p: number, end: number): number {
  const high = digits2(buffer, p, end);
  const low = digits2(buffer, p + 2, end);
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}

/** A year followed by a blank, or -1: a clock or a host name may stand here instead. */
export function yearAt(buffer: Buffer, p: number, end: number): number {
  if (p + 4 >= end || buffer[p + 4] !== SP) return -1;
  const year = digits4(buffer, p, end);
  return year >= 1970 && year <= 2200 ? year : -1;
}

/** Milliseconds of the day for `hh:mm:ss`, or -1. Second 60 is a leap second and reads as the next minute's first. */
export function clockAt(buffer: Buffer, p: number, end: number): number {
  if (p + 8 > end || buffer[p + 2] !== 0x3a || buffer[p + 5] !== 0x3a) return -1;
  const hours = digits2(buffer, p, end);
  const minutes = digits2(buffer, p + 3, end);
  const seconds = digits2(buffer, p + 6, end);
  if (hours < 0 || minutes < 0 || seconds < 0 || hours > 23 || minutes > 59 || seconds > 60) return -1;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

export function fractionEnd(buffer: Buffer, p: number, end: number): number {
  if (p + 1 >= end || (buffer[p] !== 0x2e && buffer[p] !== 0x2c) || !isDigit(buffer[p + 1] as number)) return p;
  let stop = p + 1;
  while (stop < end && stop - p <= 9 && isDigit(buffer[stop] as number)) stop += 1;
  return stop;
}

/** Milliseconds and their fraction from `.123456`, rounded to the microsecond so that equal texts give equal numbers. */
export function fractionAt(buffer: Buffer, p: number, end: number): number {
  const stop = fractionEnd(buffer, p, end);
  let micros = 0;
  let scale = 100_000;
  for (let i = p + 1; i < stop && scale >= 1; i++) {
    micros += ((buffer[i] as number) - 0x30) * scale;
    scale /= 10;
  }
  return micros / 1000;
}

export function tokenEnd(buffer: Buffer, p: number, end: number): number {
  let stop = p;
  while (stop < end && buffer[stop] !== SP) stop += 1;
  return stop;
}

export function isCapital(buffer: Buffer, p: number, stop: number): boolean {
  if (stop - p < 2 || stop - p > 5) return false;
  for (let i = p; i < stop; i++) if ((buffer[i] as number) < 0x41 || (buffer[i] as number) > 0x5a) return false;
  return true;
}

/** The label of 1970-01-01 00:00:10 TAI, which is where tai64n(8) and svlogd(8) begin to count the system's seconds. */
const TAI_EPOCH_HIGH = 0x40000000;
const TAI_AHEAD_SECONDS = 10;

/** Epoch ms of the TAI64N label at `p` (24 hexadecimal digits, then a blank or the end), to the microsecond; NaN when none stands there. */
export function taiTime(buffer: Buffer, p: number, end: number): number {
  if (p + 24 > end || (p + 24 < end && buffer[p + 24] !== SP)) return Number.NaN;
  const high = hex8(buffer, p);
  const seconds = hex8(buffer, p + 8) - TAI_AHEAD_SECONDS;
  const nanos = hex8(buffer, p + 16);
  if (high !== TAI_EPOCH_HIGH || !(seconds >= 0) || !(nanos < 1e9)) return Number.NaN;
  return seconds * 1000 + Math.floor(nanos / 1000) / 1000;
}

/** The number that eight hexadecimal digits say; NaN when one is none. */
function hex8(buffer: Buffer, p: number): number {
  let value = 0;
  for (let i = p; i < p + 8; i++) {
    const byte = buffer[i] as number;
    const digit = isDigit(byte) ? byte - 0x30 : byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : Number.NaN;
    value = value * 16 + digit;
  }
  return value;
}
