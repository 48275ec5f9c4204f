import type { HostEvent } from '../events/host-events.ts';
import { isCodeName } from './execution.ts';
import type { HostState } from './host.ts';
import type { ExecutionRoute, StoreTransferred } from './notices.ts';
import { notify } from './notify.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { type Taint, taintSteps } from './taint.ts';

/** This process runs tainted content: it and what it starts are controlled by it from now on. */
export function tellExecuted(
  host: HostState,
  process: ProcessState,
  taint: Taint,
  path: string,
  how: ExecutionRoute,
  strength: 'observed' | 'inferred',
  event: HostEvent,
): void {
  if (!taint.curated || isFedData(taint, how)) control(process, taint, 0);
  if (tellOnce(process, `run ${taint.origin.id} ${path} ${strength}`))
    tellRun(host, process, taint, path, how, strength, event);
}

/**
 * What was taken in by version control and built is no run attachment; but who builds looks at code. What a file holds that is no code
 * by its name, and an interpreter is fed over a pipeline, nobody has looked at.
 */
export function isFedData(taint: Taint, how: ExecutionRoute): boolean {
  if (!taint.curated || how !== 'standard-input') return false;
  const from =
    taintSteps(taint).findLast(({ kind }) => kind === 'file.opened' || kind === 'file.written')?.object ?? '';
  return from !== '' && !isCodeName(from.replace(/\.in$/, ''));
}

export function tellRun(
  host: HostState,
  process: ProcessState,
  taint: Taint,
  path: string,
  how: ExecutionRoute,
  strength: 'observed' | 'inferred',
  event: HostEvent,
): void {
  notify(host, process, event, {
    kind: 'content.executed',
    taint,
    path,
    how,
    strength,
    event,
  });
}

function control(process: ProcessState, taint: Taint, depth: number): void {
  if (process.controlled?.origin.id === taint.origin.id || depth > 6) return;
  // The first content that took control stays the story; what it brought along belongs to it.
  if (process.controlled !== null) return;
  process.controlled = taint;
  for (const child of process.recentChildren) control(child, taint, depth + 1);
}

/** Data of a mail store were put at this path, as the last step of `taint` tells. */
export function tellStaged(host: HostState, process: ProcessState, path: string, taint: Taint, event: HostEvent): void {
  const ref = taint.step.ref ?? event.ref;
  notify(host, process, { time: event.time, ref }, { kind: 'store.staged', path, taint });
}

/** Data of a mail store that `taint` tells of left with this process, for `where`. */
export function tellTransferred(
  host: HostState,
  process: ProcessState,
  taint: Taint,
  { strength, why }: Pick<StoreTransferred, 'strength' | 'why'>,
  event: Pick<HostEvent, 'time' | 'ref'>,
  where: { readonly destination?: string; readonly servedAt?: string } = {},
): void {
  const { destination = '', servedAt = '' } = where;
  notify(host, process, event, { kind: 'store.transferred', taint, strength, why, destination, servedAt });
}
