import type { Actor } from '../../events/host-events.ts';
import type { LineTally } from '../contract.ts';
import { ActorCache } from './actors.ts';
import { stringValue, type Texts } from './bytes.ts';
import { addExecve, isFirst, takeWords, type Words, wordsOf } from './execve.ts';
import type { HeldEvents } from './held.ts';
import { claimPath, NAMETYPE, NOBODY, type Pending } from './pending.ts';
import {
  ACTOR_SLOTS,
  AT_FORM,
  COMMANDS_MAX,
  INPUT_BYTES,
  OP_MASK,
  ROW_ACTOR,
  ROW_CWD,
  ROW_DROP,
  ROW_DROPPED,
  ROW_EXECVE,
  ROW_LINE,
  ROW_NODE_STAMP,
  ROW_PARENT,
  ROW_PATH,
  ROW_SADDR,
  ROW_STAMP,
  ROW_SYSCALL,
  ROW_SYSCALL_WIDTH,
  ROW_TICK,
  TEXTS_MAX,
  TICK_RECORDS,
  TOLD_EMPTY,
  TOLD_END,
  TOLD_LINES,
  TOLD_NOTHING,
  TOLD_RECORDS,
  TOLD_UNUSED_CALL,
  TOLD_UNUSED_PART,
  TOLD_UNUSED_TYPE,
} from './scan/layout.ts';
import { Scanner } from './scan/scanner.ts';
import { OP, type Op } from './syscalls.ts';
import { EMPTY, SAYS_NOTHING, UNUSED_CALL, UNUSED_PART, UNUSED_TYPE } from './verdicts.ts';

/** What reads lines one by one, and holds the events that rows belong to. */
export interface LineReader {
  readonly held: HeldEvents;
  /** Reads a line field by field. */
  pushOdd(b: Buffer, start: number, end: number, offset: number, tally: LineTally): void;
  /** A program was started: the enriched tail may name its user. */
  nameUser(b: Buffer, start: number, end: number, p: Pending): void;
}

const ONCE: Texts = { latin1: (bytes, start, end) => bytes.toString('latin1', start, end) };
const LOW = 4294967296;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Puts the rows of a scan together to events. One for all sessions: what it remembers are meanings of bytes, whatever log
 * they came from. A block is read before the next one of any session begins.
 */
export class RowReader {
  readonly #scanner = new Scanner();
  readonly #texts = new Array<string | undefined>(TEXTS_MAX).fill(undefined);
  /** Addresses and hosts as they are printed: the same bytes may mean something else elsewhere. */
  readonly #raws = new Array<string | undefined>(TEXTS_MAX).fill(undefined);
  readonly #commands = new Array<Words | undefined>(COMMANDS_MAX).fill(undefined);
  readonly #actors = new Array<Actor>(ACTOR_SLOTS).fill(NOBODY);
  readonly #cache = new ActorCache();

  /**
   * Some of the whole lines of a block from `start` on, which lies at `offset` of the source. Returns where the rest begins:
   * `start` when no whole line is left.
   */
  read(block: Buffer, start: number, offset: number, reader: LineReader, tally: LineTally): number {
    const scanner = this.#scanner;
    const { held } = reader;
    const phase = held.records % TICK_RECORDS;
    const given = scanner.scan(block, start, phase, held.newest());
    const taken = scanner.told(TOLD_END);
    if (taken > 0) {
      this.#readRows(block, start, offset - start, phase, reader, tally);
      this.#count(tally);
      if (scanner.settle()) this.#forget();
      return start + taken;
    }
    // A line longer than what is scanned at once.
    const feed = given < INPUT_BYTES ? -1 : block.indexOf(LINE_FEED, start);
    if (feed < 0) return start;
    tally.lines += 1;
    reader.pushOdd(block, start, feed > start && block[feed - 1] === CARRIAGE_RETURN ? feed - 1 : feed, offset, tally);
    return feed + 1;
  }

  #count(tally: LineTally): void {
    const scanner = this.#scanner;
    tally.lines += scanner.told(TOLD_LINES);
    tally.tell(EMPTY, scanner.told(TOLD_EMPTY));
    tally.tell(SAYS_NOTHING, scanner.told(TOLD_NOTHING));
    tally.tell(UNUSED_TYPE, scanner.told(TOLD_UNUSED_TYPE));
    tally.tell(UNUSED_CALL, scanner.told(TOLD_UNUSED_CALL));
    tally.tell(UNUSED_PART, scanner.told(TOLD_UNUSED_PART));
  }

  #forget(): void {
    this.#texts.fill(undefined);
    this.#raws.fill(undefined);
    this.#commands.fill(undefined);
  }

  #readRows(block: Buffer, from: number, shift: number, phase: number, reader: LineReader, tally: LineTally): void {
    const n = this.#scanner.numbers;
    const stop = this.#scanner.rowsEnd;
    const { held } = reader;
    const base = held.records - phase;
    let emitted = 0;
    let unusedCall = 0;
    let unusedPart = 0;
    let r = this.#scanner.firstRow;
    while (r < stop) {
      const kind = n[r] as number;
      const number = n[r + 1] as number;
      if (kind === ROW_STAMP) {
        held.meet((number >>> 0) * 1000 + (n[r + 2] as number), (n[r + 3] as number) >>> 0, '');
        held.reach();
        r += 4;
        continue;
      }
      if (kind === ROW_NODE_STAMP) {
        const node = this.#raw(block, r + 4, from);
        held.meet((number >>> 0) * 1000 + (n[r + 2] as number), (n[r + 3] as number) >>> 0, node);
        held.reach();
        r += 7;
        continue;
      }
      if (kind === ROW_TICK) {
        held.records = base + number;
        held.tick();
        r += 2;
        continue;
      }
      if (kind === ROW_DROPPED) {
        held.dropStamp();
        r += 1;
        continue;
      }
      const lineStart = from + (n[r + 2] as number);
      const lineEnd = from + (n[r + 3] as number);
      if (kind === ROW_LINE) {
        held.records = base + number - 1;
        reader.pushOdd(block, lineStart, lineEnd, shift + lineStart, tally);
        r += 4;
        continue;
      }
      held.records = base + number;
      if (kind === ROW_DROP && held.isBeginning) {
        held.dropStamp();
        unusedCall += 1;
        r += 4;
        continue;
      }
      const p = held.take();
      if (p === null) {
        unusedPart += 1;
        r += kind === ROW_SYSCALL ? this.#passed(block, r, from) : (WIDTHS[kind] as number);
        continue;
      }
      switch (kind) {
        case ROW_SYSCALL:
          this.#syscall(block, r, from, p);
          if (p.op === OP.exec) reader.nameUser(block, lineStart, lineEnd, p);
          r += n[r + 13] === 0 ? ROW_ACTOR : ROW_SYSCALL_WIDTH;
          break;
        case ROW_PATH:
          this.#path(block, r, from, p);
          r += 14;
          break;
        case ROW_CWD:
          p.cwd = this.#text(block, r + 4, from);
          r += 7;
          break;
        case ROW_EXECVE:
          this.#execve(block, r, from, p);
          r += 7;
          break;
        case ROW_SADDR:
          p.saddr = this.#raw(block, r + 4, from);
          r += 7;
          break;
        case ROW_PARENT:
          this.#parent(r, p);
          r += 5;
          break;
        case ROW_DROP:
          p.hasSyscall = true;
          p.dropped = true;
          unusedCall += 1;
          r += 4;
          continue;
        default:
          throw new Error(`row of kind ${kind}`);
      }
      held.place(p, shift + lineStart, lineEnd - lineStart);
      emitted += 1;
    }
    held.records = base + this.#scanner.told(TOLD_RECORDS);
    tally.emitted += emitted;
    if (unusedCall > 0) tally.tell(UNUSED_CALL, unusedCall);
    if (unusedPart > 0) tally.tell(UNUSED_PART, unusedPart);
  }

  /** The width of a SYSCALL that nobody wants; its actor may be asked for by its slot later. */
  #passed(block: Buffer, r: number, from: number): number {
    const n = this.#scanner.numbers;
    if (n[r + 13] === 0) return ROW_ACTOR;
    this.#actors[n[r + 12] as number] = this.#actor(block, r + ROW_ACTOR, from);
    return ROW_SYSCALL_WIDTH;
  }

  #syscall(block: Buffer, r: number, from: number, p: Pending): void {
    const n = this.#scanner.numbers;
    const slot = n[r + 12] as number;
    const actor = n[r + 13] === 0 ? (this.#actors[slot] as Actor) : this.#actor(block, r + ROW_ACTOR, from);
    this.#actors[slot] = actor;
    const call = n[r + 4] as number;
    p.hasSyscall = true;
    p.op = (call & OP_MASK) as Op;
    p.atForm = (call & AT_FORM) !== 0;
    p.arch = (n[r + 5] as number) >>> 0;
    p.number = n[r + 6] as number;
    p.success = n[r + 7] === 1;
    p.exit = n[r + 8] as number;
    p.a0 = (n[r + 9] as number) >>> 0;
    p.a1 = (n[r + 10] as number) >>> 0;
    p.a2 = (n[r + 11] as number) >>> 0;
    p.actor = actor;
  }

  #actor(block: Buffer, r: number, from: number): Actor {
    const n = this.#scanner.numbers;
    const tty = this.#text(block, r + 6, from);
    return this.#cache.of({
      pid: (n[r + 1] as number) >>> 0,
      ppid: (n[r] as number) >>> 0,
      uid: (n[r + 3] as number) >>> 0,
      euid: (n[r + 4] as number) >>> 0,
      auid: (n[r + 2] as number) >>> 0,
      ses: (n[r + 5] as number) >>> 0,
      tty: tty === '?' ? '' : tty,
      comm: this.#text(block, r + 9, from),
      exe: this.#text(block, r + 12, from),
    });
  }

  #path(block: Buffer, r: number, from: number, p: Pending): void {
    const n = this.#scanner.numbers;
    const path = claimPath(p, n[r + 4] as number);
    path.name = this.#text(block, r + 5, from);
    path.named = block[from + (n[r + 6] as number)] !== 40;
    const dev = n[r + 10] as number;
    path.nametype = n[r + 13] as number;
    if (dev < 0) {
      path.inode = -1;
      path.dev = 0;
      path.mode = -1;
      path.ouid = -1;
      return;
    }
    path.inode = ((n[r + 9] as number) >>> 0) * LOW + ((n[r + 8] as number) >>> 0);
    path.dev = dev;
    path.mode = n[r + 11] as number;
    path.ouid = (n[r + 12] as number) >>> 0;
  }

  /** Its name is nobody's concern: the file's own is whole. */
  #parent(r: number, p: Pending): void {
    const path = claimPath(p, this.#scanner.numbers[r + 4] as number);
    path.name = '';
    path.nametype = NAMETYPE.parent;
  }

  /** A text by its number, or by its place when it has none. `r` is where those three are. */
  #text(block: Buffer, r: number, from: number): string {
    const n = this.#scanner.numbers;
    const id = n[r] as number;
    const held = id >= 0 ? this.#texts[id] : undefined;
    if (held !== undefined) return held;
    const text = stringValue(block, from + (n[r + 1] as number), from + (n[r + 2] as number), ONCE);
    if (id >= 0) this.#texts[id] = text;
    return text;
  }

  /** The same, as it is printed. */
  #raw(block: Buffer, r: number, from: number): string {
    const n = this.#scanner.numbers;
    const id = n[r] as number;
    const held = id >= 0 ? this.#raws[id] : undefined;
    if (held !== undefined) return held;
    const text = block.toString('latin1', from + (n[r + 1] as number), from + (n[r + 2] as number));
    if (id >= 0) this.#raws[id] = text;
    return text;
  }

  /** Command lines come again and again: one that came before gives the same list of words. */
  #execve(block: Buffer, r: number, from: number, p: Pending): void {
    const n = this.#scanner.numbers;
    const id = n[r + 4] as number;
    const isOnly = isFirst(p);
    const held = isOnly && id >= 0 ? this.#commands[id] : undefined;
    if (held !== undefined) {
      takeWords(p, held);
      return;
    }
    addExecve(block, from + (n[r + 5] as number), from + (n[r + 6] as number), p, ONCE);
    const words = isOnly ? wordsOf(p) : null;
    if (words !== null && id >= 0) this.#commands[id] = words;
  }
}

/** How many numbers a row of each kind has. */
const WIDTHS = new Uint8Array(16);
WIDTHS[ROW_PATH] = 14;
WIDTHS[ROW_CWD] = 7;
WIDTHS[ROW_EXECVE] = 7;
WIDTHS[ROW_SADDR] = 7;
WIDTHS[ROW_PARENT] = 5;
WIDTHS[ROW_DROP] = 4;

let shared: RowReader | null = null;

/** The one of this process, made when the first log is read. */
export function rowReader(): RowReader {
  shared ??= new RowReader();
  return shared;
}
