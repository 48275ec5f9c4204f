import assert from 'node:assert/strict';
import { checkTruth } from '../../test/support/case-truth.ts';
import { seeded, seedOf } from '../../test/support/random.ts';
import { recordedCases } from '../../test/support/recordings.ts';
import { scanCase } from '../../test/support/scan-case.ts';
import { acceptedOf, toldOf } from '../../test/support/told.ts';
import type { Beside } from './beside.ts';
import type { Switch } from './switch.ts';

/** One way in which `test/cases.test.ts` replays a recording. */
interface Replay {
  readonly name: string;
  /** Throws when, with nothing broken, something else is told than was accepted. */
  readonly run: () => Promise<void>;
}

export interface CasesSetting {
  /** Of `src/analytics`. */
  readonly folders: readonly string[];
  readonly ids: readonly number[];
  /** Those of them that are evaluated as modules are loaded: every replay reaches them. */
  readonly atLoad: readonly number[];
  readonly batch: number;
  readonly untilMs: number;
  readonly beside: Beside;
  readonly mutant: Switch;
  readonly onTrying: (ids: readonly number[]) => void;
  readonly onNoticed: (id: number, by: string, hung: boolean) => void;
}

/**
 * Tries mutants over the recordings, as they are and then cut, saved and restored: one is noticed where it tells other words
 * than the true analytic. Returns which are left, and of those which a recording reaches.
 */
export async function tryCases(setting: CasesSetting): Promise<{ left: number[]; reached: ReadonlySet<number> }> {
  if (setting.ids.length === 0) return { left: [], reached: new Set() };
  const { beside, mutant } = setting;
  const replays = replaysOf(setting.folders);
  const reachedBy: Uint8Array[] = [];
  const truth: string[] = [];
  const costs = new Map<string, number>();
  for (const { name, run } of replays) {
    mutant.clear();
    beside.begin([]);
    const begun = performance.now();
    await run();
    costs.set(name, performance.now() - begun);
    for (const id of setting.atLoad) mutant.reached[id] = 1;
    reachedBy.push(mutant.reached.slice());
    truth.push(beside.told(0));
  }
  // The cheap ones first: what they notice need not be tried with the dear ones.
  const cost = (index: number): number => costs.get(replays[index]?.name ?? '') ?? 0;
  const order = [...replays.keys()].sort((a, b) => cost(a) - cost(b));
  const reached = new Set(setting.ids.filter(id => reachedBy.some(each => each[id] !== 0)));
  const left: number[] = [];
  for (let at = 0; at < setting.ids.length && Date.now() < setting.untilMs; at += setting.batch) {
    let alive = setting.ids.slice(at, at + setting.batch);
    for (const index of order) {
      const { name, run } = replays[index] as Replay;
      const on = alive.filter(id => (reachedBy[index] as Uint8Array)[id] !== 0);
      if (on.length === 0) continue;
      setting.onTrying(on);
      beside.begin(on);
      await run();
      assert.equal(beside.told(0), truth[index], `${name}: a mutant changed what all have in common`);
      const noticed = new Set(on.filter(id => beside.told(id) !== truth[index]));
      for (const id of noticed) setting.onNoticed(id, name, beside.told(id).includes('∞'));
      alive = alive.filter(id => !noticed.has(id));
    }
    left.push(...alive);
  }
  return { left, reached };
}

function replaysOf(folders: readonly string[]): Replay[] {
  const cases = recordedCases().filter(({ name }) => folders.some(folder => name.startsWith(`${folder}/`)));
  const events = new Map<string, number>();
  const plain = cases.map(
    (recorded): Replay => ({
      name: `${recorded.name} as it is`,
      run: async () => {
        const report = await scanCase(recorded.folder);
        events.set(recorded.name, report.eventsTotal);
        checkTruth(recorded, report);
        assert.equal(toldOf(report), acceptedOf(recorded), `${recorded.name} is told otherwise than accepted`);
      },
    }),
  );
  const cut = cases.map(
    (recorded): Replay => ({
      name: `${recorded.name} cut, saved and restored`,
      run: async () => {
        const total = events.get(recorded.name) ?? 1;
        const cutAt = 1 + Math.floor(seeded(seedOf(recorded.name))() * Math.max(1, total - 1));
        const report = await scanCase(recorded.folder, cutAt);
        assert.equal(toldOf(report), acceptedOf(recorded), `${recorded.name} is told otherwise when it is cut`);
      },
    }),
  );
  return [...plain, ...cut];
}
