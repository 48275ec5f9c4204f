import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedCases } from '../../../test/support/recordings.ts';
import { defaultConfig } from '../../config/default-config.ts';
import type { ScanReport } from '../../engine/report.ts';
import { scan } from '../../engine/scan.ts';
import { discover } from '../../sources/discover.ts';
import { ANALYTICS_ALL } from '../registry.ts';

async function scanCase(name: string): Promise<ScanReport> {
  const found = recordedCases().find(each => each.name === `an1009-recipient-flooded/${name}`);
  assert.ok(found);
  return await scan({
    evidence: await discover([found.folder], { stdin: process.stdin, cwd: found.folder }),
    config: defaultConfig(ANALYTICS_ALL.map(analytic => analytic.meta)),
    only: ['AN1009'],
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    zoneOffsetMinutes: 0,
    year: null,
    onProgress: () => {},
    clock: { now: () => 0 },
  });
}

for (const [name, count] of [
  ['fires.four-logs', 90],
  ['quiet.four-logs', 45],
] as const) {
  test(`${name}: Postfix twice, Dovecot, the file and the journal tell of each message, and it counts once`, async () => {
    const report = await scanCase(name);
    const [alert] = report.alerts;
    assert.match(alert?.story ?? '', new RegExp(`, ${count} messages from ${count} senders at 1 client address `));
    // The journal names the host in full, the file in short: one host.
    assert.deepEqual(
      alert?.entities.filter(each => each.kind === 'host').map(each => each.value),
      ['mx1'],
    );
    assert.ok(report.duplicates > report.eventsTotal / 2, `${report.duplicates} of ${report.eventsTotal}`);
    // What Amavis found in a message is counted with the message.
    const repeated = alert?.factors.find(each => each.name === 'attachment-repeated');
    assert.match(repeated?.evidence ?? '', /^\d+ messages carry the attachment order-form\.zip/);
  });
}
