import assert from 'node:assert/strict';
import { checkTruth } from '../../test/support/case-truth.ts';
import { seeded, seedOf } from '../../test/support/random.ts';
import { recordedCases } from '../../test/support/recordings.ts';
import { scanCase } from '../../test/support/scan-case.ts';
import { acceptedOf, toldOf } from '../../test/support/told.ts';
import type { Beside } from './beside.ts';
import { learned } from './learned.ts';
import type { Switch } from './switch.ts';
import type { Trial } from './trial.ts';

/** One way in which `test/cases.test.ts` replays a recording. */
interface Replay {
  readonly name: string;
  /** Throws when, with nothing broken, something else is told than was accepted. */
  readonly run: () => Promise<void>;
}

export interface CasesSetting {
  /** Of `src/analytics`. */
  readonly folders: readonly string[];
  /** Mutants that are evaluated as modules are loaded: every replay reaches them. */
  readonly atLoad: readonly number[];
  readonly beside: Beside;
  readonly mutant: Switch;
}

/**
 * Replays the recordings with nothing broken, as they are and then cut, saved and restored. A mutant is noticed where it
 * tells other words than the true analytic.
 */
export async function learnCases({ folders, atLoad, beside, mutant }: CasesSetting): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const { name, run } of replaysOf(folders)) {
    const { cost, reached } = await learned(mutant, atLoad, async () => {
      beside.begin([]);
      await run();
    });
    const truth = beside.told(0);
    const tryWith: Trial['tryWith'] = async (ids, report) => {
      report.onTrying(ids);
      beside.begin(ids);
      await run();
      assert.equal(beside.told(0), truth, `${name}: a mutant changed what all have in common`);
      for (const id of ids) {
        const told = beside.told(id);
        if (told !== truth) report.onNoticed(id, name, told.includes('∞'));
      }
    };
    trials.push({ cost, reached, tryWith });
  }
  return trials;
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
