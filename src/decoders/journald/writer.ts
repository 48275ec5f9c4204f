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

/** Programs that anybody runs, and that log as who runs them. */
const RUN_BY_ANYBODY = new Set(['sudo', 'su', 'su-l', 'sshd', 'sshd-session', 'systemd', 'login', 'crontab', 'at']);
const FAMILIES_MAX = 256;
const UIDS_MAX = 16;

/**
 * May the process of the trusted fields have written this in the name of `program` (SYSLOG_IDENTIFIER)? Whoever can reach
 * /dev/log can write any name; the fields with an underscore are journald's own (systemd.journal-fields(7)).
 *
 * Root is believed. Anybody else must run the program's own file from a system place. Where the file is not known (the
 * process ended before journald looked, as logger(1) often has), the name of its command must be the program's; where that
 * is not known either, a service is believed once the same program was seen under that account with its own file.
 */
export class Writers {
  #accounts = new Map<string, number[]>();

  mayHaveWritten(program: string, writer: Writer): boolean {
    const { uid } = writer;
    if (uid <= 0) return true;
    const words = program.toLowerCase().split('/');
    const name = words.at(-1) as string;
    const family = plainFamily(words[0] as string);
    const exe = writer.exe.endsWith(' (deleted)') ? writer.exe.slice(0, -10) : writer.exe;
    if (exe === '') return this.#withoutFile(name, family, writer);
    const may = runsItsFile(name, family, exe, uid);
    if (may && !isPerson(uid)) this.#learn(family, uid);
    return may;
  }

  snapshot(): Map<string, number[]> {
    return new Map([...this.#accounts].map(([family, uids]) => [family, [...uids]]));
  }

  restore(data: unknown): void {
    this.#accounts = data as Map<string, number[]>;
  }

  #withoutFile(name: string, family: string, { uid, comm }: Writer): boolean {
    const fits = comm !== '' && namesOf(comm.toLowerCase()).includes(name);
    if (isPerson(uid)) return fits && RUN_BY_ANYBODY.has(name);
    return comm === '' ? (this.#accounts.get(family)?.includes(uid) ?? false) : fits;
  }

  #learn(family: string, uid: number): void {
    const uids = this.#accounts.get(family);
    if (uids === undefined) {
      if (this.#accounts.size < FAMILIES_MAX) this.#accounts.set(family, [uid]);
    } else if (!uids.includes(uid) && uids.length < UIDS_MAX) uids.push(uid);
  }
}

function runsItsFile(name: string, family: string, exe: string, uid: number): boolean {
  if (!SYSTEM_PLACES.some(place => exe.startsWith(place))) return false;
  const inFamily = ['/lib/', '/libexec/', '/lib64/'].some(place => exe.includes(`${place}${family}/`));
  // Postfix starts these as root or as itself: who starts one by hand has it write what they want.
  if (inFamily && family === 'postfix' && isPerson(uid)) return false;
  const base = exe.slice(exe.lastIndexOf('/') + 1).toLowerCase();
  if (inFamily || namesOf(base).includes(name)) return true;
  return !isPerson(uid) && SCRIPTS.has(name) && INTERPRETERS.has(withoutVersion(base));
}

/** `postfix/lmtp` and `postfix-out/smtp`, one of several instances, are written by `/usr/lib/postfix/sbin/smtp`. */
function plainFamily(word: string): string {
  const dash = word.indexOf('-');
  return dash > 0 ? word.slice(0, dash) : word;
}

/** Its own name, without a version, and other names it logs under. */
function namesOf(base: string): readonly string[] {
  return [base, withoutVersion(base), ...(OTHER_NAMES[base] ?? [])];
}

/** `python3.11` is `python`, `exim4` is `exim`. */
function withoutVersion(base: string): string {
  let end = base.length;
  while (end > 0 && (base[end - 1] === '.' || (base[end - 1] as string) <= '9') && (base[end - 1] as string) >= '.')
    end -= 1;
  return base.slice(0, end);
}

/** Accounts of people; below are services, above the ids that systemd hands out, 65534 is nobody (systemd's UIDS-GIDS). */
function isPerson(uid: number): boolean {
  return uid >= 1000 && (uid < 61_184 || uid > 65_535);
}
