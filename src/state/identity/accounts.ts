import { PEOPLE_UID } from '../../events/host-events.ts';
import type { Group } from './group.ts';
import { type Home, Homes } from './homes.ts';
import type { Account } from './passwd.ts';

/** The account of nobody on Linux distributions. */
const NOBODY_UID = 65_534;

/** Accounts of one host, or of all together. */
export interface AccountTable {
  readonly size: number;
  byName(name: string): Account | undefined;
  byUid(uid: number): Account | undefined;
  /** Account in whose home the path lies, '' when none. */
  homeOwner(path: string): string;
  /** The home of a person that holds the path, where it lies elsewhere than in /home/NAME; null when none does. */
  homeElsewhere(path: string): Home | null;
}

/** Accounts of several passwd files of one host; of two with one name or uid the first counts. */
class Table implements AccountTable {
  readonly #byName = new Map<string, Account>();
  readonly #byUid = new Map<number, Account>();
  readonly #homes = new Map<string, string>();
  /** Of people, elsewhere than in /home/NAME. */
  readonly #elsewhere = new Homes();

  constructor(accounts: readonly Account[]) {
    for (const account of accounts) {
      if (!this.#byName.has(account.name)) this.#byName.set(account.name, account);
      if (!this.#byUid.has(account.uid)) this.#byUid.set(account.uid, account);
    }
    for (const account of this.#byName.values()) {
      addHome(this.#homes, account);
      if (account.uid >= PEOPLE_UID && account.uid !== NOBODY_UID) this.#elsewhere.add(account.home, account.name);
    }
  }

  get size(): number {
    return this.#byName.size;
  }

  byName(name: string): Account | undefined {
    return this.#byName.get(name);
  }

  byUid(uid: number): Account | undefined {
    return this.#byUid.get(uid);
  }

  homeOwner(path: string): string {
    // Without a passwd file there is nothing to look up.
    if (this.#homes.size > 0)
      for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
        const owner = this.#homes.get(path.slice(0, end));
        if (owner !== undefined) return owner;
      }
    return '';
  }

  homeElsewhere(path: string): Home | null {
    return this.#elsewhere.above(path);
  }
}

export interface AccountsOf {
  /** '' when it is not known of which host they are. */
  readonly host: string;
  readonly accounts: readonly Account[];
}

/** Accounts by host. What is known of no host in particular counts for each. */
export class Accounts {
  readonly all: AccountTable;
  readonly #byHost = new Map<string, AccountTable>();
  /** What every host says alike: for a host whose own accounts are not in the evidence. */
  readonly #agreed: AccountTable;
  readonly #hostsOf = new Map<string, Set<string>>();
  readonly #groupsOf = new Map<string, Set<string>>();

  constructor(files: readonly AccountsOf[], groups: readonly Group[]) {
    this.all = new Table(files.flatMap(file => file.accounts));
    const common = files.filter(file => file.host === '').flatMap(file => file.accounts);
    const hosts = new Set(files.map(file => file.host).filter(host => host !== ''));
    for (const host of hosts) {
      const own = files.filter(file => file.host === host).flatMap(file => file.accounts);
      this.#byHost.set(host, new Table([...own, ...common]));
    }
    this.#agreed = hosts.size <= 1 ? this.all : new Table(agreed([...this.#byHost.values()], this.all, files));
    for (const { host, accounts } of files)
      for (const { name } of accounts) {
        const known = this.#hostsOf.get(name);
        if (known === undefined) this.#hostsOf.set(name, new Set([host]));
        else known.add(host);
      }
    for (const { name, members } of groups)
      for (const member of members.slice(0, 10_000)) {
        const known = this.#groupsOf.get(member);
        if (known === undefined) this.#groupsOf.set(member, new Set([name]));
        else if (known.size < 256) known.add(name);
      }
  }

  on(host: string): AccountTable {
    return this.#byHost.get(host) ?? this.#agreed;
  }

  /** Hosts that have an account of this name, '' among them when a file's host is not known. */
  hostsOf(name: string): ReadonlySet<string> {
    return this.#hostsOf.get(name) ?? NONE;
  }

  groupsOf(name: string): ReadonlySet<string> {
    return this.#groupsOf.get(name) ?? NONE;
  }
}

const NONE: ReadonlySet<string> = new Set();

function agreed(tables: readonly AccountTable[], all: AccountTable, files: readonly AccountsOf[]): Account[] {
  const names = new Set(files.flatMap(file => file.accounts.map(account => account.name)));
  const found: Account[] = [];
  for (const name of names) {
    const account = all.byName(name) as Account;
    const isAlike = tables.every(table => {
      const own = table.byName(name);
      const other = table.byUid(account.uid);
      return (
        (own === undefined || (own.uid === account.uid && own.home === account.home)) &&
        (other === undefined || other.name === name)
      );
    });
    if (isAlike) found.push(account);
  }
  return found;
}

/** Homes that many system accounts share, or that hold other people's data, say nothing about whose a path is. */
const SHARED_HOMES = [
  '/',
  '/bin',
  '/sbin',
  '/dev',
  '/etc',
  '/home',
  '/nonexistent',
  '/proc',
  '/run',
  '/tmp',
  '/usr',
  '/var',
  '/opt',
  '/srv',
];
const SHARED_BELOW = [
  '/usr/',
  '/var/mail',
  '/var/spool',
  '/var/run',
  '/run/',
  '/dev/',
  '/proc/',
  '/var/www',
  '/var/cache',
  '/var/backups',
];

function addHome(homes: Map<string, string>, account: Account): void {
  const home = account.home.endsWith('/') ? account.home.slice(0, -1) : account.home;
  if (!home.startsWith('/') || SHARED_HOMES.includes(home) || SHARED_BELOW.some(place => home.startsWith(place)))
    return;
  if (!homes.has(home)) homes.set(home, account.name);
}
