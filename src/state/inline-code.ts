import { baseName } from '../core/paths.ts';

/** Words that run what stands right behind them as a file: `. x`, `require('x')`, `do "x"`. */
const RUNS_FILE = new Set([
  '.',
  'source',
  'require',
  'require_once',
  'include',
  'include_once',
  'do',
  'load',
  'dofile',
  'loadfile',
  'import',
  'run_path',
  'execfile',
]);
/** Words that run a text, wherever it comes from. */
const RUNS_TEXT = new Set(['eval', 'exec', 'execfile', 'compile', 'instance_eval', 'class_eval', 'runInThisContext']);
const FLAG = /^-[a-zA-Z]*[ceErp]$|^--eval$|^--print$|^-command$/;
/** Where `-r` names a module to be loaded before: node(1), ruby(1). */
const LOADS_MODULE = /(?:^|\/)(?:node|nodejs|ruby)[0-9.]*$/;
const TEXT_MAX = 8192;

/** Where a program stands on the command line: behind `-c`, `-e` and their like, or as the first word of awk(1); -1 for none. */
function inlineAt(argv: readonly string[]): number {
  if (AWK.test(argv[0] ?? '')) {
    if (argv.some(word => word === '-f' || word.startsWith('--file'))) return -1;
    // -F and -v take a word, which may stand right behind the letter.
    return argv.findIndex((word, i) => i > 0 && !word.startsWith('-') && argv[i - 1] !== '-F' && argv[i - 1] !== '-v');
  }
  const loads = LOADS_MODULE.test(argv[0] ?? '');
  const flag = argv.findIndex((word, i) => i > 0 && FLAG.test(word) && !(loads && word === '-r'));
  return flag < 0 ? -1 : flag + 1;
}

const AWK = /(?:^|\/)[gm]?awk$/;

function inlineText(argv: readonly string[]): string {
  const at = inlineAt(argv);
  return at < 0 ? '' : (argv[at] ?? '').slice(0, TEXT_MAX);
}

/** Parts of calls that get what lies behind a URL, in the libraries that come with the languages: Python, Ruby, Perl, node, PHP. */
const GETS = new Set(
  'urlopen urlretrieve requests httpx URI open_uri get fetch file_get_contents LWP HTTP curl_exec HTTPConnection'.split(
    ' ',
  ),
);
const RUNS_FETCHED = new Set([...RUNS_TEXT, 'loadstring', 'Function', 'create_function']);

/**
 * A program given on the command line gets a text from outside by itself and runs it: `-c 'exec(urlopen("http://…").read())'`.
 * The URL that it names, '' when its words do not say so.
 */
export function runsFetched(argv: readonly string[]): string {
  const text = inlineText(argv);
  const from = text === '' ? -1 : text.search(/(?:https?|ftp):\/\//);
  if (from < 0) return '';
  const words = wordsOf(text);
  if (!words.some(word => RUNS_FETCHED.has(word)) || !words.some(word => GETS.has(word))) return '';
  let end = from;
  while (end < text.length && !' \t\n\'"`);|&'.includes(text[end] as string)) end += 1;
  return text.slice(from, end);
}

/** True when a program given on the command line runs the file at `path` as code, by its own words: `-c '. x'`, `-c 'exec(open("x").read())'`, `-c '. "$1"' sh x`. */
export function runsInline(argv: readonly string[], path: string): boolean {
  const text = inlineText(argv);
  const name = baseName(path);
  if (text === '' || name === '') return false;
  const from = text.indexOf(name);
  if (from < 0) return runsArgument(argv, text, name);
  return RUNS_FILE.has(wordBefore(text, from)) || wordsOf(text).some(word => RUNS_TEXT.has(word));
}

/** Words that run a text, apart from those that many a program has for other ends (`re.compile`, `require("fs")`, `eval { … }`). */
const RUNS_GIVEN = new Set(['exec', 'execfile', 'eval', 'instance_eval', 'class_eval', 'runInThisContext']);
/** `. "$1"`, `source $f` of a shell, `do $ARGV[0]` of Perl, `require(process.argv[1])`, `dofile(arg[1])`, `runpy.run_path(sys.argv[1])`. */
const RUNS_VARIABLE =
  /(?:^|[\s;&|({])(?:\.|source) +"?\$|\bdo ?\(? ?\$|\b(?:require|require_once|include|include_once|load|dofile|loadfile|run_path) ?\(? ?(?:\$|process\.argv|sys\.argv|ARGV|arg\b)/;

function runsArgument(argv: readonly string[], text: string, name: string): boolean {
  if (!isArgument(argv, name)) return false;
  return RUNS_VARIABLE.test(text) || wordsOf(text.replaceAll(/\beval ?\{/g, '')).some(word => RUNS_GIVEN.has(word));
}

/** The file is named among the words behind the program that is given. */
function isArgument(argv: readonly string[], name: string): boolean {
  const at = inlineAt(argv);
  return argv.some((word, i) => i > at && baseName(word) === name);
}

/**
 * True when a program given on the command line is told of the file at `path`, in its text or behind it, and no word of it runs
 * that file: `perl -ne 'print if /x/' run.sh` reads a text.
 */
export function readsInline(argv: readonly string[], path: string): boolean {
  const text = inlineText(argv);
  const name = baseName(path);
  if (text === '' || name === '' || (!text.includes(name) && !isArgument(argv, name))) return false;
  return !runsInline(argv, path);
}

/** A program stands on the command line. */
export const isGivenInline = (argv: readonly string[]): boolean => inlineText(argv) !== '';

const SEPARATORS = ' \t\n;&|(){}[]\'"`=,<>$';

/** The word in front of the one that ends in the name: of `require('/a/x')` it is `require`. */
function wordBefore(text: string, nameAt: number): string {
  let end = nameAt;
  while (end > 0 && !SEPARATORS.includes(text[end - 1] as string)) end -= 1;
  while (end > 0 && ' \t(\'"`'.includes(text[end - 1] as string)) end -= 1;
  let start = end;
  while (start > 0 && !SEPARATORS.includes(text[start - 1] as string)) start -= 1;
  const word = text.slice(start, end);
  const dot = word.lastIndexOf('.');
  return dot >= 0 && dot < word.length - 1 ? word.slice(dot + 1) : word;
}

/** Parts of a program's text between signs. */
const wordsOf = (text: string): string[] => text.split(/[^\w]+/);
