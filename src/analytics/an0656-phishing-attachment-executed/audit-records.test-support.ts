import { baseName, resolvePath } from '../../core/paths.ts';

/** Audit records of one made-up host, written by hand: processes that start, open, rename, connect. */
const T0 = Date.UTC(2026, 2, 2, 9, 0, 0);
const UIDS: Readonly<Record<string, number>> = {
  root: 0,
  'www-data': 33,
  backup: 34,
  amavis: 110,
  postfix: 102,
  dovecot: 103,
  ops: 1001,
  dev: 1002,
  clerk: 1003,
  buyer: 1004,
};
export const PASSWD = Object.entries(UIDS).map(
  ([name, uid]) =>
    `${name}:x:${uid}:${uid}::${uid === 0 ? '/root' : uid > 1000 ? `/home/${name}` : `/var/lib/${name}`}:/bin/bash`,
);
export const UNSET = 4294967295;

/** What the host's audit rules record. */
export interface Telemetry {
  readonly files: boolean;
  readonly network: boolean;
}

export interface Identity {
  readonly uid: number;
  readonly auid: number;
  readonly ses: number;
  readonly tty: string;
}

export class AuditRecords {
  readonly telemetry: Telemetry;
  readonly lines: string[] = [];
  now = T0;
  #serial = 1000;
  #pid = 2000;
  #inode = 900_000;
  readonly #nodes = new Map<string, { inode: number; mode: number; uid: number }>();
  readonly #reused = new Map<string, { readonly inode: number }>();

  constructor(telemetry: Telemetry) {
    this.telemetry = telemetry;
  }

  nextPid(): number {
    this.#pid += 1;
    return this.#pid;
  }

  /** One audit event: its SYSCALL record and the others. */
  event(
    process: Process,
    call: { number: number; exit?: number; a: readonly number[] },
    others: readonly string[],
  ): void {
    this.now += 4;
    this.#serial += 1;
    const stamp = `msg=audit(${(this.now / 1000).toFixed(3)}:${this.#serial}):`;
    const { uid, auid, ses, tty } = process.who;
    const [a0 = 0, a1 = 0, a2 = 0, a3 = 0] = call.a;
    const failed = (call.exit ?? 0) < 0;
    this.lines.push(
      `type=SYSCALL ${stamp} arch=c000003e syscall=${call.number} success=${failed ? 'no' : 'yes'} exit=${call.exit ?? 0} a0=${hex(a0)} a1=${hex(a1)} a2=${hex(a2)} a3=${hex(a3)} items=${others.filter(each => each.startsWith('PATH')).length} ppid=${process.ppid} pid=${process.pid} auid=${auid} uid=${uid} gid=${uid} euid=${uid} suid=${uid} fsuid=${uid} egid=${uid} sgid=${uid} fsgid=${uid} tty=${tty} ses=${ses} comm=${word(process.comm || baseName(process.exe).slice(0, 15))} exe=${word(process.exe)} key="k"`,
      ...others.map(record => `type=${record.replace(' ', ` ${stamp} `)}`),
    );
  }

  /** A PATH record; the file is made when it was not known. */
  path(item: number, name: string, at: string, nametype: string, uid: number): string {
    const node = this.node(at, uid);
    return `PATH item=${item} name=${word(name)} inode=${node.inode} dev=fe:00 mode=0100${node.mode.toString(8).padStart(3, '0')} ouid=${node.uid} ogid=${node.uid} rdev=00:00 nametype=${nametype} cap_fp=0`;
  }

  knows(path: string): boolean {
    return this.#nodes.has(path);
  }

  node(path: string, uid: number): { inode: number; mode: number; uid: number } {
    let node = this.#nodes.get(path);
    if (node === undefined) {
      this.#inode += 1;
      const owner = ownerOf(path) ?? uid;
      const inode = this.#reused.get(path)?.inode ?? this.#inode;
      node = { inode, mode: ownerOf(path) === 0 ? 0o755 : 0o644, uid: owner };
      this.#nodes.set(path, node);
    }
    return node;
  }

  move(from: string, to: string): void {
    const node = this.#nodes.get(from);
    if (node === undefined) return;
    this.#nodes.delete(from);
    this.#nodes.set(to, node);
  }

  forget(path: string): void {
    this.#nodes.delete(path);
  }

  /** A file that is to be made at `path` will get the number that another had. */
  reuse(path: string, node: { readonly inode: number }): void {
    this.#reused.set(path, node);
  }

  /** pam opens a session for a person. */
  opened(user: string, exe: string, who: Identity, address = '?'): void {
    this.#serial += 1;
    this.lines.push(
      `type=USER_START msg=audit(${(this.now / 1000).toFixed(3)}:${this.#serial}): pid=${this.#pid} uid=0 auid=${who.auid} ses=${who.ses} msg='op=PAM:session_open grantors=pam_unix acct="${user}" exe="${exe}" hostname=${address} addr=${address} terminal=${who.tty === '(none)' ? 'cron' : 'ssh'} res=success'`,
    );
  }
}

export interface RunOptions {
  readonly argv0?: string;
  readonly cwd?: string;
  /** The interpreter of a script's first line. */
  readonly by?: string;
  readonly who?: Identity;
  /** The loader (or another program) that really runs, where it differs from the file handed to execve. */
  readonly exe?: string;
}

export const SYSTEM: Identity = { uid: 0, auid: UNSET, ses: UNSET, tty: '(none)' };

export class Process {
  readonly records: AuditRecords;
  readonly pid: number;
  ppid: number;
  exe: string;
  who: Identity;
  cwd = '/';
  /** A script's, which its interpreter bears; '' where it is the executable's. */
  comm = '';

  constructor(records: AuditRecords, pid: number, ppid: number, exe: string, who: Identity) {
    this.records = records;
    this.pid = pid;
    this.ppid = ppid;
    this.exe = exe;
    this.who = who;
  }

  /** A child with the same image; forks leave no record. */
  fork(who: Identity = this.who): Process {
    const child = new Process(this.records, this.records.nextPid(), this.pid, this.exe, who);
    child.cwd = this.cwd;
    return child;
  }

  /** Forks and starts a program: a command line in words, the first the file. */
  run(words: string | readonly string[], options: RunOptions = {}): Process {
    return this.fork(options.who ?? this.who).exec(words, options);
  }

  /** Starts a program in this process. */
  exec(words: string | readonly string[], options: RunOptions = {}): this {
    const [file = '', ...rest] = typeof words === 'string' ? words.split(' ') : words;
    if (options.cwd !== undefined) this.cwd = options.cwd;
    const path = resolvePath(file, this.cwd);
    const { by } = options;
    this.exe = options.exe ?? by ?? path;
    this.comm = by === undefined ? '' : baseName(path).slice(0, 15);
    const argv =
      by === undefined
        ? [options.argv0 ?? (file.startsWith('/') ? baseName(file) : file), ...rest]
        : [by, file, ...rest];
    const { uid } = this.who;
    const second = by ?? '/lib64/ld-linux-x86-64.so.2';
    this.records.event(this, { number: 59, a: [1, 2, 3] }, [
      `EXECVE argc=${argv.length} ${argv.map((each, i) => `a${i}=${word(each)}`).join(' ')}`,
      `CWD cwd=${word(this.cwd)}`,
      this.records.path(0, file, path, 'NORMAL', uid),
      this.records.path(1, second, second, 'NORMAL', 0),
    ]);
    return this;
  }

  /** Children that start together, as a shell's pipeline does. */
  pipeline(...stages: (string | readonly string[])[]): Process[] {
    return stages.map(stage => this.run(stage));
  }

  read(name: string): this {
    return this.#open(name, 0);
  }

  write(name: string): this {
    return this.#open(name, 0o1101);
  }

  rename(from: string, to: string): this {
    if (!this.records.telemetry.files) return this;
    const [a, b] = [resolvePath(from, this.cwd), resolvePath(to, this.cwd)];
    const before = this.records.path(0, from, a, 'DELETE', this.who.uid);
    this.records.move(a, b);
    const after = this.records.path(1, to, b, 'CREATE', this.who.uid);
    this.records.event(this, { number: 82, a: [1, 2] }, [`CWD cwd=${word(this.cwd)}`, before, after]);
    return this;
  }

  link(from: string, to: string): this {
    const [a, b] = [resolvePath(from, this.cwd), resolvePath(to, this.cwd)];
    this.records.reuse(b, this.records.node(a, this.who.uid));
    const before = this.records.path(0, from, a, 'NORMAL', this.who.uid);
    const after = this.records.path(1, to, b, 'CREATE', this.who.uid);
    if (this.records.telemetry.files)
      this.records.event(this, { number: 86, a: [1, 2] }, [`CWD cwd=${word(this.cwd)}`, before, after]);
    return this;
  }

  chmod(name: string, mode: number): this {
    const path = resolvePath(name, this.cwd);
    const record = this.records.path(0, name, path, 'NORMAL', this.who.uid);
    this.records.node(path, this.who.uid).mode = mode;
    if (this.records.telemetry.files)
      this.records.event(this, { number: 268, a: [0xffffff9c, 1, mode] }, [`CWD cwd=${word(this.cwd)}`, record]);
    return this;
  }

  unlink(name: string): this {
    if (!this.records.telemetry.files) return this;
    const path = resolvePath(name, this.cwd);
    this.records.event(this, { number: 87, a: [1] }, [
      `CWD cwd=${word(this.cwd)}`,
      this.records.path(0, name, path, 'DELETE', this.who.uid),
    ]);
    this.records.forget(path);
    return this;
  }

  /** `exit`: what connect(2) answers, such as -111, refused. */
  connect(address: string, port: number, exit = 0): this {
    if (!this.records.telemetry.network) return this;
    this.records.event(this, { number: 42, exit, a: [3, 1, address.includes(':') ? 28 : 16] }, [
      `SOCKADDR saddr=${sockaddr(address, port)}`,
    ]);
    return this;
  }

  exit(): void {
    this.records.event(this, { number: 231, a: [0] }, []);
  }

  /** Its parent ended: pid 1 takes it over. */
  orphan(): this {
    this.ppid = 1;
    return this;
  }

  #open(name: string, flags: number): this {
    if (!this.records.telemetry.files) return this;
    const path = resolvePath(name, this.cwd);
    const fresh = flags !== 0 && !this.records.knows(path);
    this.records.event(this, { number: 257, exit: 3, a: [0xffffff9c, 1, flags, 0x1b4] }, [
      `CWD cwd=${word(this.cwd)}`,
      this.records.path(0, name, path, fresh ? 'CREATE' : 'NORMAL', this.who.uid),
    ]);
    return this;
  }
}

const hex = (value: number): string => value.toString(16);
export const homeOf = (user: string): string => (user === 'root' ? '/root' : `/home/${user}`);

export function uidOf(user: string): number {
  const uid = UIDS[user];
  if (uid === undefined) throw new Error(`no such user here: ${user}`);
  return uid;
}

/** Who owns a file by its place; undefined where whoever makes it does. */
function ownerOf(path: string): number | undefined {
  const named = /^\/(?:home|var\/mail|var\/spool\/mail)\/([a-z-]+)/.exec(path)?.[1];
  if (named !== undefined) return UIDS[named];
  return /^\/(?:tmp|var\/tmp|dev\/shm|run|srv|memfd:|var\/www)/.test(path) ? undefined : 0;
}

/** As auditd writes text: in quotes, or in hex when it holds a blank, a quote or anything beyond ASCII. */
function word(value: string): string {
  if (/^[\x21\x23-\x7e]*$/.test(value)) return `"${value}"`;
  return Buffer.from(value, 'utf8').toString('hex').toUpperCase();
}

function sockaddr(address: string, port: number): string {
  const portHex = port.toString(16).padStart(4, '0').toUpperCase();
  if (!address.includes(':')) {
    const bytes = address.split('.').map(part => Number(part).toString(16).padStart(2, '0').toUpperCase());
    return `0200${portHex}${bytes.join('')}0000000000000000`;
  }
  const [head = '', tail = ''] = address.split('::');
  const [front, back] = [head, tail].map(side => (side === '' ? [] : side.split(':')));
  const zeros = Array<string>(8 - (front?.length ?? 0) - (back?.length ?? 0)).fill('0');
  const groups = [...(front ?? []), ...zeros, ...(back ?? [])].map(part => part.padStart(4, '0').toUpperCase());
  return `0A00${portHex}00000000${groups.join('')}00000000`;
}
