import {
  AT,
  clockAt,
  DASH,
  digitAt,
  digits2,
  digits4,
  fractionAt,
  fractionEnd,
  isCapital,
  isDigit,
  monthOf,
  SP,
  taiTime,
  tokenEnd,
  yearAt,
} from './stamp-parts.ts';
import { midnightWithoutYear } from './year.ts';
import { namedZone, numericZone, zoneEnd } from './zone.ts';

/**
 * The time at the beginning of a syslog line, read from bytes.
 *
 *   stamp   := 3164 | iso | full | unix | tai
 *   3164    := Mmm SP day [SP year] SP hh:mm:ss ["." digits] [SP year]      zone: the context's
 *   iso     := yyyy-mm-dd ("T" | SP) hh:mm:ss [("." | ",") digits] [zone]
 *   full    := Www SP yyyy-mm-dd SP hh:mm:ss ["." digits] [SP zone-name]    journalctl -o short-full
 *   unix    := seconds ["." digits]                                         journalctl -o short-unix
 *   tai     := "@" 24hex                       tai64n(8) and multilog(8); svlogd(8) -t: seconds as TAI counts them, nanoseconds
 *   zone    := "Z" | ("+" | "-") hh [":"] mm | ("+" | "-") hh
 *
 * Source: RFC 3164 4.1.2, RFC 5424 6.2.3, rsyslog RSYSLOG_FileFormat, systemd journalctl(1), daemontools tai64n(8).
 * Errors: false when no stamp stands at `start`. A zone name that is not known reads as the context's zone.
 */
export class StampReader {
  /** Epoch ms of the stamp last read; a fraction carries microseconds. */
  time = Number.NaN;
  /** Position after the stamp. */
  end = 0;
  yearless = false;
  /** It names its zone, or counts from the epoch. */
  zoned = false;
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
    this.zoned = true;
    const first = buffer[start] as number;
    if (isDigit(first)) {
      return buffer[start + 4] === DASH ? this.#iso(buffer, start, end, false) : this.#unix(buffer, start, end);
    }
    const month = monthOf(buffer, start);
    if (month >= 0) return this.#rfc3164(buffer, start, end, month);
    if (buffer[start + 3] === SP && isDigit(buffer[start + 4] as number) && buffer[start + 8] === DASH) {
      return this.#iso(buffer, start + 4, end, true);
    }
    return first === AT && this.#tai(buffer, start, end);
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
    this.zoned = false;
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
      else this.zoned = false;
      if (buffer[p] === SP && stop < end && (!Number.isNaN(known) || isCapital(buffer, p + 1, stop))) p = stop;
    } else {
      const stop = zoneEnd(buffer, p, end);
      if (stop > p) offsetMinutes = numericZone(buffer, p, stop);
      else this.zoned = false;
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

  #tai(buffer: Buffer, start: number, end: number): boolean {
    const time = taiTime(buffer, start + 1, end);
    if (Number.isNaN(time)) return false;
    this.time = time;
    this.end = start + 25;
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
