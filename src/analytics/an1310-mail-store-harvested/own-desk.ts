import type { HostState } from '../../state/host.ts';
import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';

/**
 * All that left is what a command printed to the client of its session (then `withOutput` tells of that and of nothing else), it is
 * the account's own mail, and that account had sat at a terminal from that very address before, and from no other one earlier: the
 * person fetches the own box to the own desk. Whoever else has the account comes from elsewhere. Or others have their desks there.
 */
export function goesToOwnDesk({ host, uid, reads, transfers, printed }: HarvestCase, world: World): string {
  const user = world.userName(host, uid);
  const state = world.hosts.get(host);
  if (state === undefined || user === '' || printed === null) return '';
  if (!transfers.some(({ taint }) => taint === printed.taint)) return '';
  if ([...reads.values()].some(({ own }) => own !== true)) return '';
  const isDesk = deskOf(user, state, printed.time) === printed.peer || isSitesDesk(user, state, printed);
  return isDesk ? printed.peer : '';
}

/**
 * The same of what was copied to a host that its words name below the own domain (the caller has looked at that): every connection
 * that took it went to the machine at which the person sits.
 */
export function copiesToOwnDesk({ host, uid, context, reads, transfers }: HarvestCase, world: World): string {
  const user = world.userName(host, uid);
  const state = world.hosts.get(host);
  const contacts = transfers.flatMap(({ contact }) => contact ?? []);
  const [first] = contacts;
  if (state === undefined || user === '' || context !== 'interactive' || first === undefined) return '';
  if ([...reads.values()].some(({ own }) => own !== true)) return '';
  const desk = deskOf(user, state, first.time);
  return contacts.every(({ address }) => address === desk) ? desk : '';
}

const OTHERS_MIN = 2;

/**
 * An address from which several people of the host had logged in before, and this account from no other one: the desks of the site
 * stand behind it (a terminal server, an address that they share).
 */
function isSitesDesk(user: string, { sessions }: HostState, { peer, time }: { peer: string; time: number }): boolean {
  const logins = [...sessions.entries.values()].filter(each => each.address !== '' && each.time < time);
  if (logins.some(each => each.user === user && each.address !== peer)) return false;
  const others = logins.filter(each => each.address === peer && each.user !== user).map(each => each.user);
  return new Set(others).size >= OTHERS_MIN;
}

/** Where the account logged in first, if it sat at a terminal from there; '' otherwise. */
function deskOf(user: string, { sessions, terminals }: HostState, before: number): string {
  const logins = [...sessions.entries]
    .filter(([, each]) => each.user === user && each.address !== '' && each.time < before)
    .sort(([, a], [, b]) => a.time - b.time);
  const address = logins[0]?.[1].address ?? '';
  return logins.some(([ses, each]) => each.address === address && terminals.peek(ses) !== undefined) ? address : '';
}
