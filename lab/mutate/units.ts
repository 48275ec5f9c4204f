import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/tree.ts';
import { takeCollected } from './harness.ts';
import { RunsInACircle, type Switch } from './switch.ts';

/** A test of a test file, by its place there. */
interface Check {
  readonly file: string;
  readonly at: number;
  readonly name: string;
  noticed: number;
  ms: number;
}

/** More conditions than any test meets. */
const FUEL = 50_000_000;

/**
 * The tests beside the analytics, run one mutant at a time: those that reach its place, the most telling first, until one
 * fails. Test files are loaded anew for each mutant, because they may hold state.
 */
export class Units {
  readonly #mutant: Switch;
  readonly #files: readonly string[];
  readonly #nextRound: () => void;
  readonly #checks: Check[] = [];
  readonly #reachedBy = new Map<number, Check[]>();

  constructor(files: readonly string[], mutant: Switch, nextRound: () => void) {
    this.#files = files;
    this.#mutant = mutant;
    this.#nextRound = nextRound;
  }

  /** Runs every test with nothing broken, and notes which places each reaches. Throws when one fails. */
  async learn(): Promise<void> {
    for (const file of this.#files) {
      this.#mutant.clear();
      const runs = await this.#load(file);
      const atLoad = this.#mutant.reached.slice();
      for (const [at, { name, run }] of runs.entries()) {
        const check: Check = { file, at, name, noticed: 0, ms: 0 };
        this.#checks.push(check);
        this.#mutant.clear();
        const begun = performance.now();
        try {
          await run();
        } catch (error) {
          throw new Error(`fails with nothing broken: ${file}: ${name}`, { cause: error });
        }
        check.ms = performance.now() - begun;
        for (let id = 1; id < atLoad.length; id++)
          if (this.#mutant.reached[id] === 1 || atLoad[id] === 1)
            this.#reachedBy.set(id, [...(this.#reachedBy.get(id) ?? []), check]);
      }
    }
    // Each must pass by itself as well: a test that needs another before it would seem to notice everything.
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
    return this.#reachedBy.has(id);
  }

  /** The test that notices, or ''. `all` for one that is on while modules are loaded: nobody knows what it reaches. */
  async noticing(id: number, all: boolean): Promise<{ readonly by: string; readonly hung: boolean }> {
    const wanted = all ? this.#checks : (this.#reachedBy.get(id) ?? []);
    const ordered = [...wanted].sort((a, b) => b.noticed - a.noticed || a.ms - b.ms);
    const loaded = new Map<string, ReturnType<typeof takeCollected>>();
    this.#mutant.active = id;
    this.#mutant.fuel = FUEL;
    try {
      for (const check of ordered) {
        const runs = loaded.get(check.file) ?? (await this.#load(check.file));
        loaded.set(check.file, runs);
        this.#mutant.fuel = FUEL;
        try {
          await runs[check.at]?.run();
        } catch (error) {
          check.noticed += 1;
          return { by: `${check.file}: ${check.name}`, hung: error instanceof RunsInACircle };
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
    await import(pathToFileURL(join(ROOT, file)).href);
    return takeCollected();
  }
}
