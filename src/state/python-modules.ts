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
