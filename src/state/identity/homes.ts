/** A home and whose it is. */
export interface Home {
  readonly home: string;
  readonly account: string;
}

const HOMES_MAX = 65_536;
const SLASH = 47;
/** What lies there is no person's, whatever account says that it is at home there. */
const NO_HOMES = ['/usr/', '/etc/', '/run/', '/dev/', '/proc/', '/sys/', '/bin/', '/sbin/', '/lib/', '/tmp/', '/opt/'];

/** Homes of people that lie elsewhere than in /home/NAME: on another disk, by department, in a network folder. */
export class Homes {
  readonly #accounts = new Map<string, string>();
  /** How long their paths are, the longest first: a path is asked about only where one may end. */
  #lengths: readonly number[] = [];

  /** False when it is no such home, or known already. */
  add(path: string, account: string): boolean {
    const home = path.endsWith('/') ? path.slice(0, -1) : path;
    // Two names at least: /srv or /mail is a place for many.
    if (!home.startsWith('/') || home.indexOf('/', 1) < 0 || home === `/home/${account}`) return false;
    if (NO_HOMES.some(place => home.startsWith(place)) || (home.startsWith('/var/') && !home.startsWith('/var/home/')))
      return false;
    if (this.#accounts.has(home) || this.#accounts.size >= HOMES_MAX) return false;
    this.#accounts.set(home, account);
    if (!this.#lengths.includes(home.length)) this.#noteLengths();
    return true;
  }

  above(path: string): Home | null {
    for (const length of this.#lengths) {
      if (path.length < length || (path.length > length && path.charCodeAt(length) !== SLASH)) continue;
      const home = path.slice(0, length);
      const account = this.#accounts.get(home);
      if (account !== undefined) return { home, account };
    }
    return null;
  }

  #noteLengths(): void {
    const lengths = new Set([...this.#accounts.keys()].map(({ length }) => length));
    this.#lengths = [...lengths].sort((a, b) => b - a);
  }

  snapshot(): [string, string][] {
    return [...this.#accounts];
  }

  restore(data: readonly [string, string][]): void {
    this.#accounts.clear();
    for (const [home, account] of data) this.#accounts.set(home, account);
    this.#noteLengths();
  }
}
