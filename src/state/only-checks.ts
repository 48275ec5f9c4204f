import { CLASS, calledAs, classOfPath } from './programs.ts';

/** Options by which an interpreter looks whether a file is well written, and runs nothing of it: node(1), php(1), ruby(1). */
const CHECKS: Readonly<Record<string, ReadonlySet<string>>> = {
  node: new Set(['-c', '--check']),
  nodejs: new Set(['-c', '--check']),
  php: new Set(['-l', '--syntax-check']),
  ruby: new Set(['-c']),
};
/** Options of shells that take a word: bash(1). */
const TAKES_WORD = new Set(['-o', '+o', '-O', '+O', '--rcfile', '--init-file']);

/**
 * The interpreter only reads its script: `bash -n x`, `node --check x`. perl(1) is none of these: with -c it still runs what
 * stands in BEGIN.
 */
export function onlyChecks(exe: string, argv: readonly string[]): boolean {
  const { name, argv: words } = calledAs(exe, argv);
  if (classOfPath(name) & CLASS.shell) return shellOnlyChecks(words);
  const checks = CHECKS[name.replace(/[0-9.]+$/, '')];
  if (checks === undefined) return false;
  for (const word of words.slice(1)) {
    if (!word.startsWith('-')) return false;
    if (checks.has(word)) return true;
  }
  return false;
}

/**
 * set(1) of POSIX: -n, alone or among other letters, and `-o noexec`, which a shell at which somebody types (-i) ignores. Behind the
 * script they are words of the script's own.
 */
function shellOnlyChecks(words: readonly string[]): boolean {
  let checks = false;
  for (let i = 1; i < words.length; i++) {
    const word = words[i] as string;
    if (!/^[-+]./.test(word) || word === '--') break;
    const isLetters = /^-[a-zA-Z]+$/.test(word);
    if (isLetters && word.includes('i')) return false;
    checks ||= word === '--no-execute' || (word === '-o' && words[i + 1] === 'noexec');
    if (TAKES_WORD.has(word)) i += 1;
    else checks ||= isLetters && word.includes('n');
  }
  return checks;
}
