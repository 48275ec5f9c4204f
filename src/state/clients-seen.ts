import { OWN_NETWORK } from '../core/own-network.ts';
import { type EpochMs, HOUR_MS } from '../core/time.ts';
import type { NetworkConnected, ProcessStarted } from '../events/host-events.ts';
import { actingUid } from './elevation.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { stepOf } from './step-of.ts';
import type { TaintStep } from './taint.ts';

/** Read in the morning, opened after lunch. */
const SEEN_MS = 12 * HOUR_MS;
const JUST_MS = HOUR_MS / 2;

/** A record shows a client of a person at work: what comes from nobody knows where is told with it. */
export function seenAtWork(
  host: HostState,
  client: ProcessState,
  event: ProcessStarted | NetworkConnected,
  verb: string,
  object: string,
): void {
  const activity = host.clientActivity(client.uid);
  const isMail = (client.classBits & CLASS.mailClient) !== 0;
  const why = `a ${isMail ? 'mail client' : 'browser or messenger'} of this person, at work before; by person and time only`;
  const step = stepOf(event, event.kind, client, verb, object, 'inferred', why);
  if (isMail) activity.mailSeen = step;
  else if (reachOf(step) >= reachOf(recent(activity.webSeen, event.time, JUST_MS))) activity.webSeen = step;
}

/** A browser starts a process for each page: that it has connected says more, and most that it spoke to a host outside. */
function reachOf(seen: TaintStep | undefined): number {
  if (seen?.kind !== 'network.connected') return 0;
  return OWN_NETWORK.test(seen.object) ? 1 : 2;
}

export const mailBefore = (host: HostState, process: ProcessState, time: EpochMs): TaintStep | undefined =>
  recent(host.clientActivity(actingUid(process)).mailSeen, time);

/** Whoever logged in browsed, whatever account sudo(8) then took on. */
export const webBefore = (host: HostState, process: ProcessState, time: EpochMs): TaintStep | undefined =>
  recent(host.clientActivity(actingUid(process)).webSeen, time);

const recent = (step: TaintStep | undefined, time: EpochMs, withinMs = SEEN_MS): TaintStep | undefined =>
  step !== undefined && time >= step.time && time - step.time <= withinMs ? step : undefined;
