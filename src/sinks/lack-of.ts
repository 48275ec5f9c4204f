import type { ScanReport } from '../engine/report.ts';

/** Which analytics an absent input blinds, and which merely see less, such as `AN0656 blind; AN0321 limited`. */
export function lackOf({ analytics, blind }: ScanReport['absent'][number]): string {
  const limited = analytics.filter(id => !blind.includes(id));
  return [
    ...(blind.length > 0 ? [`${blind.join(', ')} blind`] : []),
    ...(limited.length > 0 ? [`${limited.join(', ')} limited`] : []),
  ].join('; ');
}
