import { ANALYTICS_ALL } from '../analytics/registry.ts';
import type { Config } from '../config/config.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { isContentProblem, problemLine } from '../config/problem.ts';
import { hasSummerTime, zoneOffsetMinutes } from '../config/timezone.ts';
import { offsetText } from '../engine/zones.ts';
import type { Discovery } from '../sources/contract.ts';
import { EXIT } from './exit-codes.ts';
import { complain } from './talk.ts';
import { UsageError } from './usage-error.ts';

export const METAS = ANALYTICS_ALL.map(analytic => analytic.meta);

export function loadHere(explicit: string | undefined): Promise<LoadedConfig> {
  return loadConfig(explicit, METAS, { env: process.env, cwd: process.cwd() });
}

/** The configuration, or an end with every problem told. */
export async function requireConfig(explicit: string | undefined): Promise<LoadedConfig> {
  const loaded = await loadHere(explicit);
  if (loaded.problems.length === 0) return loaded;
  for (const problem of loaded.problems) complain(problemLine(problem));
  throw new UsageError(
    'the configuration has mistakes; nothing was done; mend them, then `watchpost config check`',
    exitCodeOf(loaded),
  );
}

export function exitCodeOf(loaded: LoadedConfig): number {
  if (loaded.problems.length === 0) return EXIT.done;
  return loaded.problems.every(isContentProblem) ? EXIT.content : EXIT.usage;
}

/** When the newest of these files was written to, epoch ms; 0 where there is none. */
export const endOf = ({ files }: Pick<Discovery, 'files'>): number =>
  Math.max(0, ...files.map(file => file.mtimeMs).filter(time => Number.isFinite(time)));

/** Offset for stamps without a zone, as it was when the evidence ends; says so when it was another one before. */
export function offsetFor(option: string | undefined, config: Config, evidenceEnd: number, quiet: boolean): number {
  const zone = option ?? config.time.timezone;
  const offset = zoneOffsetMinutes(zone, evidenceEnd);
  if (offset === null) {
    const expected = 'expected UTC, an offset such as +02:00, or a name such as Europe/Berlin';
    throw new UsageError(`--timezone ${JSON.stringify(zone)} is no zone; ${expected}; write it so`);
  }
  if (!quiet && hasSummerTime(zone, new Date(evidenceEnd).getUTCFullYear())) {
    complain(
      `${zone} has summer time: stamps without a zone are read as ${offsetText(offset)} all along; give --timezone ±HH:MM for another`,
    );
  }
  return offset;
}
