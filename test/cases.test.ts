import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ANALYTICS_ALL } from '../src/analytics/registry.ts';
import type { ScanReport } from '../src/engine/report.ts';
import { Alert } from '../src/events/alert.ts';
import { checkTruth } from './support/case-truth.ts';
import { seeded, seedOf } from './support/random.ts';
import { recordedCases } from './support/recordings.ts';
import { CASE_CONFIG, scanCase } from './support/scan-case.ts';
import { acceptedOf, toldOf } from './support/told.ts';
import { copyRotated, copyWith, shuffled, twice } from './support/variants.ts';

/**
 * Every recorded case, replayed five ways: as it is; each line twice; lines moved about within the lateness; logs rotated
 * at some line; cut at some event, everything thrown away but the snapshot, restored. The alerts must be the same, and
 * what the truth says, in the words that were accepted.
 */
let scratch = '';
before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'watchpost-cases-'));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

/** What must not depend on how the bytes came: all but where they lie. */
function gist(report: ScanReport): unknown {
  return report.alerts.map(alert => ({
    ...alert,
    steps: alert.steps.map(({ id, time, kind, summary }) => ({ id, time, kind, summary })),
  }));
}

const cases = recordedCases();

test('there are recorded cases of every analytic', () => {
  const covered = new Set(cases.filter(each => each.sort === 'fires').map(each => each.truth.analytic));
  assert.deepEqual([...covered].sort(), ANALYTICS_ALL.map(analytic => analytic.meta.id).sort());
});

for (const recorded of cases) {
  test(recorded.name, async t => {
    const plain = await scanCase(recorded.folder);

    await t.test(`${recorded.name} comes out as what really happened`, () => {
      checkTruth(recorded, plain);
      for (const alert of plain.alerts) Alert.parse(alert);
    });

    await t.test(`${recorded.name} is told as it was accepted`, () => {
      const accepted = acceptedOf(recorded);
      if (accepted !== '')
        assert.equal(toldOf(plain), accepted, 'differs on purpose? `npm run lab:told`, and read what it changes');
    });

    await t.test(`${recorded.name} with each record twice: the same alerts`, async () => {
      const folder = join(scratch, recorded.name, 'twice');
      copyWith(recorded.folder, folder, twice);
      assert.deepEqual(gist(await scanCase(folder)), gist(plain));
    });

    await t.test(`${recorded.name} out of order within the lateness: the same alerts`, async () => {
      const folder = join(scratch, recorded.name, 'shuffled');
      const boundMs = CASE_CONFIG.limits.latenessMs * 0.8;
      copyWith(recorded.folder, folder, (lines, name) => shuffled(lines, boundMs, seedOf(recorded.name + name)));
      assert.deepEqual(gist(await scanCase(folder)), gist(plain));
    });

    await t.test(`${recorded.name} rotated in the middle: the same alerts`, async () => {
      const folder = join(scratch, recorded.name, 'rotated');
      copyRotated(recorded.folder, folder, name => seeded(seedOf(recorded.name + name))());
      assert.deepEqual(gist(await scanCase(folder)), gist(plain));
    });

    await t.test(`${recorded.name} cut, saved and restored: the same alerts, byte for byte`, async () => {
      const random = seeded(seedOf(recorded.name));
      for (let i = 0; i < 2; i++) {
        const cutAt = 1 + Math.floor(random() * Math.max(1, plain.eventsTotal - 1));
        const cut = await scanCase(recorded.folder, cutAt);
        assert.deepEqual(cut.alerts, plain.alerts, `cut after ${cutAt} of ${plain.eventsTotal} events`);
      }
    });
  });
}
