import assert from 'node:assert/strict';
import { checkTruth } from '../../test/support/case-truth.ts';
import { seeded, seedOf } from '../../test/support/random.ts';
import { recordedCases } from '../../test/support/recordings.ts';
import { scanCase } from '../../test/support/scan-case.ts';
import { acceptedOf, toldOf } from '../../test/support/told.ts';

/** Two of the ways in which `test/cases.test.ts` replays the recordings of these folders of `src/analytics`. */
export function caseChecks(folders: readonly string[]): { readonly name: string; readonly run: () => Promise<void> }[] {
  return recordedCases()
    .filter(({ name }) => folders.some(folder => name.startsWith(`${folder}/`)))
    .flatMap(recorded => [
      {
        name: `${recorded.name} as it is`,
        run: async () => {
          const report = await scanCase(recorded.folder);
          checkTruth(recorded, report);
          const accepted = acceptedOf(recorded);
          if (accepted !== '') assert.equal(toldOf(report), accepted);
        },
      },
      {
        name: `${recorded.name} cut, saved and restored`,
        run: async () => {
          const plain = await scanCase(recorded.folder);
          const cutAt = 1 + Math.floor(seeded(seedOf(recorded.name))() * Math.max(1, plain.eventsTotal - 1));
          assert.deepEqual((await scanCase(recorded.folder, cutAt)).alerts, plain.alerts);
        },
      },
    ]);
}
