import { isWithin } from '../../core/paths.ts';
import { isLockName } from '../../state/lock-files.ts';
import { stepId, type Taint } from '../../state/taint.ts';
import type { HarvestCase } from './case.ts';

/**
 * Of the files that one program filled from one box only the first is told as staged: a list, a lock, one of many parts. Once data
 * leave by another of them, that one is told in place of it, unless the first has left as well.
 */
export function nameTaken(found: HarvestCase, left: Taint): void {
  const way: Taint[] = [];
  for (let taint: Taint | null = left; taint; taint = taint.previous) way.push(taint);
  const ids = new Set(way.map(({ step }) => stepId(step)));
  for (const taint of way) {
    const { kind, object, pid, time } = taint.step;
    if (kind !== 'file.written' || !object.startsWith('/') || isLockName(object)) continue;
    if (found.staged.some(({ path }) => path === object)) continue;
    const at = found.staged.findIndex(
      held => held.pid === pid && held.taint.origin.id === taint.origin.id && !ids.has(stepId(held.taint.step)),
    );
    const held = found.staged[at];
    // A folder that is sent whole takes along what is known to lie in it.
    if (held === undefined || isWithin(held.path, object) || isWithin(object, held.path) || hasLeft(found, held))
      continue;
    found.staged[at] = { time, pid, path: object, taint };
  }
}

const hasLeft = ({ transfers }: HarvestCase, { taint: { step } }: HarvestCase['staged'][number]): boolean =>
  transfers.some(({ taint: left }) => {
    for (let taint = left; taint; taint = taint.previous) if (stepId(taint.step) === stepId(step)) return true;
    return false;
  });
