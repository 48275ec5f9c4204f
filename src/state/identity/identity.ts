import type { MailIdentity } from '../mail/contract.ts';
import type { LearnedDomains } from '../mail/domains.ts';
import { Accounts, type AccountTable } from './accounts.ts';
import { AliasLists, circles } from './alias-lists.ts';
import { type AliasTarget, parseAliases } from './aliases.ts';
import type {
  AccountOnHost,
  IdentityKind,
  IdentityProblem,
  IdentityText,
  MailboxFacts,
  MailboxKind,
} from './contract.ts';
import { Folding } from './folding.ts';
import { parseGroup } from './group.ts';
import type { Home } from './homes.ts';
import { parseMainCf } from './main-cf.ts';
import { parsePasswd } from './passwd.ts';
import { parseLdif, parsePeopleCsv } from './people.ts';
import { parsePostfixMap } from './postfix-map.ts';
import { Registered } from './registered.ts';

export interface IdentityFiles {
  /** Contents of passwd files; of one name or uid the first counts. */
  readonly passwd?: readonly string[];
  readonly aliases?: readonly string[];
  /** Files of every kind, with their hosts. */
  readonly texts?: readonly IdentityText[];
  /** Characters that separate a plus-address's user from the rest (Postfix recipient_delimiter); main.cf adds its own. */
  readonly recipientDelimiter?: string;
  /** What the deliveries teach about domains; shared with the mail state. */
  readonly domains: LearnedDomains;
}

export interface LoadedIdentity extends MailIdentity {
  /** The lines that could not be read, and what is wrong with a file as a whole. */
  readonly problems: readonly IdentityProblem[];
  /** Alias targets that lead out of sight: files included, commands, mailbox files. */
  readonly opaqueAliases: readonly { readonly name: string; readonly target: AliasTarget }[];
}

/**
 * Who is who, from the evidence's passwd, group, aliases, Postfix maps and imported lists.
 *
 * A mailbox folds to the bare name of a local account where the way there has one end: see Folding. Otherwise it is
 * `local@domain` in lower case. The same local part at two domains is one mailbox only when both domains are known to be
 * local. Accounts are kept by host: a uid or a home is looked up on the host that it is of.
 */
export function loadIdentity(files: IdentityFiles): LoadedIdentity {
  const plain = (kind: IdentityKind) => (text: string) => ({ kind, name: kind, host: '', text });
  const texts: IdentityText[] = [
    ...(files.passwd ?? []).map(plain('passwd')),
    ...(files.aliases ?? []).map(plain('aliases')),
    ...(files.texts ?? []),
  ];
  const problems: IdentityProblem[] = [];
  const read = <T extends { readonly problems: readonly { line: number; reason: string }[] }>(
    kinds: readonly IdentityKind[],
    parse: (text: string) => T,
  ): { readonly host: string; readonly name: string; readonly said: T }[] =>
    texts
      .filter(text => kinds.includes(text.kind))
      .map(({ host, name, text }) => {
        const said = parse(text);
        problems.push(...said.problems.map(each => ({ ...each, name })));
        return { host, name, said };
      });
  const passwd = read(['passwd'], parsePasswd);
  const groups = read(['group'], parseGroup);
  const aliasFiles = read(['aliases'], parseAliases);
  const settings = read(['main-cf'], parseMainCf);
  const virtual = read(['virtual'], parsePostfixMap);
  const canonical = read(['canonical'], parsePostfixMap);
  const mailboxes = read(['virtual-mailboxes'], parsePostfixMap);
  const people = [...read(['people'], parsePeopleCsv), ...read(['directory'], parseLdif)];
  const lists = new AliasLists(texts);
  const aliases = new Map<string, readonly AliasTarget[]>();
  for (const { said, name: file } of aliasFiles) {
    let differing = 0;
    for (const [name, targets] of said.aliases) {
      const known = aliases.get(name);
      if (known === undefined) aliases.set(name, lists.expanded(targets));
      else if (JSON.stringify(known) !== JSON.stringify(lists.expanded(targets))) differing += 1;
    }
    if (differing > 0)
      problems.push({
        name: file,
        line: 0,
        reason: `${differing} aliases are otherwise in a file before it, which counts`,
      });
  }
  problems.push(...lists.problems);
  const accounts = new Accounts(
    passwd.map(({ host, said }) => ({ host, accounts: said.accounts })),
    groups.flatMap(({ said }) => said.groups),
  );
  const registered = new Registered(people.flatMap(({ said }) => said.people));
  const { domains } = files;
  for (const { said } of settings) {
    for (const domain of said.accountDomains) domains.learn(domain, 'account');
    for (const domain of said.virtualDomains) domains.learn(domain, 'virtual');
  }
  const maps = { virtual: joined(virtual.map(({ said }) => said.entries)) };
  // A domain alone on the left declares it (virtual(5)); a mailbox's domain is one of ours.
  for (const pattern of maps.virtual.keys()) if (isDomain(pattern)) domains.learn(pattern, 'virtual');
  const separate = new Set<string>();
  for (const { said } of mailboxes)
    for (const address of said.entries.keys()) separate.add(address.slice(address.indexOf('@') + 1));
  for (const domain of separate) domains.learn(domain, 'virtual');
  const delimiters = [files.recipientDelimiter ?? '+', ...settings.map(({ said }) => said.recipientDelimiter)];
  const folding = new Folding({
    accounts: accounts.all,
    aliases,
    registered,
    canonical: joined(canonical.map(({ said }) => said.entries)),
    virtual: maps.virtual,
    separate,
    delimiter: delimiters.join(''),
    domains,
  });
  problems.push(...wholes(aliases, registered, people[0]?.name ?? '', aliasFiles[0]?.name ?? ''));
  return new Identity({ accounts, aliases, registered, folding, domains, problems, views: new Map() }, '');
}

const isDomain = (pattern: string): boolean => !pattern.includes('@') && pattern.includes('.');

function joined(maps: readonly ReadonlyMap<string, readonly string[]>[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const map of maps) for (const [pattern, results] of map) if (!all.has(pattern)) all.set(pattern, results);
  return all;
}

/** What is wrong with the aliases and the list of people as a whole. */
function wholes(
  aliases: ReadonlyMap<string, readonly AliasTarget[]>,
  registered: Registered,
  peopleName: string,
  aliasesName: string,
): IdentityProblem[] {
  const next = (name: string): string => {
    const [target, more] = aliases.get(name) ?? [];
    return target?.kind === 'address' && more === undefined && aliases.has(target.value) ? target.value : '';
  };
  const round = circles(aliases.keys(), next);
  const unread = [...aliases].flatMap(([name, targets]) =>
    targets.some(each => each.kind === 'include') ? [name] : [],
  );
  const found: IdentityProblem[] = [];
  const such = (names: readonly string[]): string => (names[0] ?? '').replace(/[^\w.-]/g, '?').slice(0, 64);
  if (round.length > 0)
    found.push({
      name: aliasesName,
      line: 0,
      reason: `${round.length} circle(s) of aliases, such as that of ${such(round)}`,
    });
  if (unread.length > 0)
    found.push({
      name: aliasesName,
      line: 0,
      reason: `${unread.length} alias(es) include a list that is not in the evidence, such as ${such(unread)}`,
    });
  const { disputed } = registered;
  if (disputed.length > 0)
    found.push({
      name: peopleName,
      line: 0,
      reason: `${disputed.length} account(s) belong to two people by it, such as ${such(disputed.map(each => each.account))}; the first counts`,
    });
  return found;
}

interface Shared {
  readonly accounts: Accounts;
  readonly aliases: ReadonlyMap<string, readonly AliasTarget[]>;
  readonly registered: Registered;
  readonly folding: Folding;
  readonly domains: LearnedDomains;
  readonly problems: readonly IdentityProblem[];
  readonly views: Map<string, Identity>;
}

const VIEWS_MAX = 4096;
const TARGETS_SHOWN_MAX = 64;

class Identity implements LoadedIdentity {
  readonly loaded: { readonly passwd: boolean; readonly aliases: boolean };
  readonly #shared: Shared;
  readonly #host: string;
  readonly #accounts: AccountTable;

  constructor(shared: Shared, host: string) {
    this.#shared = shared;
    this.#host = host;
    this.#accounts = host === '' ? shared.accounts.all : shared.accounts.on(host);
    this.loaded = { passwd: shared.accounts.all.size > 0, aliases: shared.aliases.size > 0 };
  }

  get problems(): readonly IdentityProblem[] {
    return this.#shared.problems;
  }

  get opaqueAliases(): LoadedIdentity['opaqueAliases'] {
    return [...this.#shared.aliases].flatMap(([name, targets]) =>
      targets.filter(target => target.kind !== 'address').map(target => ({ name, target })),
    );
  }

  onHost(host: string): MailIdentity {
    const { views } = this.#shared;
    const known = views.get(host);
    if (known !== undefined) return known;
    const view = new Identity(this.#shared, host);
    if (views.size < VIEWS_MAX) views.set(host, view);
    return view;
  }

  mailboxOf(address: string): string {
    const { registered, folding } = this.#shared;
    if (registered.size > 0 && this.#host !== '' && !address.includes('@')) {
      const key = registered.keyOfAccount(address, this.#host);
      if (key !== '') return key;
    }
    return folding.mailboxOf(address);
  }

  accountOf(address: string): string {
    const mailbox = this.mailboxOf(address);
    if (this.#accounts.byName(mailbox) !== undefined) return mailbox;
    const accounts = this.#shared.registered.accountsOf(mailbox);
    const own = accounts.find(each => each.host === this.#host) ?? accounts[0];
    return own?.account ?? '';
  }

  userName(uid: number): string {
    return this.#accounts.byUid(uid)?.name ?? '';
  }

  uidOf(user: string): number {
    return this.#accounts.byName(user)?.uid ?? -1;
  }

  homeOf(user: string): string {
    const home = this.#accounts.byName(user)?.home;
    if (home !== undefined) return home;
    if (user === 'root') return '/root';
    return user === '' || this.loaded.passwd || user.includes('/') ? '' : `/home/${user}`;
  }

  homeOwner(path: string): string {
    const owner = this.#accounts.homeOwner(path);
    if (owner !== '') return owner;
    if (path === '/root' || path.startsWith('/root/')) return 'root';
    if (!path.startsWith('/home/')) return '';
    const slash = path.indexOf('/', 6);
    return path.slice(6, slash < 0 ? undefined : slash);
  }

  homeElsewhere(path: string): Home | null {
    return this.#accounts.homeElsewhere(path);
  }

  describe(mailbox: string): MailboxFacts {
    const { accounts, registered, folding } = this.#shared;
    const found: AccountOnHost[] = [...registered.accountsOf(mailbox)];
    for (const host of accounts.hostsOf(mailbox))
      if (!found.some(each => each.account === mailbox && each.host === host)) found.push({ account: mailbox, host });
    const targets = found.length > 0 ? [] : folding.targetsOf(mailbox);
    const groups = new Set(found.flatMap(({ account }) => [...accounts.groupsOf(account)]));
    return {
      kind: found.length > 0 ? 'account' : kindOf(targets, mailbox, this.#shared.domains),
      accounts: found.toSorted((a, b) => (`${a.account} ${a.host}` < `${b.account} ${b.host}` ? -1 : 1)),
      groups: [...groups].sort(),
      targets: targets.slice(0, TARGETS_SHOWN_MAX).map(target => target.value),
    };
  }
}

function kindOf(targets: readonly AliasTarget[], mailbox: string, domains: LearnedDomains): MailboxKind {
  const [first] = targets;
  if (targets.length > 1) return 'list';
  if (first !== undefined && first.kind !== 'address') return first.kind;
  const at = mailbox.lastIndexOf('@');
  if (first !== undefined) return 'elsewhere';
  return at >= 0 && domains.local.has(mailbox.slice(at + 1)) ? 'virtual' : 'unknown';
}
