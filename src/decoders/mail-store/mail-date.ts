/**
 * Dates as mail has them, read without the machine's own zone or calendar.
 *
 *   header   := [weekday [","]] day month year hour ":" minute [":" second] [zone]       RFC 5322 section 3.3, obs-date too
 *   envelope := weekday month day hour ":" minute [":" second] [zone] year [zone]        asctime(3), as in `From ` lines
 *
 * Trust: the topmost Received header is our own server's; Date is the sender's claim.
 */
export interface MailDate {
  /** Epoch ms; without a zone the fields are taken as UTC. */
  readonly time: number;
  readonly zoned: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};
const TEXT_MAX = 200;

/** The date of a header, null when it is none. */
export function headerDate(text: string): MailDate | null {
  const words = wordsOf(text);
  let i = WEEKDAYS.has((words[0] ?? '').slice(0, 3)) && !isNumber(words[0] ?? '') ? 1 : 0;
  const day = numberOf(words[i], 1, 31);
  const month = MONTHS.indexOf((words[i + 1] ?? '').slice(0, 3));
  const year = yearOf(words[i + 2]);
  const clock = clockOf(words[i + 3]);
  if (day < 0 || month < 0 || year < 0 || clock < 0) return null;
  i += 4;
  return dateOf(year, month, day, clock, zoneOf(words[i]));
}

/** The date at the end of a `From ` line, null when there is none. */
export function envelopeDate(text: string): MailDate | null {
  const words = wordsOf(text.slice(-TEXT_MAX));
  for (let i = words.length - 5; i >= 0; i--) {
    if (!WEEKDAYS.has(words[i] as string)) continue;
    const month = MONTHS.indexOf(words[i + 1] as string);
    const day = numberOf(words[i + 2], 1, 31);
    const clock = clockOf(words[i + 3]);
    if (month < 0 || day < 0 || clock < 0) continue;
    const year = yearOf(words[i + 4]);
    if (year >= 0) return dateOf(year, month, day, clock, zoneOf(words[i + 5]));
    const later = yearOf(words[i + 5]);
    if (later >= 0) return dateOf(later, month, day, clock, zoneOf(words[i + 4]));
  }
  return null;
}

/** Words in lower case; comments in parentheses and commas are blanks. */
function wordsOf(text: string): string[] {
  let plain = '';
  let depth = 0;
  for (const char of text.slice(0, TEXT_MAX)) {
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) plain += char === ',' ? ' ' : char;
  }
  return plain
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
}

const isNumber = (word: string): boolean => /^\d{1,4}$/.test(word);

function numberOf(word: string | undefined, min: number, max: number): number {
  if (word === undefined || !isNumber(word)) return -1;
  const value = Number(word);
  return value >= min && value <= max ? value : -1;
}

/** Four digits; two or three as RFC 5322 section 4.3 reads them. */
function yearOf(word: string | undefined): number {
  const value = numberOf(word, 0, 9999);
  if (value < 0) return -1;
  if (value >= 1900) return value;
  if (value < 50) return 2000 + value;
  return value < 1000 ? 1900 + value : -1;
}

/** Milliseconds into the day. */
function clockOf(word: string | undefined): number {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(word ?? '');
  if (match === null) return -1;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return hour > 23 || minute > 59 || second > 60 ? -1 : ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000;
}

/** Minutes east of UTC, null when the word is no zone. */
function zoneOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  const match = /^([+-])(\d{2})(\d{2})$/.exec(word);
  if (match === null) return ZONES[word] ?? null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

function dateOf(year: number, month: number, day: number, clock: number, zone: number | null): MailDate | null {
  const start = Date.UTC(year, month, day);
  if (new Date(start).getUTCDate() !== day) return null;
  return { time: start + clock - (zone ?? 0) * 60_000, zoned: zone !== null };
}
