import type { EpochMs } from '../core/time.ts';
import { ancestry } from './ancestry.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, isSystemPath } from './programs.ts';
import type { TaintOrigin } from './taint.ts';

/**
 * Where a program came from that runs while foreign content has a hand in it: `brought` by that very content, `installed`
 * before it came, the package `manager` itself or its helper, `unknown` where neither an earlier run nor writes into its
 * directory are recorded. A `tool` does as it is told: shells, interpreters without an installed script, transfer tools.
 * `elsewhere` is all that lies outside system places.
 */
export type Standing = 'brought' | 'installed' | 'manager' | 'unknown' | 'tool' | 'elsewhere';

const TOLD = CLASS.shell | CLASS.interpreter | CLASS.transfer | CLASS.fetcher;

/** `since`: when the content was first run. */
export function standingOf(host: HostState, process: ProcessState, origin: TaintOrigin, since: EpochMs): Standing {
  const path = process.script || process.exe;
  const brought = (each: string) =>
    host.files.byName(each)?.taints.some(taint => taint.origin.id === origin.id) === true;
  if (brought(path) || brought(process.exe)) return 'brought';
  if (!isSystemPath(path)) return 'elsewhere';
  if (isOfManager(process)) return 'manager';
  if (process.script === '' ? (process.classBits & TOLD) !== 0 : (host.classOf(path) & TOLD) !== 0) return 'tool';
  return host.installed.ranBefore(path, since) || host.installed.covers(path) ? 'installed' : 'unknown';
}

/** The package manager, or what it started without a maintainer script in between: a script of a package is nobody's installed program. */
function isOfManager(process: ProcessState): boolean {
  for (const elder of ancestry(process, 6)) {
    if (!elder.trusted) return false;
    if (elder.classBits & CLASS.packageManager) return true;
  }
  return false;
}
