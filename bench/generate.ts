import { closeSync, openSync, writeSync } from 'node:fs';
import { seeded } from '../test/support/random.ts';
import { hexOf, type Piece, type Scene } from './scenes.ts';

export interface GenerateOptions {
  readonly bytes: number;
  readonly seed: number;
  /** Scenes that run beside each other at any time. */
  readonly actors: number;
  /** One scene in so many is an attack. */
  readonly attackEvery: number;
}

export interface Generated {
  readonly bytes: number;
  readonly lines: number;
  readonly events: number;
  readonly scenes: number;
  readonly attacks: number;
  readonly spanMs: number;
}

interface Actor {
  scene: Scene;
  next: number;
  startMs: number;
  pidShift: number;
  uidShift: number;
  sessionShift: number;
  inodeShift: number;
}

const BEGIN_MS = Date.UTC(2026, 2, 1);
const PIDS_MAX = 4_194_304;
/** Scenes do not share processes or files by accident; after some two thousand scenes process ids come round again. */
const PIDS_A_SCENE = 2048;
const INODES_A_SCENE = 10_000_000;
const USERS = 5000;
const BLOCK_CHARS = 4 * 1024 * 1024;

/**
 * Writes an audit log of about `bytes` bytes to `path`: recorded scenes performed over and over by other users, processes
 * and files, several at a time, with one serial number and one clock for all. The same options give the same bytes.
 */
export function generate(path: string, scenes: readonly Scene[], options: GenerateOptions): Generated {
  const random = seeded(options.seed);
  const attacks = scenes.filter(scene => scene.attack);
  const everyday = scenes.filter(scene => !scene.attack);
  const count = { bytes: 0, lines: 0, events: 0, scenes: 0, attacks: 0 };

  const cast = (startMs: number): Actor => {
    count.scenes += 1;
    const attacking = everyday.length === 0 || (attacks.length > 0 && count.scenes % options.attackEvery === 0);
    const pool = attacking ? attacks : everyday;
    if (attacking) count.attacks += 1;
    return {
      scene: pool[Math.floor(random() * pool.length)] as Scene,
      next: 0,
      startMs,
      pidShift: count.scenes * PIDS_A_SCENE,
      uidShift: Math.floor(random() * USERS),
      sessionShift: Math.floor(random() * 1_000_000),
      inodeShift: count.scenes * INODES_A_SCENE,
    };
  };

  const actors: Actor[] = [];
  for (let i = 0; i < options.actors; i++) actors.push(cast(BEGIN_MS + random() * 20_000));
  const file = openSync(path, 'w');
  let block: string[] = [];
  let blockChars = 0;
  let timeMs = BEGIN_MS;
  const flush = (): void => {
    writeSync(file, Buffer.from(block.join(''), 'latin1'));
    block = [];
    blockChars = 0;
  };
  while (count.bytes < options.bytes) {
    const actor = earliest(actors);
    const event = actor.scene.events[actor.next];
    if (event === undefined) {
      actors[actors.indexOf(actor)] = cast(timeMs + random() * 5000);
      continue;
    }
    actor.next += 1;
    timeMs = Math.max(timeMs, Math.floor(actor.startMs + event.afterMs));
    count.events += 1;
    const stamp = `${Math.floor(timeMs / 1000)}.${String(timeMs % 1000).padStart(3, '0')}:${100_000 + count.events}`;
    for (const record of event.records) {
      const line = `${perform(record, actor, stamp)}\n`;
      block.push(line);
      blockChars += line.length;
      count.bytes += line.length;
      count.lines += 1;
    }
    if (blockChars > BLOCK_CHARS) flush();
  }
  flush();
  closeSync(file);
  return { ...count, spanMs: timeMs - BEGIN_MS };
}

function earliest(actors: readonly Actor[]): Actor {
  let best = actors[0] as Actor;
  let bestMs = dueMs(best);
  for (const actor of actors) {
    const ms = dueMs(actor);
    if (ms < bestMs) [best, bestMs] = [actor, ms];
  }
  return best;
}

const dueMs = (actor: Actor): number => actor.startMs + (actor.scene.events[actor.next]?.afterMs ?? 0);

function perform(record: readonly Piece[], actor: Actor, stamp: string): string {
  let line = '';
  for (const piece of record) {
    if (typeof piece === 'string') {
      line += piece;
      continue;
    }
    switch (piece.kind) {
      case 'stamp':
        line += stamp;
        break;
      case 'pid':
        line += 1000 + ((piece.value - actor.scene.pidMin + actor.pidShift) % (PIDS_MAX - 1000));
        break;
      case 'uid':
        line += userOf(piece.value, actor);
        break;
      case 'session':
        line += piece.value + actor.sessionShift;
        break;
      case 'inode':
        line += piece.value + actor.inodeShift;
        break;
      case 'name':
        line += `u${userOf(piece.uid, actor)}`;
        break;
      case 'name-hex':
        line += hexOf(`/home/u${userOf(piece.uid, actor)}`);
        break;
    }
  }
  return line;
}

const userOf = (uid: number, actor: Actor): number => 1000 + ((uid - 1000 + actor.uidShift) % USERS);
