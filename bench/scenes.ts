import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { filesUnder, ROOT } from '../scripts/lib/tree.ts';

/** A piece of a line that is different in every performance of its scene, but the same thing throughout one. */
export type Slot =
  | { readonly kind: 'stamp' }
  | { readonly kind: 'pid' | 'uid' | 'session' | 'inode'; readonly value: number }
  | { readonly kind: 'name' | 'name-hex'; readonly uid: number };

export type Piece = string | Slot;

/** One audit event: its records, and when it comes after the scene's beginning. */
export interface SceneEvent {
  readonly afterMs: number;
  readonly records: readonly (readonly Piece[])[];
}

/** A recorded run, taken apart so that it can be performed again by other people and processes at another time. */
export interface Scene {
  readonly name: string;
  readonly attack: boolean;
  readonly lengthMs: number;
  readonly bytes: number;
  readonly pidMin: number;
  readonly events: readonly SceneEvent[];
}

const USER_MIN = 1000;
const USER_MAX = 60_000;
const PID_MIN = 300;
const UNSET = 4294967295;
/** Programs and libraries are the same files in every scene. */
const SYSTEM_FILE = /name="\/(?:usr|lib|lib64|bin|sbin|etc|opt)(?:\/[^"]*)?" inode=$/;
const FORK_CALLS = /syscall=(?:56|57|58|435) success=yes exit=$/;

/** All recorded audit logs of the analytics' cases. */
export function readScenes(root: string = ROOT): Scene[] {
  return filesUnder('src/analytics', root)
    .filter(file => file.endsWith('/audit.log.gz'))
    .map(file => {
      const log = gunzipSync(readFileSync(join(root, file))).toString('latin1');
      const passwd = readFileSync(join(root, file.replace('audit.log.gz', 'etc/passwd')), 'utf8');
      return parseScene(file, log, passwd);
    });
}

export function parseScene(name: string, log: string, passwd: string): Scene {
  const users = new Map<string, number>();
  for (const line of passwd.split('\n')) {
    const [user, , uid] = line.split(':');
    const number = Number(uid);
    if (user && number >= USER_MIN && number < USER_MAX) users.set(user, number);
  }
  const slots = slotPattern([...users.keys()]);
  const byStamp = new Map<string, { time: number; records: Piece[][] }>();
  for (const line of log.split('\n')) {
    const head = /^type=([A-Z_0-9]+) msg=audit\((\d+)\.(\d{3}):(\d+)\)/.exec(line);
    // What the audit daemon says of itself is said once a file, not once a scene.
    if (!head || head[1] === 'CONFIG_CHANGE' || head[1]?.startsWith('DAEMON_')) continue;
    const stamp = `${head[2]}.${head[3]}:${head[4]}`;
    const event = byStamp.get(stamp) ?? { time: Number(head[2]) * 1000 + Number(head[3]), records: [] };
    event.records.push(piecesOf(line, slots, users));
    byStamp.set(stamp, event);
  }
  const events = [...byStamp.values()].sort((a, b) => a.time - b.time);
  const first = events[0]?.time ?? 0;
  return {
    name,
    attack: /\/cases\/fires\./.test(name),
    lengthMs: (events.at(-1)?.time ?? 0) - first,
    bytes: log.length,
    pidMin: pidMinOf(events.flatMap(event => event.records.flat())),
    events: events.map(event => ({ afterMs: event.time - first, records: event.records })),
  };
}

function pidMinOf(pieces: readonly Piece[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const piece of pieces)
    if (typeof piece !== 'string' && piece.kind === 'pid') least = Math.min(least, piece.value);
  return Number.isFinite(least) ? least : 0;
}

function slotPattern(users: readonly string[]): RegExp {
  const names = users.map(name => name.replace(/[^a-z0-9]/gi, '\\$&')).join('|') || '(?!)';
  const hexNames = users.map(name => hexOf(`/home/${name}`)).join('|') || '(?!)';
  return new RegExp(
    [
      '(?<=msg=audit\\()\\d+\\.\\d+:\\d+',
      '(?<=\\b(?:pid|ppid|opid)=)\\d+',
      '(?<=\\b(?:auid|uid|gid|euid|suid|fsuid|egid|sgid|fsgid|ouid|ogid|oauid|id)=)\\d+',
      '(?<=\\bses=)\\d+',
      '(?<=\\binode=)\\d+',
      '(?<=syscall=(?:56|57|58|435) success=yes exit=)\\d+',
      `(?<=="|/home/|/var/mail/|/var/spool/mail/)(?:${names})(?=["/])`,
      `(?:${hexNames})`,
    ].join('|'),
    'g',
  );
}

function piecesOf(line: string, slots: RegExp, users: ReadonlyMap<string, number>): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of line.matchAll(slots)) {
    const slot = slotOf(match[0], line.slice(Math.max(0, match.index - 160), match.index), users);
    if (slot === null) continue;
    pieces.push(line.slice(done, match.index), slot);
    done = match.index + match[0].length;
  }
  pieces.push(line.slice(done));
  return pieces;
}

function slotOf(text: string, before: string, users: ReadonlyMap<string, number>): Slot | null {
  if (before.endsWith('msg=audit(')) return { kind: 'stamp' };
  const named = users.get(text);
  if (named !== undefined) return { kind: 'name', uid: named };
  const value = Number(text);
  if (before.endsWith('pid=') || FORK_CALLS.test(before)) return value >= PID_MIN ? { kind: 'pid', value } : null;
  if (before.endsWith('ses=')) return value === UNSET ? null : { kind: 'session', value };
  if (before.endsWith('inode=')) return SYSTEM_FILE.test(before) ? null : { kind: 'inode', value };
  if (before.endsWith('id=')) return value >= USER_MIN && value < USER_MAX ? { kind: 'uid', value } : null;
  const hexUser = [...users].find(([name]) => hexOf(`/home/${name}`) === text);
  return hexUser ? { kind: 'name-hex', uid: hexUser[1] } : null;
}

export const hexOf = (text: string): string => Buffer.from(text, 'latin1').toString('hex').toUpperCase();
