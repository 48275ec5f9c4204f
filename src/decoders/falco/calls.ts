import { untrusted } from '../../core/untrusted.ts';
import type { FileOpened, NetworkConnected } from '../../events/host-events.ts';
import { addressOf } from '../address.ts';
import type { EmitEvent } from '../contract.ts';
import { fileOf } from '../json-lines/actor.ts';
import { PHASE } from '../json-lines/record.ts';
import { type FalcoRecord, fieldNumber, fieldText } from './fields.ts';

/** What one system call means; nothing where the output leaves out what it was about, and nothing where it failed. */
export function decodeCall(record: FalcoRecord, emit: EmitEvent): void {
  const result = fieldText(record.fields, 'evt.res');
  const failed = result.startsWith('E') && result !== 'EINPROGRESS';
  switch (record.call) {
    case 'execve':
    case 'execveat':
      if (!failed) started(record, emit);
      return;
    case 'open':
    case 'openat':
    case 'openat2':
    case 'creat':
    case 'open_by_handle_at':
      if (!failed) opened(record, emit);
      return;
    case 'connect':
      connected(record, failed ? 'failed' : result === 'SUCCESS' ? 'established' : 'in-progress', emit);
      return;
    case 'rename':
    case 'renameat':
    case 'renameat2':
      if (!failed)
        moved(
          record,
          'file.renamed',
          ['fs.path.source', 'evt.arg.oldpath'],
          ['fs.path.target', 'evt.arg.newpath'],
          emit,
        );
      return;
    case 'link':
    case 'linkat':
      if (!failed)
        moved(
          record,
          'file.linked',
          ['fs.path.source', 'evt.arg.oldpath'],
          ['fs.path.target', 'evt.arg.newpath'],
          emit,
        );
      return;
    case 'symlink':
    case 'symlinkat':
      if (!failed)
        moved(
          record,
          'file.symlinked',
          ['fs.path.target', 'evt.arg.target'],
          ['fs.path.source', 'evt.arg.linkpath'],
          emit,
        );
      return;
    case 'unlink':
    case 'unlinkat': {
      const path = pathOf(record, 'fs.path.name', 'evt.arg.path', 'evt.arg.name', 'fd.name');
      if (failed || path === '') return;
      emit({ kind: 'file.deleted', ...record.base, order: record.order(PHASE.ended), file: fileOf(path) });
      return;
    }
    case 'chmod':
    case 'fchmod':
    case 'fchmodat': {
      const path = pathOf(record, 'fs.path.name', 'evt.arg.filename', 'fd.name');
      if (failed || path === '') return;
      const mode = modeOf(fieldText(record.fields, 'evt.arg.mode'));
      emit({
        kind: 'file.mode-changed',
        ...record.base,
        order: record.order(PHASE.modeChanged),
        file: fileOf(path),
        mode,
      });
      return;
    }
    default:
  }
}

/** The first of the fields that names a path. Falco makes a name absolute in `fd.name` and `fs.path.*`; arguments are as given. */
function pathOf({ fields, cwd }: FalcoRecord, ...names: readonly string[]): string {
  for (const name of names) {
    const path = fieldText(fields, name);
    if (path !== '') return path.startsWith('/') ? path : fileOf(path, cwd).path;
  }
  return '';
}

function started(record: FalcoRecord, emit: EmitEvent): void {
  const { actor, argv, joined, cwd, base, order, fields } = record;
  if (actor.pid < 0 && actor.exe === '' && argv.length === 0) return;
  emit({
    kind: 'process.started',
    ...base,
    order: order(PHASE.started),
    file: fileOf(actor.exe),
    interpreter: untrusted(''),
    argv,
    ...joined,
    // Falco keeps the first 4096 bytes of the arguments.
    argvCut: false,
    cwd,
    userName: fieldText(fields, 'user.name'),
  });
}

function opened(record: FalcoRecord, emit: EmitEvent): void {
  const { fields, base, order } = record;
  const path = pathOf(record, 'fs.path.name', 'fd.name', 'evt.arg.name');
  if (path === '') return;
  const flags = new Set(fieldText(fields, 'evt.arg.flags').slice(0, 512).split('|'));
  const access = accessOf(record, flags);
  emit({
    kind: 'file.opened',
    ...base,
    order: order(access === 'read' ? PHASE.read : PHASE.written),
    file: fileOf(path),
    access,
    created: flags.has('O_F_CREATED') || fields['evt.is_open_create'] === true,
    truncated: flags.has('O_TRUNC'),
    fd: fieldNumber(fields, 'fd.num'),
  });
}

/** Flags as Falco writes them; without them what `evt.is_open_read` and `evt.is_open_write` say; to read, where nothing does. */
function accessOf({ fields, call }: FalcoRecord, flags: ReadonlySet<string>): FileOpened['access'] {
  if (flags.has('O_RDWR')) return 'readwrite';
  if (flags.has('O_WRONLY') || call === 'creat') return 'write';
  if (flags.has('O_RDONLY')) return 'read';
  if (fields['evt.is_open_write'] === true) return fields['evt.is_open_read'] === true ? 'readwrite' : 'write';
  return 'read';
}

/** `0755`, or Falco's names joined by `|`. */
function modeOf(text: string): number {
  if (/^[0-7]{1,6}$/.test(text)) return Number.parseInt(text, 8);
  const bits = text
    .slice(0, 256)
    .split('|')
    .map(name => MODES[name] ?? -1);
  return bits.length === 0 || bits.includes(-1) ? -1 : bits.reduce((mode, bit) => mode | bit, 0);
}

const MODES: Readonly<Record<string, number>> = {
  S_IXOTH: 1,
  S_IWOTH: 2,
  S_IROTH: 4,
  S_IXGRP: 0o10,
  S_IWGRP: 0o20,
  S_IRGRP: 0o40,
  S_IXUSR: 0o100,
  S_IWUSR: 0o200,
  S_IRUSR: 0o400,
  S_ISVTX: 0o1000,
  S_ISGID: 0o2000,
  S_ISUID: 0o4000,
};

function moved(
  record: FalcoRecord,
  kind: 'file.renamed' | 'file.linked' | 'file.symlinked',
  sources: readonly string[],
  targets: readonly string[],
  emit: EmitEvent,
): void {
  const from = pathOf(record, ...sources);
  const to = pathOf(record, ...targets);
  if (from === '' || to === '') return;
  emit({ kind, ...record.base, order: record.order(PHASE.moved), from: fileOf(from), to: fileOf(to) });
}

/** `fd.name` of a connection is `192.0.2.7:50000->203.0.113.9:443`; of a unix socket it ends in the path. */
function connected(record: FalcoRecord, outcome: NetworkConnected['outcome'], emit: EmitEvent): void {
  const { fields, base, order } = record;
  const name = fieldText(fields, 'fd.name');
  const arrow = name.lastIndexOf('->');
  const said = arrow < 0 ? name : name.slice(arrow + 2);
  const colon = said.lastIndexOf(':');
  const at = addressOf(fieldText(fields, 'fd.sip') || fieldText(fields, 'fd.rip') || said.slice(0, Math.max(0, colon)));
  const named = fieldNumber(fields, 'fd.sport');
  const other = named >= 0 ? named : fieldNumber(fields, 'fd.rport');
  const port = other >= 0 ? other : Number(/^\d{1,5}$/.exec(said.slice(colon + 1))?.[0] ?? -1);
  const emitTo = (where: Pick<NetworkConnected, 'family' | 'address' | 'port'>) =>
    emit({ kind: 'network.connected', ...base, order: order(PHASE.connected), ...where, outcome });
  if (at !== null && port > 0 && port < 65_536) emitTo({ ...at, port });
  else if (at === null && fieldText(fields, 'fd.type') === 'unix') {
    const path = name.slice(name.lastIndexOf(' ') + 1).replace(/^.*->/, '');
    if (path.startsWith('/')) emitTo({ family: 'unix', address: untrusted(path), port: 0 });
  }
}
