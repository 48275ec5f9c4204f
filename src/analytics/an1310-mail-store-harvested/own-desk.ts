import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';

/**
 * All that left is what a command printed to the client of its session (then `withOutput` tells of that and of nothing else), it is
 * the account's own mail, and that account had sat at a terminal from that very address before, and from no other one earlier: the
 * person fetches the own box to the own desk. Whoever else has the account comes from elsewhere.
 */
export function goesToOwnDesk({ host, uid, reads, transfers, printed }: HarvestCase, world: World): string {
  const user = world.userName(host, uid);
  const state = world.hosts.get(host);
  if (state === undefined || user === '' || printed === null) return '';
  if (!transfers.some(({ taint }) => taint === printed.taint)) return '';
  if ([...reads.values()].some(({ own }) => own !== true)) return '';
  const logins = [...state.sessions.entries]
    .filter(([, each]) => each.user === user && each.address !== '' && each.time < printed.time)
    .sort(([, a], [, b]) => a.time - b.time);
  if (logins[0]?.[1].address !== printed.peer) return '';
  return logins.some(([ses, { address }]) => address === printed.peer && state.terminals.peek(ses) !== undefined)
    ? printed.peer
    : '';
}
