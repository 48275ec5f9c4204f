import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';

/**
 * All that left is what a command printed to the client of its session, it is the account's own mail, and that account had sat at a
 * terminal from that very address before, and from no other one earlier: the person fetches the own box to the own desk. Whoever
 * else has the account comes from elsewhere.
 */
export function goesToOwnDesk({ host, uid, reads, transfers, printed, staged }: HarvestCase, world: World): string {
  const state = world.hosts.get(host);
  const user = world.userName(host, uid);
  if (state === undefined || user === '' || printed === null || printed.peer === '' || staged.length > 0) return '';
  if (
    transfers.length === 0 ||
    transfers.some(({ pid, destination }) => pid !== printed.pid || destination !== printed.peer)
  )
    return '';
  if ([...reads.values()].some(({ own }) => own !== true)) return '';
  const logins = [...state.sessions.entries]
    .filter(([, each]) => each.user === user && each.address !== '' && each.time < printed.time)
    .sort(([, a], [, b]) => a.time - b.time);
  const [first] = logins;
  if (first === undefined || first[1].address !== printed.peer) return '';
  return logins.some(([ses, { address }]) => address === printed.peer && state.terminals.peek(ses) !== undefined)
    ? printed.peer
    : '';
}
