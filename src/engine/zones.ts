import { epochMs } from '../core/time.ts';
import type { FileFormat } from '../decoders/contract.ts';
import type { InputProblem } from '../sources/problem.ts';
import type { Plan } from './plan.ts';
import { shortOf, type ZoneFound } from './zone-witness.ts';

/** Minutes east of UTC by short name of host, for stamps that name no zone; other hosts have what the request says. */
export type Zones = ReadonlyMap<string, number>;

export const NO_ZONES: Zones = new Map();

export const zoneOf = (zones: Zones, host: string, otherwise: number): number => zones.get(shortOf(host)) ?? otherwise;

/** What the hosts' stamps are said to be, where they were read with `offset`. */
export const zonesOf = (found: readonly ZoneFound[], offset: number): Zones =>
  new Map(found.map(({ host, minutes }) => [host, offset + minutes] as const));

/** `+02:00` for 120. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** Whether the first stamp of a log is another moment in another zone: then it names none itself. */
export function namesNoZone(format: Pick<FileFormat, 'firstTime'>, sample: Buffer, notAfter: number): boolean {
  const context = { source: 0, defaultHost: '', notAfter: epochMs(notAfter), latenessMs: 0 };
  const at = (zoneOffsetMinutes: number): number => format.firstTime(sample, { ...context, zoneOffsetMinutes });
  const utc = at(0);
  return Number.isFinite(utc) && utc !== at(60);
}

/** One notice for each host whose stamps are in another zone than was asked for; `isApplied` when they were read so, `otherwise` what to do when not. */
export function zoneProblems(
  found: readonly ZoneFound[],
  offset: number,
  isApplied: boolean,
  logs: Plan['logs'],
  otherwise = 'what should be joined lies apart; give',
): InputProblem[] {
  return found.map(({ host, minutes, agreeing, compared }) => {
    const zone = offsetText(offset + minutes);
    const who = `${agreeing} of ${compared} processes of ${host} that other records tell of too`;
    // A log has one zone, that of the host which it is known by: what others write into it stays as it was read.
    const log = logs.find(each => each.format.id === 'syslog' && shortOf(each.host) === host);
    const source = log?.files[0]?.file.name ?? host;
    const message =
      isApplied && log !== undefined
        ? `stamps without a zone were read as ${zone}: by ${who}, they are not ${offsetText(offset)}; --timezone decides otherwise`
        : `stamps without a zone were read as ${offsetText(offset)}, and seem to be ${zone} by ${who}: ${otherwise} --timezone ${zone}`;
    return { code: 'N_ZONE', source, level: 'notice', message };
  });
}
