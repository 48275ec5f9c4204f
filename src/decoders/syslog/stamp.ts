import { midnightWithoutYear } from './year.ts';

/**
 * The time at the beginning of a syslog line, read from bytes.
 *
 *   stamp   := 3164 | iso | full | unix
 *   3164    := Mmm SP day [SP year] SP hh:mm:ss ["." digits] [SP year]      zone: the context's
 *   iso     := yyyy-mm-dd ("T" | SP) hh:mm:ss [("." | ",") digits] [zone]
 *   full    := Www SP yyyy-mm-dd SP hh:mm:ss ["." digits] [SP zone-name]    journalctl -o short-full
 *   unix    := seconds ["." digits]                                         journalctl -o short-unix
 *   zone    := "Z" | ("+" | "-") hh [":"] mm | ("+" | "-") hh
 *
 * Source: RFC 3164 4.1.2, RFC 5424 6.2.3, rsyslog RSYSLOG_FileFormat, systemd journalctl(1).
 * Errors: false when no stamp stands at `start`. A zone name that is not known reads as the context's zone.
 */
export class StampReader {
  /** Epoch ms of the stamp last read; a fraction carries microseconds. */
  time = Number.NaN;
  /** Position after the stamp. */
  end = 0;
  yearless = false;
  /** Latest year-less time so far, which the next year-less stamp is judged by. */
  latest = Number.NaN;
  #dayKey = -1;
  #dayMidnight = 0;
  #dateKey = -1;
  #dateMidnight = 0;
  readonly #context: StampContext;

  constructor(context: StampContext) {
    this.#context = context;
  }

  read(buffer: Buffer, start: number, end: number): boolean {
    if (end - start < 10) return false;
    this.yearless = false;
    const first = buffer[start] as number;
    if (isDigit(first)) {
      return buffer[start + 4] === DASH ? this.#iso(buffer, start, end, false) : this.#unix(buffer, start, end);
    }
    const month = monthOf(buffer, start);
    if (month >= 0) return this.#rfc3164(buffer, start, end, month);
    if (buffer[start + 3] === SP && isDigit(buffer[start + 4] as number) && buffer[start + 8] === DASH) {
      return this.#iso(buffer, start + 4, end, true);
    }
    return false;
  }

  snapshot(): { latest: number; dayKey: number; dayMidnight: number } {
    return { latest: this.latest, dayKey: this.#dayKey, dayMidnight: this.#dayMidnight };
  }

  restore(data: { latest: number; dayKey: number; dayMidnight: number }): void {
    this.latest = data.latest;
    this.#dayKey = data.dayKey;
    this.#dayMidnight = data.dayMidnight;
  }

  #rfc3164(buffer: Buffer, start: number, end: number, month: number): boolean {
    let p = start + 3;
    if (buffer[p] !== SP) return false;
    p += 1;
    if (buffer[p] === SP) p += 1;
    let day = digitAt(buffer, p, end);
    if (day < 0) return false;
    p += 1;
    const second = digitAt(buffer, p, end);
    if (second >= 0) {
      day = day * 10 + second;
      p += 1;
    }
    if (buffer[p] !== SP || day < 1 || day > 31) return false;
    p += 1;
    let year = yearAt(buffer, p, end);
    if (year > 0) p += 5;
    const ofDay = clockAt(buffer, p, end);
    if (ofDay < 0) return false;
    p += 8;
    const fraction = fractionAt(buffer, p, end);
    p = fractionEnd(buffer, p, end);
    if (year <= 0 && buffer[p] === SP) {
      year = yearAt(buffer, p + 1, end);
      if (year > 0) p += 5;
    }
    let midnight: number;
    if (year > 0) midnight = this.#midnight(year, month, day);
    else {
      midnight = this.#yearlessMidnight(month, day);
      this.yearless = true;
    }
    if (Number.isNaN(midnight)) return false;
    this.time = midnight + ofDay - this.#context.zoneOffsetMinutes * 60_000 + fraction;
    if (this.yearless && !(this.time <= this.latest)) this.latest = this.time;
    this.end = p;
    return true;
  }

  #iso(buffer: Buffer, start: number, end: number, named: boolean): boolean {
    const year = digits4(buffer, start, end);
    const month = digits2(buffer, start + 5, end);
    const day = digits2(buffer, start + 8, end);
    if (year < 1970 || year > 9998 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    if (buffer[start + 7] !== DASH) return false;
    const between = buffer[start + 10];
    if (between !== 0x54 && between !== SP && between !== 0x74) return false;
    const ofDay = clockAt(buffer, start + 11, end);
    if (ofDay < 0) return false;
    const midnight = this.#midnight(year, month - 1, day);
    if (Number.isNaN(midnight)) return false;
    let p = start + 19;
    const fraction = fractionAt(buffer, p, end);
    p = fractionEnd(buffer, p, end);
    let offsetMinutes = this.#context.zoneOffsetMinutes;
    if (named) {
      const stop = tokenEnd(buffer, p + 1, end);
      const known = buffer[p] === SP ? namedZone(buffer, p + 1, stop) : Number.NaN;
      if (!Number.isNaN(known)) offsetMinutes = known;
      if (buffer[p] === SP && stop < end && (!Number.isNaN(known) || isCapital(buffer, p + 1, stop))) p = stop;
    } else {
      const stop = zoneEnd(buffer, p, end);
      if (stop > p) offsetMinutes = numericZone(buffer, p, stop);
      p = stop;
    }
    this.time = midnight + ofDay - offsetMinutes * 60_000 + fraction;
    this.end = p;
    return true;
  }

  #unix(buffer: Buffer, start: number, end: number): boolean {
    let p = start;
    let seconds = 0;
    while (p < end && p - start < 11 && isDigit(buffer[p] as number)) {
      seconds = seconds * 10 + (buffer[p] as number) - 0x30;
      p += 1;
    }
    if (p - start < 9 || p - start > 10) return false;
    this.time = seconds * 1000 + fractionAt(buffer, p, end);
    this.end = fractionEnd(buffer, p, end);
    return true;
  }

  #midnight(year: number, month: number, day: number): number {
    const key = (year * 12 + month) * 32 + day;
    if (key !== this.#dateKey) {
      const midnight = Date.UTC(year, month, day);
      if (new Date(midnight).getUTCDate() !== day) return Number.NaN;
      this.#dateKey = key;
      this.#dateMidnight = midnight;
    }
    return this.#dateMidnight;
  }

  #yearlessMidnight(month: number, day: number): number {
    const key = month * 32 + day;
    if (key !== this.#dayKey) {
      const midnight = midnightWithoutYear(month, day, this.latest, this.#context.notAfter);
      if (Number.isNaN(midnight)) return midnight;
      this.#dayKey = key;
      this.#dayMidnight = midnight;
    }
    return this.#dayMidnight;
  }
}

export interface StampContext {
  readonly notAfter: number;
  readonly zoneOffsetMinutes: number;
}

const SP = 0x20;
const DASH = 0x2d;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_OF = new Map(MONTHS.map((name, index) => [packed(name), index]));

function packed(name: string): number {
  return (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2);
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

function monthOf(buffer: Buffer, p: number): number {
  const key = ((buffer[p] as number) << 16) | ((buffer[p + 1] as number) << 8) | (buffer[p + 2] as number);
  return MONTH_OF.get(key) ?? -1;
}

function digitAt(buffer: Buffer, p: number, end: number): number {
  if (p >= end) return -1;
  const value = (buffer[p] as number) - 0x30;
  return value >= 0 && value <= 9 ? value : -1;
}

function digits2(buffer: Buffer, p: number, end: number): number {
  const tens = digitAt(buffer, p, end);
  const ones = digitAt(buffer, p + 1, end);
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
}

function digits4(buffer: Buffer, p: number, end: number): number {
  const high = digits2(buffer, p, end);
  const low = digits2(buffer, p + 2, end);
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}

/** A year followed by a blank, or -1: a clock or a host name may stand here instead. */
function yearAt(buffer: Buffer, p: number, end: number): number {
  if (p + 4 >= end || buffer[p + 4] !== SP) return -1;
  const year = digits4(buffer, p, end);
  return year >= 1970 && year <= 2200 ? year : -1;
}

/** Milliseconds of the day for `hh:mm:ss`, or -1. Second 60 is a leap second and reads as the next minute's first. */
function clockAt(buffer: Buffer, p: number, end: number): number {
  if (p + 8 > end || buffer[p + 2] !== 0x3a || buffer[p + 5] !== 0x3a) return -1;
  const hours = digits2(buffer, p, end);
  const minutes = digits2(buffer, p + 3, end);
  const seconds = digits2(buffer, p + 6, end);
  if (hours < 0 || minutes < 0 || seconds < 0 || hours > 23 || minutes > 59 || seconds > 60) return -1;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function fractionEnd(buffer: Buffer, p: number, end: number): number {
  if (p + 1 >= end || (buffer[p] !== 0x2e && buffer[p] !== 0x2c) || !isDigit(buffer[p + 1] as number)) return p;
  let stop = p + 1;
  while (stop < end && stop - p <= 9 && isDigit(buffer[stop] as number)) stop += 1;
  return stop;
}

/** Milliseconds and their fraction from `.123456`, rounded to the microsecond so that equal texts give equal numbers. */
function fractionAt(buffer: Buffer, p: number, end: number): number {
  const stop = fractionEnd(buffer, p, end);
  let micros = 0;
  let scale = 100_000;
  for (let i = p + 1; i < stop && scale >= 1; i++) {
    micros += ((buffer[i] as number) - 0x30) * scale;
    scale /= 10;
  }
  return micros / 1000;
}

function zoneEnd(buffer: Buffer, p: number, end: number): number {
  const sign = buffer[p];
  if (p >= end) return p;
  if (sign === 0x5a || sign === 0x7a) return p + 1;
  if ((sign !== 0x2b && sign !== DASH) || digits2(buffer, p + 1, end) < 0) return p;
  const colon = buffer[p + 3] === 0x3a ? 1 : 0;
  return digits2(buffer, p + 3 + colon, end) >= 0 ? p + 5 + colon : p + 3;
}

function numericZone(buffer: Buffer, p: number, stop: number): number {
  if (stop - p < 3) return 0;
  const colon = stop - p === 6 ? 1 : 0;
  const minutes = digits2(buffer, p + 1, stop) * 60 + Math.max(0, digits2(buffer, p + 3 + colon, stop));
  return buffer[p] === DASH ? -minutes : minutes;
}

function tokenEnd(buffer: Buffer, p: number, end: number): number {
  let stop = p;
  while (stop < end && buffer[stop] !== SP) stop += 1;
  return stop;
}

function isCapital(buffer: Buffer, p: number, stop: number): boolean {
  if (stop - p < 2 || stop - p > 5) return false;
  for (let i = p; i < stop; i++) if ((buffer[i] as number) < 0x41 || (buffer[i] as number) > 0x5a) return false;
  return true;
}

/** Minutes east of UTC of the zone names that journalctl prints most; ambiguous ones take their most common meaning. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['WET', 0],
  ['WEST', 60],
  ['BST', 60],
  ['CET', 60],
  ['CEST', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['IST', 330],
  ['JST', 540],
  ['KST', 540],
  ['AEST', 600],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
]);

function namedZone(buffer: Buffer, p: number, stop: number): number {
  if (stop === p || stop - p > 6) return Number.NaN;
  if (buffer[p] === 0x2b || buffer[p] === DASH) {
    return zoneEnd(buffer, p, stop) === stop ? numericZone(buffer, p, stop) : Number.NaN;
  }
  return ZONES.get(buffer.toString('latin1', p, stop)) ?? Number.NaN;
}
