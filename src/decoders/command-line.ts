import { type Untrusted, untrusted } from '../core/untrusted.ts';

const WORDS_MAX = 1024;
const QUOTED_CHARS_MAX = 8192;
const QUOTES_MAX = 64;
/** Options after which programs take a program as one argument, written without a script. */
const SHELLS = /^-?(?:ba|da|z|k|mk|a|fi|c|tc)?sh$/;
const PROGRAMS: readonly (readonly [RegExp, RegExp])[] = [
  [SHELLS, /^-[abefhklmnptuvx]*c$/],
  [/^python[0-9.]*$/, /^-[bBdEiIOqsSuvx]*c$/],
  [/^(?:perl|ruby)[0-9.]*$/, /^-[a-z]*[eE]$/],
  [/^(?:node|nodejs|lua|luajit)[0-9.]*$/, /^-(?:e|-eval)$/],
  [/^php[0-9.]*$/, /^-r$/],
];

/**
 * Arguments out of one text, as sensors write it that join them: single blanks between them, `quotes` (characters, or '')
 * around those that hold blanks. Nothing in the text tells a blank of an argument from one between arguments, so this is
 * a guess, and a careful one: what follows `-c` of a shell, or its like of an interpreter, stays one argument, for that is
 * a program's text. Behind 1,024 words the rest is one. Event fields made of it carry `argvJoined`.
 */
export function splitCommandLine(text: string, quotes: string): Untrusted[] {
  const words: Untrusted[] = [];
  let from = 0;
  while (from < text.length) {
    if (isBlank(text.charCodeAt(from))) {
      from += 1;
      continue;
    }
    if (words.length >= WORDS_MAX || programOption(words)) {
      words.push(untrusted(unquoted(text.slice(from), quotes)));
      break;
    }
    let to = quotes.includes(text[from] as string) ? endOfQuoted(text, from) : -1;
    if (to > 0) {
      words.push(untrusted(text.slice(from + 1, to - 1)));
      from = to;
      continue;
    }
    to = from;
    while (to < text.length && !isBlank(text.charCodeAt(to))) to += 1;
    words.push(untrusted(text.slice(from, to)));
    from = to;
  }
  return words;
}

/** Where the quoted word that begins here ends, one behind its closing quote; -1 when none closes before a blank or the end. */
function endOfQuoted(text: string, from: number): number {
  const quote = text[from] as string;
  let tries = 0;
  for (let at = text.indexOf(quote, from + 1); at > 0; at = text.indexOf(quote, at + 1)) {
    tries += 1;
    if (tries > QUOTES_MAX || at - from > QUOTED_CHARS_MAX) return -1;
    if (at + 1 === text.length || isBlank(text.charCodeAt(at + 1))) return at + 1;
  }
  return -1;
}

function unquoted(text: string, quotes: string): string {
  const first = text[0] ?? '';
  const quoted = text.length > 1 && quotes.includes(first) && text.endsWith(first);
  return quoted ? text.slice(1, -1) : text;
}

/** The last word is the option of an interpreter behind which its program stands. */
function programOption(words: readonly string[]): boolean {
  const last = words[words.length - 1];
  if (last === undefined || words.length < 2 || !last.startsWith('-')) return false;
  const first = words[0] as string;
  const name = first.slice(first.lastIndexOf('/') + 1);
  // Behind the script's own name an option is the script's.
  if (words.slice(1, -1).some(word => !word.startsWith('-'))) return false;
  return PROGRAMS.some(([program, option]) => program.test(name) && option.test(last));
}

const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);
