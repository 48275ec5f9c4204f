/** What the journal itself knows of the process that wrote an entry: '' and -1 where it does not. */
export interface Writer {
  /** `_UID`: the real user id, by the kernel's word. */
  readonly uid: number;
  /** `_EXE` and `_COMM`, read from /proc while the process was there. */
  readonly exe: string;
  readonly comm: string;
}

/** Where only root installs programs. */
const SYSTEM_PLACES = ['/usr/', '/bin/', '/sbin/', '/lib/', '/lib64/', '/opt/', '/nix/store/', '/snap/'];

/** Programs that log under another name than their file's. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  sendmail: ['sm-mta', 'sm-msp-queue', 'sm-msp', 'sm-acceptingconnections'],
  'sshd-session': ['sshd'],
  'sshd-auth': ['sshd'],
  'sudo-rs': ['sudo'],
  'su-rs': ['su', 'su-l'],
  su: ['su-l'],
  crond: ['crond', 'cron'],
};

/** Services that are scripts: their executable is an interpreter. */
const SCRIPTS = new Set([
  'amavis',
  'amavisd',
  'amavisd-new',
  'spamd',
  'postgrey',
  'policyd-spf',
  'pypolicyd-spf',
  'mimedefang',
  'mailman',
  'mailman3',
]);
const INTERPRETERS = new Set(['perl', 'python', 'pypy', 'ruby', 'node', 'php']);

/**
 * May the process of the trusted fields have written this in the name of `program` (SYSLOG_IDENTIFIER)? Whoever can reach
 * /dev/log can write any name; the fields with an underscore are journald's own (systemd.journal-fields(7)).
 *
 * Root is believed. Anybody else must run the program's own file from a system place; where the file is not known (the
 * process ended before journald looked), a service's account is believed and a person only by the name of the command.
 */
export function mayHaveWritten(program: string, writer: Writer): boolean {
  const { uid, comm } = writer;
  if (uid <= 0) return true;
  const words = program.toLowerCase().split('/');
  const name = words.at(-1) as string;
  const exe = writer.exe.endsWith(' (deleted)') ? writer.exe.slice(0, -10) : writer.exe;
  if (exe === '') return isPerson(uid) ? comm !== '' && namesOf(comm.toLowerCase()).includes(name) : true;
  if (!SYSTEM_PLACES.some(place => exe.startsWith(place))) return false;
  const family = words[0] as string;
  const inFamily = familyDirectory(exe, family);
  // Postfix starts these as root or as itself: who starts one by hand has it write what they want.
  if (inFamily && exe.includes('/postfix/') && isPerson(uid)) return false;
  const base = exe.slice(exe.lastIndexOf('/') + 1).toLowerCase();
  if (inFamily || namesOf(base).includes(name)) return true;
  return !isPerson(uid) && SCRIPTS.has(name) && INTERPRETERS.has(base.replace(/[\d.]+$/, ''));
}

/** Its own name, without a version, and other names it logs under. */
function namesOf(base: string): readonly string[] {
  const plain = base.replace(/[\d.]+$/, '');
  return [base, plain, ...(OTHER_NAMES[base] ?? [])];
}

/** `/usr/lib/postfix/sbin/smtp` writes as `postfix/lmtp`, and as `postfix-out/smtp` when it is one of several instances. */
function familyDirectory(exe: string, family: string): boolean {
  const dash = family.indexOf('-');
  const names = dash > 0 ? [family, family.slice(0, dash)] : [family];
  return names.some(
    each =>
      each !== '' &&
      (exe.includes(`/lib/${each}/`) || exe.includes(`/libexec/${each}/`) || exe.includes(`/lib64/${each}/`)),
  );
}

/** Accounts of people; below are services, above the ids that systemd hands out, 65534 is nobody (systemd's UIDS-GIDS). */
function isPerson(uid: number): boolean {
  return uid >= 1000 && (uid < 61_184 || uid > 65_535);
}
