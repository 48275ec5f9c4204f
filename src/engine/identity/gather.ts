import type { Config } from '../../config/config.ts';
import { baseName } from '../../core/paths.ts';
import { markBytes } from '../../sources/byte-order-mark.ts';
import type { Discovery, EvidenceFile } from '../../sources/contract.ts';
import { discover } from '../../sources/discover.ts';
import { openBlocks } from '../../sources/open-blocks.ts';
import type { InputProblem } from '../../sources/problem.ts';
import { isAt } from '../../state/identity/alias-lists.ts';
import { type AliasTarget, parseAliases, parseAliasList } from '../../state/identity/aliases.ts';
import { IDENTITY_KINDS, type IdentityKind, type IdentityText } from '../../state/identity/contract.ts';
import { isTextTable, type MapReference, parseMainCf } from '../../state/identity/main-cf.ts';
import { recognisePostfixMap } from '../../state/identity/postfix-map.ts';
import type { Plan } from '../plan.ts';
import { identityKind } from './recognise.ts';

/** Who is who, as the evidence and the configuration tell it. */
export interface GatheredIdentity {
  readonly texts: readonly IdentityText[];
  readonly problems: readonly InputProblem[];
  /** The plan with what was found to be lists and tables named as that. */
  readonly plan: Plan;
}

const FILES_MAX = 2000;
const BYTES_MAX = 64 * 1024 * 1024;

/** What a table means by the parameter of main.cf that names it. */
const BY_PARAMETER: Readonly<Record<string, IdentityKind>> = {
  virtual_alias_maps: 'virtual',
  canonical_maps: 'canonical',
  recipient_canonical_maps: 'canonical',
  virtual_mailbox_maps: 'virtual-mailboxes',
  alias_maps: 'aliases',
  alias_database: 'aliases',
};
/** What it means by the name that Postfix's and Sendmail's documentation gives it, where no main.cf is there to tell. */
const BY_NAME: Readonly<Record<string, IdentityKind>> = {
  virtual: 'virtual',
  virtusertable: 'virtual',
  canonical: 'canonical',
  recipient_canonical: 'canonical',
  vmailbox: 'virtual-mailboxes',
};

/**
 * Reads all files that tell who is who: those known by content, those that aliases and main.cf of the same host name, and
 * those of the configuration. Nothing is opened that is neither in the evidence nor configured: a path in an alias is looked
 * for among the evidence.
 */
export async function gatherIdentity(plan: Plan, evidence: Discovery, config: Config): Promise<GatheredIdentity> {
  const gathering = new Gathering(plan, config);
  for (const { kind, file, host } of plan.identity) await gathering.take(kind, file, host);
  for (const { file } of plan.others.filter(each => each.format === '')) {
    const kind = BY_NAME[baseName(file.family)];
    if (kind !== undefined && !gathering.knowsTables(plan.hostOf(file.name)) && recognisePostfixMap(file.sample) > 0.9)
      await gathering.take(kind, file, plan.hostOf(file.name));
  }
  await gathering.configured(evidence.files.map(file => file.path));
  const { texts, problems, used } = gathering;
  return {
    texts,
    problems,
    plan: {
      ...plan,
      others: plan.others.map(each => {
        const kind = used.get(each.file.name);
        return kind === undefined || each.format !== '' ? each : { ...each, format: IDENTITY_KINDS[kind] };
      }),
      problems: plan.problems.filter(({ code, source }) => code !== 'N_NOT_RECOGNISED' || !used.has(source)),
    },
  };
}

class Gathering {
  readonly texts: IdentityText[] = [];
  readonly problems: InputProblem[] = [];
  readonly used = new Map<string, IdentityKind>();
  readonly #plan: Plan;
  readonly #config: Config;
  readonly #withMainCf = new Set<string>();
  #bytesLeft = BYTES_MAX;

  constructor(plan: Plan, config: Config) {
    this.#plan = plan;
    this.#config = config;
  }

  /** Whether main.cf of this host was read, and so says what its tables mean. */
  knowsTables(host: string): boolean {
    return this.#withMainCf.has(host);
  }

  async take(kind: IdentityKind, file: EvidenceFile, host: string): Promise<void> {
    if (this.used.has(file.name)) return;
    if (this.texts.length >= FILES_MAX || this.#bytesLeft <= 0) return this.#bounded(file.name);
    this.used.set(file.name, kind);
    const text = await this.#text(file);
    this.texts.push({ kind, name: file.name, host, text });
    if (kind === 'main-cf') {
      this.#withMainCf.add(host);
      await this.#tables(parseMainCf(text).maps, file.name, host);
    } else if (kind === 'aliases') {
      for (const targets of parseAliases(text).aliases.values()) await this.#lists(targets, host);
    } else if (kind === 'include') await this.#lists(parseAliasList(text).targets, host);
  }

  /** Files of the configuration, which lie outside the evidence. */
  async configured(evidence: readonly string[]): Promise<void> {
    for (const { path, host } of this.#config.identity.files) {
      if (evidence.includes(path)) continue;
      const { files, problems } = await discover([path], { stdin: EMPTY, cwd: '/', limits: this.#config.limits });
      this.problems.push(...problems);
      for (const file of files) {
        const kind = identityKind(file.sample) ?? BY_NAME[baseName(file.family)] ?? null;
        if (kind !== null) await this.take(kind, file, host ?? '');
        else
          this.problems.push({
            code: 'N_NOT_RECOGNISED',
            source: file.name,
            level: 'notice',
            message:
              'identity.files names it, and it is no passwd, group, aliases, main.cf, virtual, canonical, CSV or LDIF; it was left out',
          });
      }
    }
  }

  async #tables(maps: readonly MapReference[], name: string, host: string): Promise<void> {
    let away = 0;
    for (const map of maps) {
      const kind = BY_PARAMETER[map.parameter];
      if (kind === undefined) continue;
      const file = isTextTable(map) ? this.#find(map.path, host) : undefined;
      if (file === undefined) away += map.parameter === 'alias_database' ? 0 : 1;
      else await this.take(kind, file, host);
    }
    if (away > 0)
      this.problems.push({
        code: 'N_IDENTITY_AWAY',
        source: name,
        level: 'notice',
        message: `${away} lookup table(s) that it names are not in the evidence as text, such as databases and directories; who is behind those addresses is not known; add their sources, or import people (identity.files)`,
      });
  }

  async #lists(targets: readonly AliasTarget[], host: string): Promise<void> {
    for (const target of targets) {
      const file = target.kind === 'include' ? this.#find(target.value, host) : undefined;
      if (file !== undefined) await this.take('include', file, host);
    }
  }

  /** The file of the evidence that was at this path of the host. */
  #find(path: string, host: string): EvidenceFile | undefined {
    const found = this.#plan.others.filter(({ file }) => isAt(file.name, path)).map(({ file }) => file);
    return found.find(file => this.#plan.hostOf(file.name) === host) ?? (found.length === 1 ? found[0] : undefined);
  }

  async #text(file: EvidenceFile): Promise<string> {
    const reader = openBlocks(file);
    const blocks: Buffer[] = [];
    try {
      for (let block = await reader.read(); block !== null; block = await reader.read()) {
        const kept = block.subarray(0, this.#bytesLeft);
        blocks.push(Buffer.from(kept));
        this.#bytesLeft -= kept.length;
        if (kept.length < block.length) {
          this.#bounded(file.name);
          break;
        }
      }
    } finally {
      reader.close();
    }
    const text = Buffer.concat(blocks);
    return text.toString('utf8', markBytes(text));
  }

  #bounded(name: string): void {
    const message = `identity files are more than ${FILES_MAX} files or ${BYTES_MAX / 1024 / 1024} MiB together; the rest was left out`;
    if (!this.problems.some(each => each.message === message))
      this.problems.push({ code: 'N_IDENTITY_BOUND', source: name, level: 'notice', message });
  }
}

const EMPTY: AsyncIterable<unknown> = { async *[Symbol.asyncIterator]() {} };
