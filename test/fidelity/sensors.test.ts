import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { recordedEvents } from '../../lab/export/recording.ts';
import { ROOT } from '../../scripts/lib/tree.ts';
import { decodeAll, formatOf } from '../../src/decoders/recorded.test-support.ts';
import type { HostEvent } from '../../src/events/host-events.ts';
import { scanCase } from '../support/scan-case.ts';
import { isNameless, LENSES, through } from './sensors.ts';

const CASES = {
  AN0656: 'an0656-phishing-attachment-executed/cases/fires.zip-hidden-child',
  AN1310: 'an1310-mail-store-harvested/cases/fires.tar-maildir-curl',
} as const;

let scratch = '';
before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'watchpost-sensors-'));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

for (const [analytic, path] of Object.entries(CASES)) {
  const folder = join(ROOT, 'src/analytics', path);
  const name = path.slice(path.lastIndexOf('/') + 1);

  for (const lens of LENSES) {
    const converted = join(ROOT, 'src/decoders', lens.decoder, 'converted', name, lens.file);

    test(`${lens.file}, ${name}: what the form carries is what the audit log says`, async () => {
      const content = gunzipSync(readFileSync(converted));
      assert.equal(formatOf(content).id, lens.decoder);
      const { events, verdicts } = decodeAll(formatOf(content), content);
      assert.deepEqual(
        verdicts.filter(each => each.tag === 'reject'),
        [],
      );
      const seen = (await recordedEvents(folder)).filter(
        event => !isNameless(event as HostEvent) && lens.sees(event as HostEvent),
      );
      // Two calls of one millisecond that say the same are one.
      const carried = (of: readonly (typeof seen)[number][]) =>
        [...new Set(of.map(event => through(lens, event)).filter(each => each !== null))].sort();
      const expected = carried(seen);
      assert.ok(expected.length > 40, `${expected.length} events`);
      assert.deepEqual(carried(events), expected);
    });

    test(`${lens.file}, ${name}: ${analytic} is told from it`, async () => {
      const target = join(scratch, lens.file, name);
      cpSync(converted, join(target, lens.file), { recursive: true });
      const report = await scanCase(target);
      const alert = report.alerts.find(each => each.analytic === analytic);
      assert.ok(alert !== undefined, report.alerts.map(each => each.analytic).join(' '));
      assert.notEqual(alert.severity, 'informational');
    });
  }
}
