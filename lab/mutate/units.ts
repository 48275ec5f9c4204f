import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../scripts/lib/tree.ts';
import type { Beside } from './beside.ts';
import { nowLoading, takeCollected } from './harness.ts';
import type { Place } from './protocol.ts';
import { INSIDE, OUTSIDE, RunsInACircle, type Switch } from './switch.ts';

/** A test of a test file, with what was learned of it. */
interface Check extends Place {
  readonly name: string;
  /** By mutant: INSIDE, OUTSIDE, both or 0. */
  readonly reached: Uint8Array;
  /** Milliseconds that it took. */
  readonly cost: number;
}

export interface Trying {
  readonly untilMs: number;
  /** Mutants that are evaluated as modules are loaded. */
  readonly atLoad: ReadonlySet<number>;
  readonly onTrying: (ids: readonly number[]) => void;
  readonly onNoticed: (id: number, by: string, hung: boolean) => void;
  /** This test may notice it, in a process of its own. */
  readonly onMaybeAlone: (id: number, check: Place) => void;
}

/** More conditions than any test meets. */
const FUEL = 50_000_000;

/**
 * The tests beside the analytics. A mutant under which an analytic tells the same words throughout a test cannot be
 * noticed by it, unless the test calls the broken part by itself. So each test runs once with many mutants beside each
 * other, and then again with one really on, for those that tell other words in it.
 */
export class Units {
  readonly #files: readonly string[];
  readonly #mutant: Switch;
  readonly #beside: Beside | null;
  readonly #nextRound: () => void;
  readonly #onAlive: () => void;
  readonly #checks: Check[] = [];
  readonly #noticed = new Map<string, number>();

  constructor(
    files: readonly string[],
    setting: {
      readonly mutant: Switch;
      readonly beside: Beside | null;
      readonly nextRound: () => void;
      readonly onAlive: () => void;
    },
  ) {
    this.#files = files;
    this.#mutant = setting.mutant;
    this.#beside = setting.beside;
    this.#nextRound = setting.nextRound;
    this.#onAlive = setting.onAlive;
  }

  /** Runs every test with nothing broken, and notes which places each reaches. Throws when one fails. */
  async learn(atLoad: readonly number[]): Promise<void> {
    for (const file of this.#files) {
      const runs = await this.#load(file);
      for (const [at, { name, run }] of runs.entries()) {
        this.#mutant.clear();
        this.#onAlive();
        this.#beside?.begin([]);
        const begun = performance.now();
        try {
          await run();
        } catch (error) {
          throw new Error(`fails with nothing broken: ${file}: ${name}`, { cause: error });
        }
        const cost = performance.now() - begun;
        const reached = this.#mutant.reached.slice();
        const byItself = reached.some(each => (each & OUTSIDE) !== 0) ? OUTSIDE : 0;
        for (const id of atLoad) reached[id] = (reached[id] as number) | INSIDE | byItself;
        this.#checks.push({ file, at, name, reached, cost });
      }
    }
  }

  /** Each must pass by itself as well: a test that needs another before it would seem to notice everything. */
  async learnOrder(): Promise<void> {
    this.#beside?.begin([]);
    for (const file of this.#files) {
      for (const { name, run } of [...(await this.#load(file))].reverse()) {
        this.#onAlive();
        try {
          await run();
        } catch (error) {
          throw new Error(`fails when others have not run before it: ${file}: ${name}`, { cause: error });
        }
      }
    }
  }

  reaches(id: number): boolean {
    return this.#checks.some(({ reached }) => reached[id] !== 0);
  }

  /**
   * Runs the tests for these mutants, the cheap tests first: what one notices need not be tried with the dear ones. Says which
   * are noticed, and of those that need a process of their own, which tests may notice them there.
   */
  async tryAll(ids: readonly number[], setting: Trying): Promise<{ readonly isOver: boolean }> {
    const alive = new Set(ids);
    const loaded = new Map<string, ReturnType<typeof takeCollected>>();
    for (const check of [...this.#checks].sort((a, b) => a.cost - b.cost)) {
      if (Date.now() > setting.untilMs) return { isOver: true };
      const on = [...alive].filter(id => check.reached[id] !== 0);
      if (on.length === 0) continue;
      const runs = loaded.get(check.file) ?? (await this.#load(check.file));
      loaded.set(check.file, runs);
      setting.onTrying(on);
      this.#beside?.begin(on, 'whole');
      await runs[check.at]?.run();
      const isOutside = (id: number): boolean => ((check.reached[id] as number) & OUTSIDE) !== 0;
      const maybe = on.filter(id => isOutside(id) || this.#beside?.told(id) !== this.#beside?.told(0));
      this.#beside?.begin([]);
      for (const id of maybe) {
        if (setting.atLoad.has(id)) {
          setting.onMaybeAlone(id, check);
          continue;
        }
        setting.onTrying([id]);
        const { by, hung } = await this.noticing(id, [check]);
        if (by === '') continue;
        alive.delete(id);
        setting.onNoticed(id, by, hung);
      }
    }
    return { isOver: false };
  }

  /** The first of these tests that fails with the mutant on, or ''. Test files are loaded anew, because they may hold state. */
  async noticing(id: number, places: readonly Place[]): Promise<{ readonly by: string; readonly hung: boolean }> {
    const rank = ({ file, at }: Place): number => this.#noticed.get(`${file} ${at}`) ?? 0;
    const ordered = [...places].sort((a, b) => rank(b) - rank(a));
    const loaded = new Map<string, ReturnType<typeof takeCollected>>();
    this.#mutant.active = id;
    try {
      for (const place of ordered) {
        const { file, at } = place;
        this.#mutant.fuel = FUEL;
        const runs = loaded.get(file) ?? (await this.#load(file));
        loaded.set(file, runs);
        try {
          await runs[at]?.run();
        } catch (error) {
          this.#noticed.set(`${file} ${at}`, rank(place) + 1);
          return { by: `${file}: ${runs[at]?.name}`, hung: error instanceof RunsInACircle };
        }
      }
      return { by: '', hung: false };
    } catch {
      return { by: 'loading the tests', hung: false };
    } finally {
      this.#mutant.active = 0;
      this.#mutant.fuel = Number.POSITIVE_INFINITY;
    }
  }

  async #load(file: string): Promise<ReturnType<typeof takeCollected>> {
    this.#nextRound();
    takeCollected();
    nowLoading(join(ROOT, file));
    await import(pathToFileURL(join(ROOT, file)).href);
    return takeCollected();
  }
}
