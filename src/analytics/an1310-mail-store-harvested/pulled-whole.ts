import { HOUR_MS } from '../../core/time.ts';
import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';

/** Logins further apart than this are of two days. */
export const DAY_APART_MS = 12 * HOUR_MS;

/**
 * A whole tree, mail in it, was printed to the client of the session: a backup server that comes for it does so, and whoever has a key
 * of its own. `often`: every login of that account came from this address, on more than one day, and none had a terminal: it is the
 * account of a machine. `once`: the same, but on one day only; null: the account has another life, or nothing was printed.
 */
export function pulledWhole(
  { host, ses, broad, transfers, printed }: HarvestCase,
  world: World,
): 'often' | 'once' | null {
  const state = world.hosts.get(host);
  if (state === undefined || !broad || printed === null || printed.peer === '') return null;
  if (transfers.some(({ pid, destination }) => pid !== printed.pid || destination !== printed.peer)) return null;
  const account = state.sessions.peek(ses)?.user ?? '';
  const hasTerminal = (id: number): boolean => state.terminals.peek(id) !== undefined;
  const logins = [...state.sessions.entries].filter(
    ([id, { user, address }]) => user === account && (address !== '' || hasTerminal(id)),
  );
  if (account === '' || logins.some(([id, { address }]) => address !== printed.peer || hasTerminal(id))) return null;
  const times = logins.map(([, { time }]) => time);
  return Math.max(...times) - Math.min(...times) >= DAY_APART_MS ? 'often' : 'once';
}
