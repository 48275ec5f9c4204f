import { byWordsAndTwo } from '../core/by-words.ts';
import { baseName, resolvePath } from '../core/paths.ts';
import { programName } from './programs.ts';

/**
 * How a program that is no interpreter by trade is told of a file of commands: editors, debuggers, a database's shell, what reads a
 * configuration that holds commands.
 */
interface Grammar {
  /** Options that are followed by such a file, without their dashes: `-f FILE`, `--file FILE`, `--file=FILE`. */
  readonly options: readonly string[];
  /** Single letters may stand behind others, and the file right behind them: `-nf FILE`, `-fFILE`. */
  readonly clusters?: boolean;
  /** A command in a word of its own that names such a file: `-c 'source FILE'`. */
  readonly text?: RegExp;
  /** Words behind this one are for the program that is started. */
  readonly end?: string;
  /** Every word that is no option, and none of these options' words, is such a file. */
  readonly besides?: ReadonlySet<string>;
}

const GRAMMARS: readonly (readonly [string, Grammar])[] = [
  // emacs(1); Emacs manual, "Action Arguments" and "Initial Options".
  ['emacs emacs-nox emacs-gtk emacs-lucid emacs-pgtk emacs-x', { options: ['l', 'load', 'x', 'script'] }],
  // vim(1), ":help starting", ":help :source".
  [
    'vim vi ex view rvim rview gvim vimdiff nvim',
    { options: ['S', 'u', 'U'], text: /(?:^|[|+ ])(?:so|source|luafile|pyfile|py3file|rubyfile)!? +([^ |]+)/ },
  ],
  // R(1); R CMD BATCH has a word of its own, see below.
  ['r', { options: ['f', 'file'], text: /^CMD BATCH (\S+)/, end: '--args' }],
  // gdb(1), "Choosing Files" and "Command Files" of the manual.
  ['gdb gdb-multiarch', { options: ['x', 'command', 'ix', 'init-command'], text: /^source +(\S+)/, end: '--args' }],
  // sqlite3(1).
  ['sqlite3', { options: ['init'], text: /^\.read +([^ |]+)/ }],
  // tmux(1), screen(1).
  ['tmux', { options: ['f'], text: /^source(?:-file)? (\S+)/ }],
  ['screen', { options: ['c'] }],
  // ssh(1), ssh_config(5): ProxyCommand, LocalCommand, Match exec.
  ['ssh scp sftp slogin', { options: ['F'] }],
  // mutt(1), muttrc(5): a file whose name ends in a bar is run.
  ['mutt neomutt', { options: ['F'] }],
  // cmake(1): a script, an initial cache, which is a script too.
  ['cmake', { options: ['P', 'C'] }],
  ['ant', { options: ['f', 'file', 'buildfile'] }],
  ['just', { options: ['f', 'justfile'] }],
  // psql(1), mysql(1), lftp(1): their shell commands, \!, system and !.
  ['psql', { options: ['f', 'file'], text: /\\ir? +(\S+)/ }],
  ['mysql mariadb', { options: [], text: /(?:^|; *)(?:source|\\\.) +([^ ;]+)/ }],
  ['lftp', { options: ['f'], text: /(?:^|; *)source +([^ ;]+)/ }],
  // lldb(1), blender(1), mpv(1), tshark(1), nmap(1): scripts of their own languages.
  ['lldb', { options: ['s', 'source', 'S', 'source-before-file'] }],
  ['blender', { options: ['P', 'python'] }],
  ['mpv', { options: ['script', 'scripts'] }],
  ['tshark wireshark dumpcap', { options: [], text: /^lua_script:(\S+)/ }],
  ['nmap', { options: ['script'] }],
  // puppet-apply(8).
  ['puppet', { options: [], text: /^apply(?: -\S+)* ([^- ]\S*)/ }],
  // logrotate(8): prerotate and postrotate.
  ['logrotate', { options: [], besides: new Set(['-s', '--state', '-m', '--mail', '-l', '--log']) }],
  // sed(1): the command `e`.
  ['sed', { options: ['f', 'file'], clusters: true }],
  // ansible-playbook(1).
  [
    'ansible-playbook',
    {
      options: [],
      besides: new Set(
        '-i --inventory -e --extra-vars -l --limit -t --tags --skip-tags -u --user -c --connection -f --forks -M --module-path --private-key --key-file -T --timeout --vault-id --vault-password-file --become-method --become-user --start-at-task --ssh-common-args --ssh-extra-args'.split(
          ' ',
        ),
      ),
    },
  ],
];
const BY_NAME = new Map(GRAMMARS.flatMap(([names, grammar]) => names.split(' ').map(name => [name, grammar] as const)));

/** What stands behind the name where there are several of a program: a version, the flavours of Debian's vim. */
const TAIL = /^(?:[.-]\d[\d.]*|\.(?:basic|tiny|nox|gtk3|motif|athena))$/;

/** The name by which the program's documentation knows it: `vim.basic` is vim, `gdb-13` is gdb, `ssh-keygen` is no ssh. */
function grammarOf(exe: string): Grammar | undefined {
  const name = programName(exe);
  const grammar = BY_NAME.get(name);
  if (grammar !== undefined) return grammar;
  const at = name.search(/[.-]/);
  return at > 0 && TAIL.test(name.slice(at)) ? BY_NAME.get(name.slice(0, at)) : undefined;
}

/** A program whose options say what it runs: another file that it opens is data, unless it is its standard input. */
export const saysWhatItRuns = (exe: string): boolean => grammarOf(exe) !== undefined;

const NONE: readonly string[] = [];

/** The files of commands that the words of a program name, absolute. */
export const commandFiles = (exe: string, argv: readonly string[], cwd: string): readonly string[] =>
  grammarOf(exe) === undefined ? NONE : filesNamed(argv, exe, cwd);

const filesNamed = byWordsAndTwo((argv, exe: string, cwd: string): readonly string[] => {
  const grammar = grammarOf(exe);
  if (grammar === undefined) return NONE;
  const end = grammar.end === undefined ? -1 : argv.indexOf(grammar.end);
  const words = argv.slice(firstWord(exe, argv), end < 0 ? argv.length : end);
  const found = [...namedByOptions(grammar, words), ...namedInText(grammar, words), ...operands(grammar, words)];
  return found.filter(each => !NO_FILE.test(each)).map(each => resolvePath(each, cwd));
});

/** What vim(1) and ssh(1) take instead of a name; standard input. */
const NO_FILE = /^(?:none|norc|defaults|-)$/i;

/** A program that is itself a script has its interpreter's words before its own: `python3 /usr/bin/ansible-playbook x.yml`. */
function firstWord(exe: string, argv: readonly string[]): number {
  const at = argv.findIndex((word, i) => i < 3 && baseName(word) === baseName(exe));
  return at < 0 ? 1 : at + 1;
}

function namedByOptions({ options, clusters }: Grammar, words: readonly string[]): string[] {
  const found: string[] = [];
  for (const [i, word] of words.entries()) {
    if (!word.startsWith('-')) continue;
    const bare = word.replace(/^--?/, '');
    const next = words[i + 1];
    for (const option of options) {
      if (bare === option) {
        if (next !== undefined) found.push(next);
      } else if (option.length > 1) {
        if (bare.startsWith(`${option}=`)) found.push(bare.slice(option.length + 1));
      } else if (clusters === true && !word.startsWith('--') && bare.endsWith(option)) {
        if (next !== undefined) found.push(next);
      } else if (!word.startsWith('--') && bare.startsWith(option) && bare.includes('/')) found.push(bare.slice(1));
    }
  }
  return found;
}

function namedInText({ text }: Grammar, words: readonly string[]): string[] {
  if (text === undefined) return [];
  // A command is one word (`'.read x'`), or stands in several (`source-file x`).
  const named = [...words, words.join(' ')].map(word => text.exec(word)?.[1] ?? '');
  return [...new Set(named)].filter(each => each !== '');
}

const operands = ({ besides }: Grammar, words: readonly string[]): string[] =>
  besides === undefined ? [] : words.filter((word, i) => !word.startsWith('-') && !besides.has(words[i - 1] ?? ''));
