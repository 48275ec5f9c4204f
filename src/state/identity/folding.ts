import { flatText } from '../../core/text-pool.ts';
import type { LearnedDomains } from '../mail/domains.ts';
import type { AccountTable } from './accounts.ts';
import type { AliasTarget } from './aliases.ts';
import type { Registered } from './registered.ts';

/** What addresses are folded by. */
export interface FoldingRules {
  readonly accounts: AccountTable;
  readonly aliases: ReadonlyMap<string, readonly AliasTarget[]>;
  readonly registered: Registered;
  readonly canonical: ReadonlyMap<string, readonly string[]>;
  readonly virtual: ReadonlyMap<string, readonly string[]>;
  /** Domains whose mailboxes a table lists: none of them is an account, whatever its name. */
  readonly separate: ReadonlySet<string>;
  readonly delimiter: string;
  readonly domains: LearnedDomains;
}

interface At {
  /** As written, in lower case. */
  readonly raw: string;
  /** Without its extension. */
  readonly local: string;
  /** '' for none. */
  readonly domain: string;
}

const CHAIN_MAX = 16;
const FOLDED_MAX = 100_000;

/**
 * Folds addresses to mailboxes: by the imported list, else as Postfix would rewrite them: canonical, then virtual aliases
 * over and over, then aliases of the host (cleanup(8), virtual(5), canonical(5), aliases(5)); at most 16 steps. A way that
 * forks, hands to a program, leaves this estate or goes in a circle ends at the last address before that.
 */
export class Folding {
  readonly #rules: FoldingRules;
  readonly #folded = new Map<string, string>();
  #foldedAt = -1;

  constructor(rules: FoldingRules) {
    this.#rules = rules;
  }

  mailboxOf(address: string): string {
    const { version } = this.#rules.domains;
    if (this.#foldedAt !== version || this.#folded.size >= FOLDED_MAX) {
      this.#folded.clear();
      this.#foldedAt = version;
    }
    const known = this.#folded.get(address);
    if (known !== undefined) return known;
    // Asked about slices of log lines: neither side may keep those.
    const folded = flatText(this.#fold(address));
    this.#folded.set(flatText(address), folded);
    return folded;
  }

  /** Where an address leads by the next rule that knows it; empty for an end. */
  targetsOf(address: string): readonly AliasTarget[] {
    const at = this.#at(address);
    return this.#virtual(at) ?? this.#aliases(at) ?? [];
  }

  isAliasName(name: string): boolean {
    return this.#rules.aliases.has(name);
  }

  #fold(address: string): string {
    const start = this.#canonical(this.#at(address));
    let at = start;
    /** The mailbox to fall back on when aliases of a domain that has no accounts lead to none. */
    let virtual = '';
    const passed = new Set<string>();
    for (let step = 0; step < CHAIN_MAX; step++) {
      const person = this.#registered(at);
      if (person !== '') return person;
      passed.add(full(at));
      if (this.#isVirtual(at.domain)) virtual = `${at.local}@${at.domain}`;
      const targets = this.#virtual(at) ?? this.#aliases(at);
      const target = targets?.length === 1 ? targets[0] : undefined;
      if (target === undefined || target.kind !== 'address') return this.#end(at, virtual);
      const next = this.#at(target.value);
      if (full(next) === full(at) || !this.#isOurs(next)) return this.#end(at, virtual);
      if (passed.has(full(next))) break;
      at = next;
    }
    return this.#end(start, this.#isVirtual(start.domain) ? `${start.local}@${start.domain}` : '');
  }

  /** Bare name of an account, else the address as it is. A virtual domain's local part is an account only if there is one. */
  #end(at: At, virtual: string): string {
    const { accounts } = this.#rules;
    if (virtual !== '') {
      if (this.#rules.separate.has(at.domain)) return `${at.local}@${at.domain}`;
      return accounts.byName(at.local) !== undefined ? at.local : virtual;
    }
    return at.domain === '' || this.#rules.domains.account.has(at.domain) ? at.local : `${at.local}@${at.domain}`;
  }

  #at(address: string): At {
    const lower = address.trim().toLowerCase();
    const cut = lower.lastIndexOf('@');
    // A directory service gives accounts names with its domain: `clerk@corp.example.org`.
    if (cut < 0 || this.#rules.accounts.byName(lower) !== undefined) return this.#local(lower, '');
    return this.#local(lower.slice(0, cut), trimDot(lower.slice(cut + 1)));
  }

  #local(text: string, domain: string): At {
    const raw = plainLocal(text);
    return { raw, local: this.#withoutExtension(raw, domain), domain };
  }

  /** The whole local part wins where it is known, as MTAs look it up first. */
  #withoutExtension(raw: string, domain: string): string {
    const { accounts, aliases, virtual, registered, delimiter } = this.#rules;
    if (accounts.byName(raw) !== undefined || aliases.has(raw)) return raw;
    const whole = `${raw}@${domain}`;
    if (virtual.has(whole) || registered.keyOf(whole) !== '') return raw;
    for (let i = 1; i < raw.length; i++) if (delimiter.includes(raw.charAt(i))) return raw.slice(0, i);
    return raw;
  }

  #registered(at: At): string {
    const { registered } = this.#rules;
    if (registered.size === 0) return '';
    if (at.domain === '') return registered.keyOfAccount(at.local, '');
    return registered.keyOf(`${at.raw}@${at.domain}`) || registered.keyOf(`${at.local}@${at.domain}`);
  }

  #isOurs(at: At): boolean {
    if (at.domain === '' || this.#rules.domains.account.has(at.domain) || this.#isVirtual(at.domain)) return true;
    return this.#registered(at) !== '' || this.#virtual(at) !== undefined;
  }

  #isVirtual(domain: string): boolean {
    const { domains } = this.#rules;
    return domains.local.has(domain) && !domains.account.has(domain);
  }

  #canonical(start: At): At {
    const { canonical } = this.#rules;
    if (canonical.size === 0) return start;
    let at = start;
    for (let step = 0; step < CHAIN_MAX; step++) {
      const [result] = lookUp(canonical, at, this.#hasAccounts(at)) ?? [];
      if (result === undefined) return at;
      const next = this.#at(withLocal(result, at));
      if (full(next) === full(at)) return at;
      at = next;
    }
    return start;
  }

  #hasAccounts = (at: At): boolean => at.domain === '' || this.#rules.domains.account.has(at.domain);

  #virtual(at: At): readonly AliasTarget[] | undefined {
    const { virtual } = this.#rules;
    if (virtual.size === 0) return undefined;
    const found = lookUp(virtual, at, this.#hasAccounts(at));
    return found?.map(value => {
      if (value.startsWith('|')) return { kind: 'command', value: value.slice(1) };
      // Sendmail's `error:nouser`.
      if (value.includes(':')) return { kind: 'file', value };
      return { kind: 'address', value: withLocal(value, at).toLowerCase() };
    });
  }

  #aliases(at: At): readonly AliasTarget[] | undefined {
    if (!this.#hasAccounts(at) && !this.#isVirtual(at.domain)) return undefined;
    return this.#rules.aliases.get(at.local);
  }
}

/** In the order of virtual(5): the whole address, without its extension, the local part where it is an account's, the domain. */
function lookUp(
  map: ReadonlyMap<string, readonly string[]>,
  at: At,
  hasAccounts: boolean,
): readonly string[] | undefined {
  const { raw, local, domain } = at;
  const names = domain === '' ? [] : [`${raw}@${domain}`, `${local}@${domain}`];
  if (hasAccounts) names.push(raw, local);
  if (domain !== '') names.push(`@${domain}`);
  for (const name of names) {
    const found = map.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `@other` keeps the local part (virtual(5)); `%1` stands for it in Sendmail's virtusertable. */
function withLocal(result: string, at: At): string {
  if (result.startsWith('@')) return `${at.local}${result}`;
  return result.includes('%1') ? result.replaceAll('%1', at.local) : result;
}

const full = (at: At): string => `${at.local}@${at.domain}`;

const trimDot = (domain: string): string => (domain.endsWith('.') ? domain.slice(0, -1) : domain);

/** `"clerk"` and `clerk` are one local part. */
function plainLocal(local: string): string {
  if (local.length < 3 || !local.startsWith('"') || !local.endsWith('"')) return local;
  const inner = local.slice(1, -1);
  return inner.includes('\\') || inner.includes('"') ? local : inner;
}
