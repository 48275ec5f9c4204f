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
  readonly #checks: Check[] = [];
  readonly #noticed = new Map<string, number>();

  constructor(
    files: readonly string[],
    setting: { readonly mutant: Switch; readonly beside: Beside | null; readonly nextRound: () => void },
  ) {
    this.#files = files;
    this.#mutant = setting.mutant;
    this.#beside = setting.beside;
    this.#nextRound = setting.nextRound;
  }

  /** Runs every test with nothing broken, and notes which places each reaches. Throws when one fails. */
  async learn(atLoad: readonly number[]): Promise<void> {
    for (const file of this.#files) {
      const runs = await this.#load(file);
      for (const [at, { name, run }] of runs.entries()) {
        this.#mutant.clear();
        this.#beside?.begin([]);
        try {
          await run();
        } catch (error) {
          throw new Error(`fails with nothing broken: ${file}: ${name}`, { cause: error });
        }
        const reached = this.#mutant.reached.slice();
        const byItself = reached.some(each => (each & OUTSIDE) !== 0) ? OUTSIDE : 0;
        for (const id of atLoad) reached[id] = (reached[id] as number) | INSIDE | byItself;
        this.#checks.push({ file, at, name, reached });
      }
    }
  }

  /** Each must pass by itself as well: a test that needs another before it would seem to notice everything. */
  async learnOrder(): Promise<void> {
    this.#beside?.begin([]);
    for (const file of this.#files) {
      for (const { name, run } of [...(await this.#load(file))].reverse()) {
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

  /** The tests that each of the mutants may make fail. */
  async whichMayNotice(
    ids: readonly number[],
    onTrying: (ids: readonly number[]) => void,
  ): Promise<Map<number, Check[]>> {
    const maybe = new Map<number, Check[]>(ids.map(id => [id, []]));
    for (const file of this.#files) {
      const runs = await this.#load(file);
      for (const check of this.#checks.filter(each => each.file === file)) {
        const on = ids.filter(id => check.reached[id] !== 0);
        onTrying(on);
        this.#beside?.begin(on, 'whole');
        await runs[check.at]?.run();
        for (const id of on) {
          const isOutside = ((check.reached[id] as number) & OUTSIDE) !== 0;
          if (isOutside || this.#beside?.told(id) !== this.#beside?.told(0)) maybe.get(id)?.push(check);
        }
      }
    }
    this.#beside?.begin([]);
    return maybe;
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
