import { didYouMean } from '../config/did-you-mean.ts';
import { ANALYTIC_IDS, type AnalyticId, SEVERITIES, type Severity } from '../events/vocabulary.ts';
import { UsageError } from './usage-error.ts';

/** `AN0656,an1009` as ids; null for none given. */
export function analyticIds(option: readonly string[] | undefined): AnalyticId[] | null {
  if (option === undefined) return null;
  const words = option
    .flatMap(each => each.split(','))
    .map(each => each.trim().toUpperCase())
    .filter(each => each !== '');
  if (words.length === 0)
    throw new UsageError(`--only names no analytic; expected ${ANALYTIC_IDS.join(', ')}; name one or more`);
  return words.map(word => {
    const id = ANALYTIC_IDS.find(each => each === word);
    if (id === undefined) {
      const hint = didYouMean(word, ANALYTIC_IDS) || 'name one or more, separated by commas';
      throw new UsageError(
        `--only ${JSON.stringify(word)} is no analytic; expected ${ANALYTIC_IDS.join(', ')}; ${hint}`,
      );
    }
    return id;
  });
}

export function severity(option: string, value: string): Severity {
  const found = SEVERITIES.find(each => each === value.toLowerCase());
  if (found !== undefined) return found;
  const hint = didYouMean(value, SEVERITIES) || 'name one of them';
  throw new UsageError(`${option} ${JSON.stringify(value)} is no severity; expected ${SEVERITIES.join(', ')}; ${hint}`);
}

const STAMP = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A moment: `2026-03-01`, `2026-03-01T09:30`, with seconds and a zone if wanted; without a zone `zoneOffsetMinutes` holds.
 * A day alone means its beginning, or with `endOfDay` its end.
 */
export function moment(option: string, value: string, zoneOffsetMinutes: number, endOfDay: boolean): number {
  const match = STAMP.exec(value.trim());
  const wrong = `${option} ${JSON.stringify(value)} is no time; expected a form such as 2026-03-01, 2026-03-01T09:30 or 2026-03-01T09:30:00+02:00`;
  if (!match) throw new UsageError(`${wrong}; write it so`);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(each => Number(each ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Number((match[7] ?? '').padEnd(3, '0'));
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const round = new Date(local);
  if (round.getUTCDate() !== day || round.getUTCMonth() !== month - 1 || hour > 23 || minute > 59 || second > 59) {
    throw new UsageError(`${wrong}; there is no such day or hour`);
  }
  const zone = match[8];
  const offset = zone === undefined ? zoneOffsetMinutes : offsetOf(zone);
  const wholeDay = match[4] === undefined && endOfDay ? 86_400_000 - 1 : 0;
  return local + wholeDay - offset * 60_000;
}

function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

export function yearNumber(value: string): number {
  const year = Number(value);
  if (/^\d{4}$/.test(value) && year >= 1970) return year;
  throw new UsageError(`--year ${JSON.stringify(value)} is no year; expected four digits from 1970 on; write it so`);
}

export function positive(option: string, value: string): number {
  const number = Number(value);
  if (/^\d{1,15}$/.test(value) && number > 0) return number;
  throw new UsageError(`${option} ${JSON.stringify(value)} is no count; expected a whole number above 0; write it so`);
}
