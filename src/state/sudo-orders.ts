import { BoundedMap } from '../core/bounded-map.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../core/time.ts';
import { ID_UNSET } from '../events/host-events.ts';
import type { Ref } from '../events/ref.ts';
import { idOf, type ProcessState } from './processes.ts';
import { programName } from './programs.ts';
import { commandsOf, type LineCommand } from './shell-lines.ts';
import { commandOption } from './shell-words.ts';

/** What sudo(8) wrote that somebody had it run. Plain data. */
export interface SudoOrder {
  readonly time: EpochMs;
  readonly order: number;
  readonly ref: Ref;
  readonly pid: number;
  /** Who asked, and in which login; ID_UNSET where no record tells. */
  readonly auid: number;
  readonly ses: number;
  readonly tty: string;
  /** As whom it runs. */
  readonly uid: number;
  readonly folder: string;
  readonly words: readonly string[];
  /** What it comes to: the commands of a shell's line, or the one command. */
  readonly commands: readonly LineCommand[];
}

/** A process that such a record was about: which command of it. Plain data. */
export interface Given {
  readonly order: SudoOrder;
  readonly at: number;
}

const ORDERS_MAX = 64;
const GIVEN_MAX = 256;
/** A tree that is packed may hold much before the mail in it. */
const RUNS_MS = 10 * MINUTE_MS;
/** sudo's line in the system log and its record of the audit system. */
const SAME_MS = 2 * SECOND_MS;

/** What sudo had run lately, on a host whose rules record no executions: its own record of them is all there is. */
export class SudoOrders {
  #orders: SudoOrder[] = [];
  readonly #given = new BoundedMap<string, Given>(GIVEN_MAX);

  /** False where this is known by another record. */
  note(order: SudoOrder): boolean {
    const at = this.#orders.findLastIndex(
      each =>
        Math.abs(order.time - each.time) <= SAME_MS && each.auid === order.auid && isSame(each.words, order.words),
    );
    // The record of the audit system names the login.
    if (at >= 0 && this.#orders[at]?.ses === ID_UNSET) this.#orders[at] = order;
    if (at >= 0) return false;
    if (this.#orders.length >= ORDERS_MAX) this.#orders.shift();
    this.#orders.push(order);
    return true;
  }

  /** The command that this process is, as far as who runs it, as whom, in which login and by which name tell. */
  giveTo(process: ProcessState, now: EpochMs): Given | undefined {
    const held = this.#given.peek(idOf(process));
    if (held !== undefined || this.#orders.length === 0) return held;
    const name = programName(process.exe);
    for (const order of this.#orders.toReversed()) {
      if (order.time > now || now - order.time > RUNS_MS) continue;
      if (order.auid !== process.auid || order.uid !== process.uid) continue;
      if (order.ses !== ID_UNSET && order.ses !== process.ses) continue;
      const at = order.commands.findIndex(({ words }) => programName(words[0] ?? '') === name);
      if (at < 0) continue;
      const given = { order, at };
      this.#given.set(idOf(process), given);
      return given;
    }
    return undefined;
  }

  givenTo(process: ProcessState): Given | undefined {
    return this.#given.size === 0 ? undefined : this.#given.peek(idOf(process));
  }

  /** Something that reads mail is known by what sudo wrote. */
  get gave(): boolean {
    return this.#given.size > 0;
  }

  snapshot() {
    return { orders: this.#orders, given: this.#given.snapshot() };
  }

  restore(from: ReturnType<SudoOrders['snapshot']>): void {
    this.#orders = from.orders;
    this.#given.restore(from.given);
  }
}

/** The system log has the whole path of the command, the audit system the word by which it was called, and neither tells blanks from ends. */
function isSame(some: readonly string[], others: readonly string[]): boolean {
  const rest = (words: readonly string[]): string => words.slice(1).join(' ').replaceAll(/['"]/g, '');
  return programName(some[0] ?? '') === programName(others[0] ?? '') && rest(some) === rest(others);
}

const SHELL = /^(?:ba|da|z|k|mk|a)?sh$/;

/** The commands of a line that a shell is given, else the words themselves. */
export function commandsOrdered(words: readonly string[]): readonly LineCommand[] {
  const at = SHELL.test(programName(words[0] ?? '')) ? commandOption(words) : -1;
  const line = at < 0 ? '' : (words[at + 1] ?? '');
  return line === '' ? [{ words, outputs: [], inputs: [], pipeline: 0 }] : commandsOf(line);
}
