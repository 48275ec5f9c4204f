import { isLoopback } from '../../core/loopback.ts';
import { programName } from '../../state/programs.ts';
import type { World } from '../../state/world.ts';
import type { HarvestCase, Transfer } from './case.ts';

const LOGIN_MS = 30_000;
const SSH_PORT = '22';

/**
 * Everything that was sent went to this host's own sshd(8), which let somebody in from this very host at that moment: another
 * account has it, no other host. A port of its own on the loopback may be the end of a tunnel.
 */
export function staysHere({ host, transfers }: HarvestCase, world: World): boolean {
  const state = world.hosts.get(host);
  if (state === undefined || transfers.length === 0) return false;
  const logins = [...state.sessions.entries.values()].filter(
    ({ program, address }) => isLoopback(address) && programName(program).startsWith('sshd'),
  );
  const isTaken = ({ time, destination }: Transfer): boolean =>
    isOwnSsh(destination) && logins.some(login => Math.abs(login.time - time) <= LOGIN_MS);
  // Its words told of it before its connection did: the same process, and no connection of it went elsewhere.
  const connected = transfers.filter(({ destination }) => CONNECTION.test(destination));
  return connected.every(isTaken) && transfers.every(({ pid }) => connected.some(each => each.pid === pid));
}

const CONNECTION = /^\[?([0-9a-f.:]+?)\]?:(\d+)$/;

function isOwnSsh(destination: string): boolean {
  const [, address = '', port = ''] = CONNECTION.exec(destination) ?? [];
  return port === SSH_PORT && isLoopback(address);
}
