import type { HostEvent } from './host-events.ts';
import type { MailEvent } from './mail-events.ts';
import type { NetworkEvent } from './network-events.ts';

export type WatchEvent = HostEvent | MailEvent | NetworkEvent;
export type EventKind = WatchEvent['kind'];

/**
 * The one order in which everything is judged: time, then host, then the source's own order. Two events that are equal
 * here are the same record seen twice.
 */
export function compareEvents(a: WatchEvent, b: WatchEvent): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.host !== b.host) return a.host < b.host ? -1 : 1;
  return a.order - b.order;
}
