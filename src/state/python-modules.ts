import { dirName, isWithin } from '../core/paths.ts';
import type { ProcessState } from './processes.ts';
import { argumentPaths } from './tool-words.ts';

/**
 * Modules of Python's own library that are run by `-m` (Python documentation, "Modules command-line interface"). A file of that name in
 * the working directory would come first; that there is one, a record has to show.
 */
const STANDARD = new Set(
  'ast asyncio base64 calendar code compileall cProfile difflib dis doctest encodings ensurepip filecmp fileinput ftplib gzip http idlelib inspect json mailbox mimetypes modulefinder nntplib pdb pickle pickletools platform poplib profile pstats py_compile pyclbr pydoc quopri random runpy site smtpd sqlite3 ssl sysconfig tabnanny tarfile telnetlib test textwrap this timeit tokenize trace turtledemo unittest uu uuid venv webbrowser xmlrpc zipapp zipfile'.split(
    ' ',
  ),
);

/** The words run a module of the library: `python3 -m json.tool x`. */
export function runsStandardModule(argv: readonly string[]): boolean {
  const module = argv[argv.indexOf('-m') + 1] ?? '';
  return argv.includes('-m') && STANDARD.has(module.split('.', 1).join());
}

/** Modules, of the library and others, that read, compile, list or rewrite the files that they are given, and run none of them. */
const ONLY_READ = new Set(
  'ast base64 compileall difflib dis filecmp gzip http json mimetypes modulefinder pickletools py_compile pyclbr symtable tabnanny tarfile tokenize uu zipapp zipfile autopep8 bandit black codespell flake8 isort mypy pycodestyle pydocstyle pyflakes pylint pyright radon ruff vulture yapf'.split(
    ' ',
  ),
);

/**
 * The file is what the words give to such a module: `python3 -m py_compile x.py`. What else it takes in, as a file of a module's name in
 * the working directory, it imports, and runs; so of a folder only what lies in another than that.
 */
export function isGivenToRead(process: ProcessState, path: string): boolean {
  const { argv, cwd } = process;
  const at = argv.indexOf('-m');
  if (at < 0 || !ONLY_READ.has((argv[at + 1] ?? '').split('.', 1).join())) return false;
  const given = argumentPaths(process);
  return given.includes(path) || (dirName(path) !== cwd && given.some(each => each !== cwd && isWithin(path, each)));
}
