import { type AliasTarget, parseAliasList } from './aliases.ts';
import type { IdentityProblem, IdentityText } from './contract.ts';

const MEMBERS_MAX = 10_000;
const NESTED_MAX = 8;
const CIRCLES_SHOWN_MAX = 20;

/** Puts the members of `:include:` lists in place of their names, where the evidence has the list. Bounded: 8 lists deep, 10 000 members. */
export class AliasLists {
  readonly problems: IdentityProblem[] = [];
  readonly #lists: readonly { readonly name: string; readonly targets: readonly AliasTarget[] }[];

  constructor(texts: readonly IdentityText[]) {
    this.#lists = texts
      .filter(text => text.kind === 'include')
      .map(({ name, text }) => {
        const { targets, problems } = parseAliasList(text);
        this.problems.push(...problems.map(each => ({ ...each, name })));
        return { name, targets };
      });
  }

  expanded(targets: readonly AliasTarget[]): readonly AliasTarget[] {
    if (!targets.some(each => each.kind === 'include')) return targets;
    const found: AliasTarget[] = [];
    this.#expand(targets, found, []);
    return found;
  }

  #expand(targets: readonly AliasTarget[], into: AliasTarget[], within: readonly string[]): void {
    for (const target of targets) {
      if (into.length >= MEMBERS_MAX)
        return this.#report(within[0] ?? 'aliases', 'too many members; the rest was left out');
      const list = target.kind === 'include' ? this.#lists.find(each => isAt(each.name, target.value)) : undefined;
      if (list === undefined) into.push(target);
      else if (within.includes(list.name) || within.length >= NESTED_MAX)
        this.#report(list.name, within.length >= NESTED_MAX ? 'lists lie too deep in each other' : 'includes itself');
      else this.#expand(list.targets, into, [...within, list.name]);
    }
  }

  #report(name: string, reason: string): void {
    if (this.problems.some(each => each.name === name && each.reason === reason)) return;
    if (this.problems.length < 100) this.problems.push({ name, line: 0, reason });
  }
}

/** Whether the file of this name in the evidence is the one at this path of a host. */
export const isAt = (name: string, path: string): boolean =>
  path.startsWith('/') && (name === path || `/${name}`.endsWith(path));

/** Aliases that lead back to themselves, each circle by its first name. `next` gives the one name an alias leads to, or ''. */
export function circles(names: Iterable<string>, next: (name: string) => string): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  for (const start of names) {
    const path = new Set<string>();
    let name = start;
    while (name !== '' && !done.has(name) && !path.has(name)) {
      path.add(name);
      name = next(name);
    }
    // `a: a` is how one names the account itself.
    if (name !== '' && path.has(name) && next(name) !== name) found.push(name);
    for (const each of path) done.add(each);
    if (found.length >= CIRCLES_SHOWN_MAX) break;
  }
  return found;
}
