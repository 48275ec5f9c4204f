import type { MailIdentity } from '../mail/contract.ts';
import type { LearnedDomains } from '../mail/domains.ts';
import { type AliasesFile, type AliasTarget, parseAliases } from './aliases.ts';
import { type Account, type FileProblem, type PasswdFile, parsePasswd } from './passwd.ts';

export interface IdentityFiles {
  /** Contents of passwd files; of one name or uid the first counts. */
  readonly passwd?: readonly string[];
  readonly aliases?: readonly string[];
  /** Characters that separate a plus-address's user from the rest (Postfix recipient_delimiter). */
  readonly recipientDelimiter?: string;
  /** What the deliveries teach about domains; shared with the mail state. */
  readonly domains: LearnedDomains;
}

export interface LoadedIdentity extends MailIdentity {
  /** Per file kind and index, the lines that could not be read. */
  readonly problems: readonly (FileProblem & { readonly file: 'passwd' | 'aliases'; readonly index: number })[];
  /** Alias targets that lead out of sight: files included, commands, mailbox files. */
  readonly opaqueAliases: readonly { readonly name: string; readonly target: AliasTarget }[];
}

const CHAIN_MAX = 16;
const FOLDED_MAX = 100_000;

/**
 * Who is who, from the evidence's passwd and aliases.
 *
 * A mailbox folds to the bare name of a local account where the way there has one end: plus part cut, aliases followed
 * (at most 16 steps, a loop ends where it began), and the domain known as delivered here. Otherwise it is `local@domain`
 * in lower case. The same local part at two domains is one mailbox only when both domains are known to be local.
 */
export function loadIdentity(files: IdentityFiles): LoadedIdentity {
  const passwd = (files.passwd ?? []).map(parsePasswd);
  const aliases = (files.aliases ?? []).map(parseAliases);
  return new Identity(passwd, aliases, files.recipientDelimiter ?? '+', files.domains);
}

class Identity implements LoadedIdentity {
  readonly loaded: { readonly passwd: boolean; readonly aliases: boolean };
  readonly problems: LoadedIdentity['problems'];
  readonly opaqueAliases: LoadedIdentity['opaqueAliases'];
  readonly #byName = new Map<string, Account>();
  readonly #byUid = new Map<number, Account>();
  readonly #homes = new Map<string, string>();
  readonly #aliases = new Map<string, readonly AliasTarget[]>();
  readonly #delimiter: string;
  readonly #domains: LearnedDomains;
  readonly #folded = new Map<string, string>();
  #foldedAt = -1;

  constructor(
    passwd: readonly PasswdFile[],
    aliases: readonly AliasesFile[],
    delimiter: string,
    domains: LearnedDomains,
  ) {
    this.#delimiter = delimiter;
    this.#domains = domains;
    for (const account of passwd.flatMap(file => file.accounts)) {
      if (!this.#byName.has(account.name)) this.#byName.set(account.name, account);
      if (!this.#byUid.has(account.uid)) this.#byUid.set(account.uid, account);
    }
    for (const account of this.#byName.values()) addHome(this.#homes, account);
    for (const file of aliases) {
      for (const [name, targets] of file.aliases) if (!this.#aliases.has(name)) this.#aliases.set(name, targets);
    }
    this.loaded = { passwd: this.#byName.size > 0, aliases: this.#aliases.size > 0 };
    this.problems = [
      ...passwd.flatMap((file, index) => file.problems.map(each => ({ ...each, file: 'passwd' as const, index }))),
      ...aliases.flatMap((file, index) => file.problems.map(each => ({ ...each, file: 'aliases' as const, index }))),
    ];
    this.opaqueAliases = [...this.#aliases].flatMap(([name, targets]) =>
      targets.filter(target => target.kind !== 'address').map(target => ({ name, target })),
    );
  }

  mailboxOf(address: string): string {
    if (this.#foldedAt !== this.#domains.version || this.#folded.size >= FOLDED_MAX) {
      this.#folded.clear();
      this.#foldedAt = this.#domains.version;
    }
    const known = this.#folded.get(address);
    if (known !== undefined) return known;
    const folded = this.#fold(address);
    this.#folded.set(address, folded);
    return folded;
  }

  accountOf(address: string): string {
    const mailbox = this.mailboxOf(address);
    return this.#byName.has(mailbox) ? mailbox : '';
  }

  userName(uid: number): string {
    return this.#byUid.get(uid)?.name ?? '';
  }

  uidOf(user: string): number {
    return this.#byName.get(user)?.uid ?? -1;
  }

  homeOf(user: string): string {
    const home = this.#byName.get(user)?.home;
    if (home !== undefined) return home;
    if (user === 'root') return '/root';
    return user === '' || this.loaded.passwd || user.includes('/') ? '' : `/home/${user}`;
  }

  homeOwner(path: string): string {
    // Without a passwd file there is nothing to look up.
    if (this.#homes.size > 0)
      for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
        const owner = this.#homes.get(path.slice(0, end));
        if (owner !== undefined) return owner;
      }
    if (path === '/root' || path.startsWith('/root/')) return 'root';
    if (!path.startsWith('/home/')) return '';
    const slash = path.indexOf('/', 6);
    return path.slice(6, slash < 0 ? undefined : slash);
  }

  #fold(address: string): string {
    const lower = address.trim().toLowerCase();
    const at = lower.lastIndexOf('@');
    const domain = at < 0 ? '' : trimDot(lower.slice(at + 1));
    const local = this.#withoutExtension(plainLocal(at < 0 ? lower : lower.slice(0, at)));
    const accounts = domain === '' || this.#domains.account.has(domain);
    if (!accounts && !this.#domains.local.has(domain)) return `${local}@${domain}`;
    const end = this.#follow(local);
    if (accounts) return end === '' ? local : end;
    return end !== '' && !end.includes('@') && this.#byName.has(end) ? end : `${local}@${domain}`;
  }

  /** The whole local part wins where it is known, as MTAs look it up first. */
  #withoutExtension(local: string): string {
    if (this.#byName.has(local) || this.#aliases.has(local)) return local;
    for (let i = 1; i < local.length; i++) {
      if (this.#delimiter.includes(local.charAt(i))) return local.slice(0, i);
    }
    return local;
  }

  /** The one local name at the end of the alias chain, or the last name before it forks, pipes, leaves or loops. */
  #follow(start: string): string {
    let name = start;
    const passed = new Set<string>([name]);
    for (let step = 0; step < CHAIN_MAX; step++) {
      const targets = this.#aliases.get(name);
      if (targets === undefined || targets.length !== 1) return name;
      const target = targets[0] as AliasTarget;
      if (target.kind !== 'address') return name;
      const at = target.value.lastIndexOf('@');
      if (at >= 0 && !this.#domains.account.has(trimDot(target.value.slice(at + 1)))) return name;
      const next = this.#withoutExtension(plainLocal(at < 0 ? target.value : target.value.slice(0, at)));
      if (next === name) return name;
      if (passed.has(next)) return start;
      passed.add(next);
      name = next;
    }
    return start;
  }
}

const trimDot = (domain: string): string => (domain.endsWith('.') ? domain.slice(0, -1) : domain);

/** `"clerk"` and `clerk` are one local part. */
function plainLocal(local: string): string {
  if (local.length < 3 || !local.startsWith('"') || !local.endsWith('"')) return local;
  const inner = local.slice(1, -1);
  return inner.includes('\\') || inner.includes('"') ? local : inner;
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
