import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../scripts/lib/tree.ts';
import type { Beside } from './beside.ts';
import { nowLoading, takeCollected } from './harness.ts';
import { learned } from './learned.ts';
import type { Place } from './protocol.ts';
import { INSIDE, OUTSIDE, RunsInACircle, type Switch } from './switch.ts';
import type { Report, Trial } from './trial.ts';

/** A test of a test file, with what was learned of it. */
interface Check extends Place {
  /** By mutant: INSIDE, OUTSIDE, SEEN. */
  readonly reached: Uint8Array;
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
  async learn(atLoad: readonly number[], inTests: readonly number[]): Promise<Trial[]> {
    const trials: Trial[] = [];
    for (const file of this.#files) {
      const runs = await this.#load(file);
      for (const [at, { name, run }] of runs.entries()) {
        this.#onAlive();
        this.#beside?.begin([]);
        const { cost, reached } = await learned(this.#mutant, atLoad, async () => {
          try {
            await run();
          } catch (error) {
            throw new Error(`fails with nothing broken: ${file}: ${name}`, { cause: error });
          }
        });
        for (const id of inTests) reached[id] = (reached[id] as number) | INSIDE | OUTSIDE;
        const check: Check = { file, at, reached };
        const own = new Set(atLoad);
        trials.push({ cost, reached, tryWith: (ids, report) => this.#tryWith(check, ids, own, report) });
      }
    }
    return trials;
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

  /** Once with all of them beside each other, then with one really on, for those that may be noticed. */
  async #tryWith(check: Check, ids: readonly number[], atLoad: ReadonlySet<number>, report: Report): Promise<void> {
    report.onTrying(ids);
    const runs = await this.#load(check.file);
    this.#beside?.begin(ids, 'whole');
    await runs[check.at]?.run();
    const isOutside = (id: number): boolean => ((check.reached[id] as number) & OUTSIDE) !== 0;
    const maybe = ids.filter(id => isOutside(id) || this.#beside?.told(id) !== this.#beside?.told(0));
    this.#beside?.begin([]);
    for (const id of maybe) {
      if (atLoad.has(id)) {
        report.onMaybeAlone(id, { file: check.file, at: check.at });
        continue;
      }
      report.onTrying([id]);
      const { by, hung } = await this.noticing(id, [check]);
      if (by !== '') report.onNoticed(id, by, hung);
    }
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
