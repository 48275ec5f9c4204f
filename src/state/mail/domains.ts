const DOMAINS_MAX = 10_000;

/**
 * Domains that this estate delivers into mailboxes, learned from deliveries. `account`: the local delivery agent did it,
 * so that a local part is an account whatever its domain. `local`: those, and the domains of virtual and LMTP mailboxes.
 */
export class LearnedDomains {
  readonly local = new Set<string>();
  readonly account = new Set<string>(['localhost']);
  /** Grows whenever something was learned: what was folded before may fold differently now. */
  version = 0;
  evicted = 0;

  learn(domain: string, kind: 'account' | 'virtual'): void {
    if (domain === '') return;
    if (this.local.size >= DOMAINS_MAX && !this.local.has(domain)) {
      this.evicted += 1;
      return;
    }
    const before = this.local.size + this.account.size;
    this.local.add(domain);
    if (kind === 'account') this.account.add(domain);
    if (this.local.size + this.account.size !== before) this.version += 1;
  }

  snapshot(): { local: string[]; account: string[]; evicted: number } {
    return { local: [...this.local], account: [...this.account], evicted: this.evicted };
  }

  restore(data: { local: string[]; account: string[]; evicted: number }): void {
    this.local.clear();
    this.account.clear();
    for (const domain of data.local) this.local.add(domain);
    for (const domain of data.account) this.account.add(domain);
    this.evicted = data.evicted;
    this.version += 1;
  }
}
