/** What is known of a process where it is asked whether another one may be its fork. */
interface Begun {
  readonly ended: boolean;
  readonly execSeen: boolean;
  readonly execTime: number;
}

/** A fork gets a number a few higher than that of the program it came from, moments after that one began. */
const FORK_PIDS = 16;
const FORK_MS = 10_000;

/** The nearest of the processes numbered a few lower that run a program and fit, where it began that moments before. */
export function begunBefore<T extends Begun>(
  byPid: { get(pid: number): T | undefined },
  pid: number,
  time: number,
  fits: (elder: T) => boolean,
): T | null {
  for (let lower = pid - 1; lower > 0 && lower >= pid - FORK_PIDS; lower--) {
    const elder = byPid.get(lower);
    if (elder === undefined || elder.ended || !elder.execSeen || !fits(elder)) continue;
    return time - elder.execTime <= FORK_MS ? elder : null;
  }
  return null;
}
