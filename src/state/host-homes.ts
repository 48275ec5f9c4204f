import { baseName } from '../core/paths.ts';
import { type Home, Homes } from './identity/homes.ts';
import type { MailIdentity } from './mail/contract.ts';
import { isSpool, splitHome } from './places.ts';

/** Where people's homes are on one host: /home/NAME, where a passwd file says, and where logins began. */
export class HostHomes {
  readonly #identity: MailIdentity;
  readonly #learned = new Homes();

  constructor(identity: MailIdentity) {
    this.#identity = identity;
  }

  /** The part of a path after the home that holds it, with whose it is; null for what lies in no home. */
  split(path: string): { account: string; home: string; rest: string } | null {
    const other = this.#elsewhere(path);
    if (other === null) return splitHome(path);
    return path.length > other.home.length ? { ...other, rest: path.slice(other.home.length + 1) } : null;
  }

  /** Whose home holds the path, '' when none does. */
  owner(path: string): string {
    return this.#elsewhere(path)?.account ?? this.#identity.homeOwner(path);
  }

  /** The path as it would be if the home lay where homes mostly do. */
  usual(path: string): string {
    const other = this.#elsewhere(path);
    return other === null ? path : `/home/${other.account}${path.slice(other.home.length)}`;
  }

  /** A path below /home/NAME as it is here; see `usual`. */
  actual(usual: string, path: string): string {
    const other = this.#elsewhere(path);
    const home = other === null ? '' : `/home/${other.account}`;
    return other !== null && usual.startsWith(`${home}/`) ? other.home + usual.slice(home.length) : usual;
  }

  /**
   * login(1) and sshd(8) start the shell in the home, with a dash before its name; a desktop starts programs in the home,
   * which mostly bears the name of its owner. True when it was not known.
   */
  learn(user: string, argv0: string, cwd: string): boolean {
    const name = baseName(cwd);
    return (argv0.startsWith('-') || (user !== '' && name === user)) && this.#learned.add(cwd, user || name);
  }

  #elsewhere(path: string): Home | null {
    const found = this.#identity.homeElsewhere(path) ?? this.#learned.above(path);
    return found === null || isSpool(path) ? null : found;
  }

  snapshot(): [string, string][] {
    return this.#learned.snapshot();
  }

  restore(data: readonly [string, string][]): void {
    this.#learned.restore(data);
  }
}
