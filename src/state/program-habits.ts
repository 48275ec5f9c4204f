import { BoundedMap } from '../core/bounded-map.ts';
import type { EpochMs } from '../core/time.ts';
import { isLocalPlace } from './installed-programs.ts';
import { type ProcessState, programOf } from './processes.ts';
import { CLASS, isSystemPath } from './programs.ts';

const PROGRAMS_MAX = 2048;
const ORDERS_MAX = 16;
const FOLDERS_MAX = 16;

/** What an account's runs of one program did so far. Plain data. */
export interface Habit {
  readonly first: EpochMs;
  /** First words of the commands that it had a shell run -> since when; where they are too many, it starts whatever it likes. */
  readonly orders: Map<string, EpochMs>;
  /** Folders in which it was started -> since when. */
  readonly folders: Map<string, EpochMs>;
}

/**
 * What people's own programs do time and again: scripts, and programs that no package brought. Of such a program nothing else tells
 * what it is for, so its earlier runs do.
 */
export class ProgramHabits {
  readonly #programs = new BoundedMap<string, Habit>(PROGRAMS_MAX);

  ran(process: ProcessState): void {
    if (!hasHabits(process)) return;
    const { execTime, cwd } = process;
    const key = keyOf(process);
    let habit = this.#programs.touch(key);
    if (habit === undefined) {
      habit = { first: execTime, orders: new Map(), folders: new Map() };
      this.#programs.set(key, habit);
    }
    if (cwd !== '' && habit.folders.size < FOLDERS_MAX && !habit.folders.has(cwd)) habit.folders.set(cwd, execTime);
  }

  /** It had a shell run a command that begins with this word. */
  ordered(process: ProcessState, word: string, time: EpochMs): void {
    const orders = this.of(process)?.orders;
    if (orders !== undefined && orders.size < ORDERS_MAX && !orders.has(word)) orders.set(word, time);
  }

  of(process: ProcessState): Habit | undefined {
    return this.#programs.peek(keyOf(process));
  }

  get evicted(): number {
    return this.#programs.evicted;
  }

  snapshot() {
    return this.#programs.snapshot();
  }

  restore(data: ReturnType<ProgramHabits['snapshot']>): void {
    this.#programs.restore(data);
  }
}

/** A script of an interpreter, or a program from where packages put none. Shells start commands all day long. */
export const hasHabits = ({ script, exe, classBits }: ProcessState): boolean =>
  (classBits & CLASS.shell) === 0 && (script !== '' || isLocalPlace(exe) || !isSystemPath(exe));

/** It did so before that moment, or does so many things that one more says nothing. */
export const isUsual = ({ orders }: Habit, word: string, before: EpochMs): boolean =>
  orders.size >= ORDERS_MAX || (orders.get(word) ?? Number.POSITIVE_INFINITY) < before;

export const isUsualPlace = ({ folders }: Habit, folder: string, before: EpochMs): boolean =>
  folders.size >= FOLDERS_MAX || (folders.get(folder) ?? Number.POSITIVE_INFINITY) < before;

const keyOf = (process: ProcessState): string => `${process.uid}\0${programOf(process)}`;
