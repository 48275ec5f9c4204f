/** Lists remembered in each of two generations. */
const LISTS_MAX = 4096;

interface Answer {
  readonly first: string | number;
  readonly second: string | number;
  readonly value: unknown;
}

let functions = 0;
let young = new Map<readonly string[], (Answer | undefined)[]>();
let old = new Map<readonly string[], (Answer | undefined)[]>();
/** The list asked about last, mostly that of the next question too. */
let latest: readonly string[] | null = null;
let latestAnswers: (Answer | undefined)[] = [];

/**
 * A pure function of the words of a command line that remembers its last answer for each list of words. A list is known by being
 * the same object: decoders give one list for all equal command lines that come again (audit/execve.ts), so rules that look at
 * words alone look once. Only saves work, and is bounded.
 */
export function byWords<V>(make: (words: readonly string[]) => V): (words: readonly string[]) => V {
  const slot = functions;
  functions += 1;
  return words => {
    const answers = words === latest ? latestAnswers : answersFor(words);
    const held = answers[slot];
    if (held !== undefined) return held.value as V;
    const value = make(words);
    // What `make` asked meanwhile may have moved on to another list.
    answers[slot] = { first: '', second: '', value };
    return value;
  };
}

/** The same of the words and of one thing beside them: the program, the folder. */
export function byWordsAndOne<A extends string | number, V>(
  make: (words: readonly string[], first: A) => V,
): (words: readonly string[], first: A) => V {
  const slot = functions;
  functions += 1;
  return (words, first) => {
    const answers = words === latest ? latestAnswers : answersFor(words);
    const held = answers[slot];
    if (held !== undefined && held.first === first) return held.value as V;
    const value = make(words, first);
    answers[slot] = { first, second: '', value };
    return value;
  };
}

/** The same of the words and of two things beside them. */
export function byWordsAndTwo<A extends string | number, B extends string | number, V>(
  make: (words: readonly string[], first: A, second: B) => V,
): (words: readonly string[], first: A, second: B) => V {
  const slot = functions;
  functions += 1;
  return (words, first, second) => {
    const answers = words === latest ? latestAnswers : answersFor(words);
    const held = answers[slot];
    if (held !== undefined && held.first === first && held.second === second) return held.value as V;
    const value = make(words, first, second);
    answers[slot] = { first, second, value };
    return value;
  };
}

function answersFor(words: readonly string[]): (Answer | undefined)[] {
  let answers = young.get(words);
  if (answers === undefined) {
    answers = old.get(words) ?? new Array<Answer | undefined>(functions).fill(undefined);
    if (young.size >= LISTS_MAX) {
      old = young;
      young = new Map();
    }
    young.set(words, answers);
  }
  latest = words;
  latestAnswers = answers;
  return answers;
}
