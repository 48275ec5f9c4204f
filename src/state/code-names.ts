import { CLASS, classOfPath, programKey } from './programs.ts';

/** Endings of code, by the interpreter that runs it. */
const LANGUAGES: readonly (readonly [string, string])[] = [
  ['python', 'py pyw pyc'],
  ['perl', 'pl pm'],
  ['ruby', 'rb'],
  ['node', 'js mjs cjs ts'],
  ['php', 'php'],
  ['lua', 'lua'],
  ['tclsh', 'tcl'],
  ['awk', 'awk'],
  ['java', 'jar class'],
  ['shell', 'sh bash zsh ksh csh fish'],
];
const OF_ENDING = new Map(
  LANGUAGES.flatMap(([name, endings]) => endings.split(' ').map(each => [each, name] as const)),
);
const SAME: Readonly<Record<string, string>> = {
  pypy: 'python',
  nodejs: 'node',
  bun: 'node',
  deno: 'node',
  'php-cli': 'php',
  luajit: 'lua',
  gawk: 'awk',
  mawk: 'awk',
  wish: 'tclsh',
};
const KNOWN = new Set(LANGUAGES.map(([name]) => name));

/** The file is code of another language than the interpreter at `exe` runs: what it reads there is a text to it. */
export function isForeignCode(exe: string, path: string): boolean {
  const language = OF_ENDING.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
  if (language === undefined) return false;
  const name = programKey(exe);
  const own = classOfPath(exe) & CLASS.shell ? 'shell' : (SAME[name] ?? name);
  return KNOWN.has(own) && own !== language;
}
