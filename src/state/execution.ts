import { resolvePath } from '../core/paths.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { commandFiles } from './command-files.ts';
import { INLINE, TAKES_ARGUMENT } from './interpreter-options.ts';
import { preloadedBy } from './loaded-objects.ts';
import type { ExecutionRoute } from './notices.ts';
import { onlyChecks } from './only-checks.ts';
import { mayInstall } from './package-verbs.ts';
import {
  appletOf,
  CLASS,
  classOfPath,
  isLoaderProgram,
  isMultiCall,
  isSystemPath,
  type ProgramClass,
  programName,
} from './programs.ts';

/** What a started process runs, read from its arguments and the file handed to execve. */
export interface ExecutionPlan {
  /** Candidates for "this content is executed", most direct first. Absolute paths. */
  readonly contents: readonly { readonly path: string; readonly how: ExecutionRoute }[];
  /** The script an interpreter runs, '' when none. */
  readonly script: string;
  /** An interpreter with no script and no inline program: it takes its program from standard input. */
  readonly fromInput: boolean;
  /** `-c`, `-e`: the program stands in the arguments. */
  readonly inline: boolean;
  /** Directory whose code is run (python -m, npm install, make), '' when none. */
  readonly codeDirectory: string;
}

const SHELL_WITH_ARGUMENT = new Set(['-o', '+o', '-O', '+O']);
/** bash(1): read and run before anything else, by an interactive shell. */
const SHELL_STARTS_WITH = new Set(['--rcfile', '--init-file']);
/** Options by which an interpreter takes in a file of code before its program: node(1), ruby(1), guile(1). */
const LOADS: Readonly<Record<string, ReadonlySet<string>>> = {
  node: new Set(['-r', '--require', '--import', '--loader', '--experimental-loader']),
  ruby: new Set(['-r']),
  guile: new Set(['-l']),
  julia: new Set(['-L', '--load']),
};

const NONE: ExecutionPlan = { contents: [], script: '', fromInput: false, inline: false, codeDirectory: '' };

const RUNS_OTHERS = CLASS.shell | CLASS.interpreter | CLASS.packageManager | CLASS.build;

export type ClassOf = (path: string) => ProgramClass;

export function planOf(event: ProcessStarted, classOf: ClassOf = classOfPath): ExecutionPlan {
  const { cwd, file } = event;
  const exe = event.actor.exe || file.path;
  const { applet, argv } = appletOf(exe, event.argv);
  // Most programs run nothing but themselves: the file handed to execve is all there is to judge.
  if (
    event.interpreter === '' &&
    exe === file.path &&
    !exe.endsWith('/env') &&
    (classOf(exe) & RUNS_OTHERS) === 0 &&
    (argv[0] === undefined || (!LAUNCHERS.has(programName(argv[0])) && (classOfPath(argv[0]) & RUNS_OTHERS) === 0)) &&
    isSystemPath(exe) &&
    !isLoaderProgram(exe) &&
    commandFiles(exe, argv, cwd).length === 0
  ) {
    return NONE;
  }
  const contents: { path: string; how: ExecutionRoute }[] = [];
  if (file.path !== '') contents.push({ path: file.path, how: 'binary' });
  if (exe !== file.path && event.interpreter === '' && exe !== '') contents.push({ path: exe, how: 'binary' });
  if (isLoaderProgram(exe) || isLoaderProgram(file.path)) {
    for (const path of loaded(argv)) contents.push({ path: resolvePath(path, cwd), how: 'loader' });
    return { ...NONE, contents };
  }
  if (event.interpreter !== '') contents[0] = { path: file.path, how: 'interpreter-script' };
  const bits = isMultiCall(exe) ? classOf(applet) : classOf(exe);
  const name = family(isMultiCall(exe) ? applet : exe, argv[0] ?? '');
  if (bits & (CLASS.shell | CLASS.interpreter)) {
    const plan =
      name === 'shell'
        ? shellPlan(argv, cwd)
        : name === 'awk'
          ? awkPlan(argv, cwd)
          : name === 'java'
            ? javaPlan(argv, cwd)
            : name === 'wine'
              ? winePlan(argv, cwd)
              : name === 'mono' || name === 'dotnet'
                ? firstFile(argv, cwd)
                : interpreterPlan(name, argv, cwd);
    if (event.interpreter === '' && onlyChecks(exe, event.argv))
      return { ...NONE, contents: [...contents, ...plan.contents] };
    const script = event.interpreter !== '' ? file.path : plan.script;
    if (plan.script !== '' && event.interpreter === '') contents.push({ path: plan.script, how: 'interpreter-script' });
    for (const path of commandFiles(script, argv, cwd)) contents.push({ path, how: 'interpreter-script' });
    const tool = installedTool(script, argv, cwd, classOf);
    if (tool !== null)
      return { ...tool, contents: [...contents, ...plan.contents, ...tool.contents], script, fromInput: false };
    return {
      contents: [...contents, ...plan.contents],
      script,
      // A program without any word was started by a record that is lost: what it runs is not known.
      fromInput: event.interpreter === '' && argv.length > 0 && plan.fromInput,
      inline: plan.inline,
      codeDirectory: plan.codeDirectory,
    };
  }
  return toolPlan(contents, programName(argv[0] ?? exe) || programName(exe), argv, cwd);
}

/** npm(1), pip(1) and their like are scripts of an interpreter, and run other code by their nature all the same. */
function installedTool(script: string, argv: readonly string[], cwd: string, classOf: ClassOf): ExecutionPlan | null {
  if (!isSystemPath(script) || (classOf(script) & (CLASS.build | CLASS.packageManager)) === 0) return null;
  const at = argv.findIndex(word => resolvePath(word, cwd) === script);
  return at < 0 ? null : toolPlan([], programName(script), argv.slice(at), cwd);
}

/** Options of ld.so(8) that take a word. */
const LOADER_WORDS = new Set(
  '--library-path --inhibit-rpath --audit --preload --argv0 --glibc-hwcaps-prepend --glibc-hwcaps-mask'.split(' '),
);

/** With these it says what it is or would load, and runs nothing. */
const LOADER_LOOKS = new Set('--list --verify --help --version --list-tunables --list-diagnostics'.split(' '));

/** What ld.so(8) is told to run, and the libraries that it is told to load before. */
function loaded(argv: readonly string[]): string[] {
  const found: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    if (!word.startsWith('-')) return [...found, word];
    if (LOADER_LOOKS.has(word)) return [];
    if (word === '--preload' || word === '--audit') found.push(...(argv[i + 1] ?? '').split(/[ :]/).filter(Boolean));
    if (LOADER_WORDS.has(word)) i += 1;
  }
  return found;
}

function family(exe: string, argv0: string): string {
  const name = programName(exe);
  const base = name.replace(/[0-9.]+$/, '').replace(/-$/, '');
  if (classOfPath(exe) & CLASS.shell) return 'shell';
  if (base === 'nodejs') return 'node';
  if (base === 'pypy') return 'python';
  if (base === 'gawk' || base === 'mawk') return 'awk';
  if (base === 'wine64') return 'wine';
  if (classOfPath(exe) & CLASS.interpreter) return base;
  const named = programName(argv0).replace(/[0-9.]+$/, '');
  return classOfPath(named) & CLASS.shell ? 'shell' : named;
}

function shellPlan(argv: readonly string[], cwd: string): ExecutionPlan {
  const contents: { path: string; how: ExecutionRoute }[] = [];
  let i = 1;
  for (; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '--') {
      i += 1;
      break;
    }
    if (!word.startsWith('-') && !word.startsWith('+')) break;
    if (word === '-') continue;
    if (!word.startsWith('--') && word.startsWith('-') && word.includes('c'))
      return { ...NONE, contents, inline: true };
    if (!word.startsWith('--') && word.startsWith('-') && word.includes('s'))
      return { ...NONE, contents, fromInput: true };
    if (SHELL_STARTS_WITH.has(word) && argv[i + 1] !== undefined)
      contents.push({ path: resolvePath(argv[i + 1] as string, cwd), how: 'interpreter-script' });
    if (SHELL_WITH_ARGUMENT.has(word) || SHELL_STARTS_WITH.has(word)) i += 1;
  }
  const script = argv[i];
  if (script === undefined || script.startsWith('/dev/fd/') || script.startsWith('/proc/self/fd/'))
    return { ...NONE, contents, fromInput: true };
  return { ...NONE, contents, script: resolvePath(script, cwd) };
}

/** A word without a path names a module that is looked up, no file. */
const FROM_MODULES = new Set(['node', 'ruby']);

function interpreterPlan(name: string, argv: readonly string[], cwd: string): ExecutionPlan {
  const plan = programPlan(name, argv, cwd);
  const loads = LOADS[name];
  if (loads === undefined) return plan;
  // Behind the script they are words of the script's own.
  const end = plan.script === '' ? argv.length : argv.findIndex(word => resolvePath(word, cwd) === plan.script);
  const isFile = (word: string) => !FROM_MODULES.has(name) || /^[./]/.test(word);
  const files = argv.slice(0, end).filter((word, i) => i > 1 && loads.has(argv[i - 1] as string) && isFile(word));
  const first = files.map(file => ({ path: resolvePath(file, cwd), how: 'interpreter-script' as const }));
  return { ...plan, contents: [...first, ...plan.contents] };
}

function programPlan(name: string, argv: readonly string[], cwd: string): ExecutionPlan {
  const takes = TAKES_ARGUMENT[name] ?? new Set<string>();
  const inline = INLINE[name] ?? [];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '--') {
      const next = argv[i + 1];
      return next === undefined ? { ...NONE, fromInput: true } : { ...NONE, script: resolvePath(next, cwd) };
    }
    if (word === '-') return { ...NONE, fromInput: true };
    if (!word.startsWith('-')) return { ...NONE, script: resolvePath(word, cwd) };
    if (name === 'python' && word === '-m') return modulePlan(argv[i + 1] ?? '', argv.slice(i + 2), cwd);
    if (name === 'php' && word === '-f' && argv[i + 1] !== undefined)
      return { ...NONE, script: resolvePath(argv[i + 1] as string, cwd) };
    if (name === 'pwsh' && word.toLowerCase() === '-file' && argv[i + 1] !== undefined)
      return { ...NONE, script: resolvePath(argv[i + 1] as string, cwd) };
    if (inline.includes(word) || inline.includes(word.toLowerCase())) return { ...NONE, inline: true };
    if ((name === 'perl' || name === 'ruby') && !word.startsWith('--') && word.includes('e'))
      return { ...NONE, inline: true };
    if (takes.has(word)) i += 1;
  }
  return { ...NONE, fromInput: true };
}

/** `python -m pip install ./x`, `python -m package` in a directory of code. */
function modulePlan(module: string, rest: readonly string[], cwd: string): ExecutionPlan {
  if (module === 'pip' || module === 'build' || module === 'venv') {
    const local = rest.filter(word => word.startsWith('.') || word.startsWith('/')).map(word => resolvePath(word, cwd));
    return { ...NONE, contents: local.map(path => ({ path, how: 'build' as const })) };
  }
  const path = resolvePath(module.replaceAll('.', '/'), cwd);
  return {
    ...NONE,
    inline: true,
    codeDirectory: cwd,
    contents: [
      { path: `${path}.py`, how: 'interpreter-module' },
      { path: `${path}/__main__.py`, how: 'interpreter-module' },
    ],
  };
}

function awkPlan(argv: readonly string[], cwd: string): ExecutionPlan {
  const at = argv.indexOf('-f');
  const script = at > 0 ? argv[at + 1] : undefined;
  return script === undefined ? { ...NONE, inline: true } : { ...NONE, script: resolvePath(script, cwd) };
}

function javaPlan(argv: readonly string[], cwd: string): ExecutionPlan {
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '-jar' && argv[i + 1] !== undefined)
      return { ...NONE, script: resolvePath(argv[i + 1] as string, cwd) };
    if ((word === '-cp' || word === '-classpath' || word === '--class-path') && argv[i + 1] !== undefined) {
      const entries = (argv[i + 1] as string).split(':').filter(entry => entry !== '');
      return {
        ...NONE,
        inline: true,
        contents: entries.map(entry => ({ path: resolvePath(entry, cwd), how: 'interpreter-module' as const })),
      };
    }
    if (!word.startsWith('-'))
      return word.endsWith('.java') ? { ...NONE, script: resolvePath(word, cwd) } : { ...NONE, inline: true };
  }
  return NONE;
}

/**
 * wine(1): a program by its Unix path, or by a drive. Z: is the root of this host's files by default; what lies on another
 * drive lies below a prefix that the record does not name, so nothing is said about it. `start` takes options with a slash.
 */
function winePlan(argv: readonly string[], cwd: string): ExecutionPlan {
  const starts = argv[1] === 'start' || /^start\.exe$/i.test(argv[1] ?? '');
  const word = argv
    .slice(starts ? 2 : 1)
    .find(each => !each.startsWith('-') && !(starts && each.startsWith('/') && !each.includes('/', 1)));
  if (word === undefined) return NONE;
  if (!/^[A-Za-z]:[\\/]/.test(word)) return { ...NONE, script: resolvePath(word.replaceAll('\\', '/'), cwd) };
  return /^z:/i.test(word) ? { ...NONE, script: resolvePath(word.slice(2).replaceAll('\\', '/'), '/') } : NONE;
}

function firstFile(argv: readonly string[], cwd: string): ExecutionPlan {
  const word = argv
    .slice(1)
    .find(argument => !argument.startsWith('-') && argument !== 'start' && argument !== 'exec' && argument !== 'run');
  return word === undefined ? NONE : { ...NONE, script: resolvePath(word, cwd) };
}

const LAUNCHERS = new Set([
  'gio',
  'gtk-launch',
  'dex',
  'exo-open',
  'kioclient',
  'kioclient5',
  'kde-open',
  'kde-open5',
  'kstart5',
  'xdg-open',
  'gnome-open',
  'mate-open',
  'desktop-file-exec',
  'desktop-launch',
  'glib-launch',
  'gdesktop-launch',
]);

/** A program that starts what a desktop entry says. */
export const isLauncher = (exe: string): boolean => LAUNCHERS.has(programName(exe));

/** Programs that run other code by their nature: launchers, package managers, build tools. */
function toolPlan(
  contents: { path: string; how: ExecutionRoute }[],
  name: string,
  argv: readonly string[],
  cwd: string,
): ExecutionPlan {
  if (name === 'env') {
    for (const path of preloadedBy(argv)) contents.push({ path: resolvePath(path, cwd), how: 'loader' });
    return { ...NONE, contents };
  }
  for (const path of commandFiles(name, argv, cwd)) contents.push({ path, how: 'interpreter-script' });
  if (LAUNCHERS.has(name)) {
    for (const word of argv.slice(1)) {
      const path = word.startsWith('file://') ? word.slice(7) : word;
      if (path.endsWith('.desktop')) contents.push({ path: resolvePath(path, cwd), how: 'launcher' });
    }
    return { ...NONE, contents };
  }
  const bits = classOfPath(name);
  if (bits & CLASS.packageManager) {
    if (!mayInstall(name, argv)) return { ...NONE, contents };
    for (const word of argv.slice(1)) {
      if (/\.(?:deb|rpm|apk|snap|flatpakref|flatpak|pkg\.tar\.\w+)$/i.test(word))
        contents.push({ path: resolvePath(word, cwd), how: 'package-script' });
    }
    return { ...NONE, contents };
  }
  if (bits & CLASS.build) {
    const at = argv.findIndex(word => word === '-f' || word === '--file' || word === '--makefile');
    if (at > 0 && argv[at + 1] !== undefined)
      contents.push({ path: resolvePath(argv[at + 1] as string, cwd), how: 'build' });
    const to = argv.findIndex(word => word === '-C' || word === '--directory' || word === '--prefix');
    const directory = to > 0 && argv[to + 1] !== undefined ? resolvePath(argv[to + 1] as string, cwd) : cwd;
    for (const word of argv.slice(1))
      if (word.startsWith('./') || word.startsWith('/')) contents.push({ path: resolvePath(word, cwd), how: 'build' });
    return { ...NONE, contents, codeDirectory: directory };
  }
  return { ...NONE, contents };
}

const CODE_ENDINGS = new Set(
  'sh bash zsh ksh csh fish py pyw pyc pl pm rb js mjs cjs ts php lua tcl awk jar class desktop r vbs ps1 mk gradle groovy jl expect run bin elf appimage so cmake ninja bzl'.split(
    ' ',
  ),
);
const CODE_NAMES = new Set([
  'makefile',
  'gnumakefile',
  'package.json',
  'setup.py',
  'pyproject.toml',
  'configure',
  'rakefile',
  'gemfile',
  'build.gradle',
  'tasks.json',
  '__main__.py',
  'sconstruct',
  'cmakelists.txt',
  'meson.build',
  'build.xml',
  'pom.xml',
  'justfile',
  'wscript',
  'preinst',
  'postinst',
  'prerm',
  'postrm',
  'pkgbuild',
]);

/** True when a file of this name is code by its name: an interpreter that reads it runs it. */
export function isCodeName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (CODE_NAMES.has(name)) return true;
  const dot = name.lastIndexOf('.');
  return dot > 0 && CODE_ENDINGS.has(name.slice(dot + 1).trim());
}
