import type { AccountOnHost } from './contract.ts';
import type { Person } from './people.ts';

const ACCOUNTS_SHOWN_MAX = 64;

interface Row {
  readonly person: Person;
  readonly key: string;
}

/**
 * People as an imported list has them. All addresses of a person fold to the first account's name. An address that several
 * people have on one host is a shared mailbox, and folds to itself.
 */
export class Registered {
  readonly #byAddress = new Map<string, string>();
  readonly #byAccount = new Map<string, string>();
  readonly #accounts = new Map<string, AccountOnHost[]>();
  readonly size: number;
  /** Accounts that two people have by the list. */
  readonly disputed: readonly AccountOnHost[];

  constructor(people: readonly Person[]) {
    this.size = people.length;
    const rows = new Map<string, Row[]>();
    for (const person of people) {
      const key = (person.accounts[0] ?? '').toLowerCase();
      for (const address of person.addresses) {
        const known = rows.get(address);
        if (known === undefined) rows.set(address, [{ person, key }]);
        else known.push({ person, key });
      }
    }
    const disputed: AccountOnHost[] = [];
    for (const [address, own] of rows) {
      const isShared = areSeveral(own);
      const key = isShared ? address : (own[0]?.key ?? '');
      this.#byAddress.set(address, key);
      for (const { person } of own) this.#learn(person, key, isShared, disputed);
    }
    this.disputed = disputed;
  }

  /** Folded mailbox of an address, '' when the list does not have it. */
  keyOf(address: string): string {
    return this.#byAddress.get(address) ?? '';
  }

  /** Folded mailbox of an account on a host, '' when the list does not have it. */
  keyOfAccount(account: string, host: string): string {
    const name = account.toLowerCase();
    return this.#byAccount.get(`${host}\u0000${name}`) ?? this.#byAccount.get(`\u0000${name}`) ?? '';
  }

  accountsOf(key: string): readonly AccountOnHost[] {
    return this.#accounts.get(key) ?? [];
  }

  #learn(person: Person, key: string, isShared: boolean, disputed: AccountOnHost[]): void {
    const into = this.#accounts.get(key) ?? [];
    this.#accounts.set(key, into);
    for (const account of person.accounts)
      for (const host of person.hosts.length === 0 ? [''] : person.hosts) {
        if (into.length < ACCOUNTS_SHOWN_MAX && !into.some(each => each.account === account && each.host === host))
          into.push({ account, host });
        if (isShared) continue;
        const place = `${host}\u0000${account.toLowerCase()}`;
        const known = this.#byAccount.get(place);
        if (known === undefined) this.#byAccount.set(place, key);
        else if (known !== key) disputed.push({ account, host });
      }
  }
}

/** Several rows for one address are one person's accounts on several hosts, unless two of them are on one host. */
function areSeveral(rows: readonly Row[]): boolean {
  const byHost = new Map<string, string>();
  for (const { person, key } of rows) {
    for (const host of person.hosts.length === 0 ? [''] : person.hosts) {
      const known = byHost.get(host);
      if (known !== undefined && known !== key) return true;
      byHost.set(host, key);
    }
  }
  return byHost.has('') && new Set(byHost.values()).size > 1;
}
