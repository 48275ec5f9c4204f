interface Compiled {
  readonly inHome: boolean;
  readonly parts: readonly string[];
}
const compiled = new Map<string, Compiled | null>();

function compile(pattern: string): Compiled | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const inHome = pattern.startsWith('~/');
  const made =
    inHome || pattern.startsWith('/')
      ? {
          inHome,
          parts: pattern
            .slice(inHome ? 2 : 1)
            .toLowerCase()
            .split('/')
            .filter(part => part !== ''),
        }
      : null;
  if (compiled.size < 4096) compiled.set(pattern, made);
  return made;
}

/** Where the part of the path behind a home begins, -1 for what lies in none. */
function behindHome(path: string): number {
  if (path.startsWith('/root/')) return 6;
  return path.startsWith('/home/') ? path.indexOf('/', 6) + 1 || -1 : -1;
}

/** The prefix of `path` that `pattern` covers, '' when it does not. `~/` stands for a home, `*` for one path part. */
export function matchPrefix(path: string, pattern: string): string {
  const wanted = compile(pattern);
  if (wanted === null) return '';
  const from = wanted.inHome ? behindHome(path) : 1;
  return from < 0 ? '' : covered(path, wanted.parts, from);
}

function covered(path: string, parts: readonly string[], from: number): string {
  let at = from;
  for (const part of parts) {
    const end = endOf(path, at);
    if (end <= at) return '';
    if (part !== '*' && (part.length !== end - at || path.slice(at, end).toLowerCase() !== part)) return '';
    at = end + 1;
  }
  return path.slice(0, at - 1);
}

function endOf(path: string, at: number): number {
  const end = path.indexOf('/', at);
  return end < 0 ? path.length : end;
}

/** Patterns of one kind by their first part: few paths have any of these. */
class Candidates {
  readonly #byFirst = new Map<string, Candidate[]>();
  readonly #any: Candidate[] = [];
  /** Lengths of first parts, as bits: says of most parts at once that no pattern begins so. */
  #lengths = 0;

  add(candidate: Candidate): void {
    const first = candidate.parts[0];
    if (first === undefined || first === '*') {
      this.#any.push(candidate);
      for (const list of this.#byFirst.values()) list.push(candidate);
      return;
    }
    const list = this.#byFirst.get(first);
    if (list === undefined) this.#byFirst.set(first, [...this.#any, candidate]);
    else list.push(candidate);
    this.#lengths |= 1 << (first.length & 31);
  }

  at(path: string, from: number): readonly Candidate[] {
    if (this.#byFirst.size === 0) return this.#any;
    const end = endOf(path, from);
    if (((this.#lengths >>> ((end - from) & 31)) & 1) === 0) return this.#any;
    return this.#byFirst.get(path.slice(from, end).toLowerCase()) ?? this.#any;
  }
}

interface Candidate {
  readonly rank: number;
  readonly parts: readonly string[];
}

/** A list of patterns, asked for at once: what `matchPrefix` says of the first of them that covers a part of the path. */
export class PathPatterns {
  readonly #inHome = new Candidates();
  readonly #fromRoot = new Candidates();

  constructor(patterns: readonly string[]) {
    for (const [rank, pattern] of patterns.entries()) {
      const wanted = compile(pattern);
      if (wanted !== null) (wanted.inHome ? this.#inHome : this.#fromRoot).add({ rank, parts: wanted.parts });
    }
  }

  /** The prefix that is covered, '' for none. */
  match(path: string): string {
    let found = '';
    let rank = Number.POSITIVE_INFINITY;
    for (const candidate of this.#fromRoot.at(path, 1)) {
      found = covered(path, candidate.parts, 1);
      if (found === '') continue;
      rank = candidate.rank;
      break;
    }
    const from = behindHome(path);
    if (from < 0) return found;
    for (const candidate of this.#inHome.at(path, from)) {
      if (candidate.rank > rank) break;
      const other = covered(path, candidate.parts, from);
      if (other !== '') return other;
    }
    return found;
  }
}

const lists = new WeakMap<readonly string[], PathPatterns>();

/** The patterns of a list of the configuration, which does not change. */
export function patternsOf(list: readonly string[]): PathPatterns {
  let known = lists.get(list);
  if (known === undefined) {
    known = new PathPatterns(list);
    lists.set(list, known);
  }
  return known;
}
