import { DASH, digits2 } from './stamp-parts.ts';

export function zoneEnd(buffer: Buffer, p: number, end: number): number {
  const sign = buffer[p];
  if (p >= end) return p;
  if (sign === 0x5a || sign === 0x7a) return p + 1;
  if ((sign !== 0x2b && sign !== DASH) || digits2(buffer, p + 1, end) < 0) return p;
  const colon = buffer[p + 3] === 0x3a ? 1 : 0;
  return digits2(buffer, p + 3 + colon, end) >= 0 ? p + 5 + colon : p + 3;
}

export function numericZone(buffer: Buffer, p: number, stop: number): number {
  if (stop - p < 3) return 0;
  const colon = stop - p === 6 ? 1 : 0;
  const minutes = digits2(buffer, p + 1, stop) * 60 + Math.max(0, digits2(buffer, p + 3 + colon, stop));
  return buffer[p] === DASH ? -minutes : minutes;
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

export function namedZone(buffer: Buffer, p: number, stop: number): number {
  if (stop === p || stop - p > 6) return Number.NaN;
  if (buffer[p] === 0x2b || buffer[p] === DASH) {
    return zoneEnd(buffer, p, stop) === stop ? numericZone(buffer, p, stop) : Number.NaN;
  }
  return ZONES.get(buffer.toString('latin1', p, stop)) ?? Number.NaN;
}
