import { HOUR_MS } from '../../core/time.ts';
import type { HostState } from '../../state/host.ts';
import { isPerson } from '../../state/people.ts';
import type { Session } from '../../state/session.ts';
import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';
import { DAY_APART_MS } from './pulled-whole.ts';

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

/** Within such a time one visitor goes from one account to the next. */
const SPELL_MS = HOUR_MS;

/**
 * An address at which others of this host have their desks, and from which alone this account ever came: the site stands behind it
 * (a terminal server, an address that they share). Accounts are no people: whoever has the keys of two comes to both from one
 * address too. Two others count who are at home there, and neither of whom only comes when the other one or this account does.
 */
function isSitesDesk(user: string, state: HostState, { peer, time }: { peer: string; time: number }): boolean {
  const logins = [...state.sessions.entries.values()].filter(each => each.address !== '' && each.time < time);
  const byAccount = Map.groupBy(logins, each => each.user);
  const isOnlyFromThere = (all: readonly Session[]): boolean => all.every(({ address }) => address === peer);
  const before = byAccount.get(user) ?? [];
  if (!isOnlyFromThere(before)) return false;
  const own = [...before.map(each => each.time), time];
  byAccount.delete(user);
  const others = [...byAccount]
    .map(([account, all]) => ({ account, all, times: all.map(each => each.time) }))
    .filter(({ all, times }) => isOnlyFromThere(all) && isOfDays(times) && comeApart(times, own))
    .filter(({ account }) => isPerson(state, account) && deskOf(account, state, time) === peer)
    .map(({ times }) => times);
  return others.some((one, i) => others.slice(i + 1).some(other => comeApart(one, other)));
}

const isOfDays = (times: readonly number[]): boolean => Math.max(...times) - Math.min(...times) >= DAY_APART_MS;

/** Each of the two came at some time without the other one. */
const comeApart = (one: readonly number[], other: readonly number[]): boolean =>
  comesAlone(one, other) && comesAlone(other, one);
const comesAlone = (one: readonly number[], other: readonly number[]): boolean =>
  one.some(time => other.every(each => Math.abs(each - time) > SPELL_MS));

/** Where the account logged in first, if it sat at a terminal from there; '' otherwise. */
function deskOf(user: string, { sessions, terminals }: HostState, before: number): string {
  const logins = [...sessions.entries]
    .filter(([, each]) => each.user === user && each.address !== '' && each.time < before)
    .sort(([, a], [, b]) => a.time - b.time);
  const address = logins[0]?.[1].address ?? '';
  return logins.some(([ses, each]) => each.address === address && terminals.peek(ses) !== undefined) ? address : '';
}
