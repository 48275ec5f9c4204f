/**
 * Who may import whom. The boundary test and the table in ARCHITECTURE.md both derive from this one table.
 * Imports run towards the top of the table only; `engine` wires the rooms, `cli` talks to people.
 */
export interface Room {
  readonly name: string;
  readonly holds: string;
  /** Rooms it may import. */
  readonly imports: readonly string[];
  /** Rooms of which it may name types, and nothing that remains at run time. */
  readonly types: readonly string[];
  /** Node's own modules it may use, without `node:`. */
  readonly builtins: readonly string[];
  /** Packages it may use. */
  readonly packages: readonly string[];
}

export const ROOMS: readonly Room[] = [
  {
    name: 'core',
    holds: 'verdicts, branded time, bounded maps, hashes, untrusted text. No domain.',
    imports: [],
    types: [],
    builtins: ['crypto', 'buffer'],
    packages: [],
  },
  {
    name: 'events',
    holds: 'the nouns: event kinds, references to raw records, findings, the alert.',
    imports: ['core'],
    types: [],
    builtins: [],
    packages: ['zod'],
  },
  {
    name: 'sources',
    holds: 'where bytes come from: files, folders, archives, rotations, standard input.',
    imports: ['core', 'events'],
    types: [],
    builtins: [
      'fs',
      'fs/promises',
      'path',
      'os',
      'zlib',
      'stream',
      'stream/promises',
      'stream/web',
      'buffer',
      'util',
      'module',
    ],
    packages: ['xz-decompress'],
  },
  {
    name: 'decoders',
    holds: 'bytes to events: framing apart from meaning, a folder a program.',
    imports: ['core', 'events'],
    types: [],
    builtins: ['buffer'],
    packages: ['@zone-eu/mailsplit', 'libmime', 'file-type', 'fast-xml-parser'],
  },
  {
    name: 'state',
    holds: 'bounded memory of a host and of mail: processes, files and where they came from, messages, mailboxes.',
    imports: ['core', 'events'],
    types: [],
    builtins: ['buffer'],
    packages: ['csv-parse'],
  },
  {
    name: 'analytics',
    holds: 'a folder a detection: reads notices, mail events and state, returns findings.',
    imports: ['core', 'events', 'state'],
    types: [],
    builtins: [],
    packages: [],
  },
  {
    name: 'alerts',
    holds: 'findings to alerts: identity, severity, raw records beside each step.',
    imports: ['core', 'events', 'sources', 'state', 'analytics'],
    types: [],
    builtins: ['crypto'],
    packages: [],
  },
  {
    name: 'config',
    holds: 'the schema of the one configuration file, loading, explaining.',
    imports: ['core', 'events', 'sources'],
    types: ['analytics'],
    builtins: ['fs', 'path', 'os', 'process'],
    packages: ['zod', 'yaml'],
  },
  {
    name: 'engine',
    holds: 'the pipeline: event time, order, duplicates, snapshots, the report.',
    imports: ['core', 'events', 'sources', 'decoders', 'state', 'analytics', 'alerts', 'config'],
    types: [],
    builtins: ['crypto', 'zlib', 'fs', 'fs/promises', 'path', 'v8', 'worker_threads', 'buffer', 'perf_hooks', 'os'],
    packages: [],
  },
  {
    name: 'sinks',
    holds: 'what people and machines read: terminal, JSON lines.',
    imports: ['core', 'events', 'alerts'],
    types: ['engine', 'sources', 'analytics', 'state'],
    builtins: ['util', 'fs', 'path', 'tty', 'stream'],
    packages: ['string-width'],
  },
  {
    name: 'cli',
    holds: 'one file a command; exit codes.',
    imports: ['core', 'events', 'sources', 'decoders', 'analytics', 'alerts', 'config', 'engine', 'sinks'],
    types: [],
    builtins: ['fs', 'fs/promises', 'path', 'process', 'util', 'url', 'os', 'stream', 'events', 'tty', 'module'],
    packages: ['commander', 'yaml'],
  },
];
