import type { WatchEvent } from '../../src/events/event.ts';
import type { Actor, HostEvent } from '../../src/events/host-events.ts';

/** What a sensor's form carries of an audit recording, and what it does not. */
export interface Lens {
  /** Folder of `src/decoders`, and file of the converted case. */
  readonly decoder: string;
  readonly file: string;
  /** Kinds of events that the form has. */
  readonly kinds: readonly HostEvent['kind'][];
  /** Facts that it loses, named; each names what is left out or changed on both sides before they are compared. */
  readonly loses: readonly Loss[];
  /** Of the recording, what the sensor sees at all. */
  readonly sees: (event: HostEvent) => boolean;
}

export type Loss =
  | 'real user'
  | 'effective user'
  | 'login'
  | 'change of user'
  | 'session'
  | 'terminal'
  | 'user name'
  | 'first argument'
  | 'bounds of arguments'
  | 'interpreter'
  | 'file handed to execve'
  | 'working directory'
  | 'executable behind a script'
  | 'command name'
  | 'parent of who acts'
  | 'mode and owner'
  | 'place on the disk'
  | 'created'
  | 'truncated'
  | 'descriptor'
  | 'read of a readwrite open'
  | 'outcome'
  | 'new mode'
  | 'microseconds';

type Plain = Record<string, unknown>;

/** An event as the form can tell it, comparable; null for a kind that it does not have. */
export function through(lens: Lens, event: WatchEvent): string | null {
  if (!('actor' in event) || !(lens.kinds as readonly string[]).includes(event.kind)) return null;
  const { ref: _ref, order: _order, host: _host, ...rest } = event;
  const plain: Plain = { ...rest, actor: { ...event.actor } };
  delete plain.argvJoined;
  for (const loss of lens.loses) LOSSES[loss](plain, plain.actor as Record<keyof Actor, unknown>);
  return JSON.stringify(plain, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const filesOf = (event: Plain): Plain[] =>
  ['file', 'from', 'to']
    .filter(key => key in event)
    .map(key => {
      const file = { ...(event[key] as Plain) };
      event[key] = file;
      return file;
    });

const LOSSES: Readonly<Record<Loss, (event: Plain, actor: Record<keyof Actor, unknown>) => void>> = {
  'real user': (_, actor) => void (actor.uid = 0),
  'effective user': (_, actor) => void (actor.euid = 0),
  'change of user': (event, actor) => {
    if (event.kind !== 'process.started') actor.euid = 0;
  },
  login: (_, actor) => void (actor.auid = 0),
  session: (_, actor) => void (actor.ses = 0),
  terminal: (_, actor) => void (actor.tty = ''),
  'user name': event => void (event.userName = ''),
  'first argument': event => void (event.argv = Array.isArray(event.argv) ? event.argv.slice(1) : 0),
  'bounds of arguments': event =>
    void (event.argv = Array.isArray(event.argv) ? event.argv.join(' ').split(/\s+/).join(' ').trim() : 0),
  interpreter: event => void (event.interpreter = ''),
  'file handed to execve': event => void (event.kind === 'process.started' && (event.file = {})),
  'working directory': event => void (event.cwd = ''),
  'executable behind a script': (_, actor) => {
    actor.exe = '';
    actor.comm = '';
  },
  'command name': (_, actor) => void (actor.comm = ''),
  'parent of who acts': (event, actor) => void (event.kind !== 'process.started' && (actor.ppid = 0)),
  'mode and owner': event => filesOf(event).forEach(file => Object.assign(file, { mode: -1, ownerUid: -1 })),
  'place on the disk': event => filesOf(event).forEach(file => Object.assign(file, { node: -1 })),
  created: event => void (event.created = false),
  truncated: event => void (event.truncated = false),
  descriptor: event => void (event.fd = -1),
  'read of a readwrite open': event => void (event.access === 'readwrite' && (event.access = 'write')),
  outcome: event => void (event.outcome = ''),
  'new mode': event => void (event.kind === 'file.mode-changed' && (event.mode = -1)),
  microseconds: event => void (event.time = Math.floor(event.time as number)),
};

const FILES: readonly HostEvent['kind'][] = ['file.opened', 'file.renamed', 'file.deleted', 'file.mode-changed'];
const NO_TERMINAL: readonly Loss[] = ['session', 'terminal', 'login'];
const NO_DISK: readonly Loss[] = ['mode and owner', 'place on the disk', 'descriptor', 'user name'];
const FALCO_PLACES = ['/home/', '/root/', '/tmp/', '/var/tmp/', '/var/mail/', '/var/spool/', '/etc/'];
const SENSITIVE = ['/home/', '/root/', '/var/mail/', '/var/spool/mail/', '/tmp/', '/var/tmp/'];
const under = (places: readonly string[], path: string) => places.some(place => path.startsWith(place));
const isUnix = (event: HostEvent) => event.kind === 'network.connected' && event.family === 'unix';

/** The path by which a rule or a policy would choose a file event; '' for other events. */
function placeOf(event: HostEvent): string {
  if (event.kind === 'file.renamed') return event.to.path;
  return event.kind === 'file.opened' || event.kind === 'file.deleted' || event.kind === 'file.mode-changed'
    ? event.file.path
    : '';
}

/** The file of an fchmod(2) has no name in the audit log: no form tells of it. */
export const isNameless = (event: HostEvent) =>
  'file' in event && event.kind !== 'process.started' && event.file.path === '';

export const LENSES: readonly Lens[] = [
  {
    decoder: 'ecs',
    file: 'endpoint.ndjson.gz',
    kinds: ['process.started', 'file.opened', 'file.renamed', 'file.deleted', 'network.connected'],
    loses: [
      ...NO_TERMINAL,
      ...NO_DISK,
      'interpreter',
      'file handed to execve',
      'truncated',
      'parent of who acts',
      'read of a readwrite open',
      'outcome',
    ],
    sees: event =>
      !isUnix(event) &&
      (event.kind !== 'file.opened' || event.access !== 'read' || event.created || under(SENSITIVE, event.file.path)),
  },
  {
    decoder: 'tetragon',
    file: 'tetragon.log.gz',
    kinds: ['process.started', ...FILES, 'network.connected'],
    loses: [
      'real user',
      'change of user',
      'session',
      'terminal',
      ...NO_DISK,
      'first argument',
      'bounds of arguments',
      'interpreter',
      'executable behind a script',
      'parent of who acts',
      'created',
      'truncated',
      'read of a readwrite open',
      'outcome',
    ],
    sees: () => true,
  },
  {
    decoder: 'falco',
    file: 'falco.json.gz',
    kinds: ['process.started', ...FILES, 'network.connected'],
    loses: ['effective user', 'session', ...NO_DISK, 'bounds of arguments', 'interpreter', 'file handed to execve'],
    sees: event => !isUnix(event) && (placeOf(event) === '' || under(FALCO_PLACES, placeOf(event))),
  },
  {
    decoder: 'tracee',
    file: 'tracee.json.gz',
    kinds: ['process.started', ...FILES, 'network.connected'],
    loses: [
      'effective user',
      ...NO_TERMINAL,
      'mode and owner',
      'place on the disk',
      'descriptor',
      'user name',
      'interpreter',
      'file handed to execve',
      'working directory',
      'created',
      'outcome',
    ],
    sees: () => true,
  },
  {
    decoder: 'ocsf',
    file: 'ocsf.ndjson.gz',
    kinds: ['process.started', ...FILES, 'network.connected'],
    loses: [
      'session',
      'terminal',
      ...NO_DISK,
      'bounds of arguments',
      'interpreter',
      'executable behind a script',
      'truncated',
      'read of a readwrite open',
      'outcome',
      'new mode',
      'microseconds',
    ],
    sees: event => !isUnix(event),
  },
];
