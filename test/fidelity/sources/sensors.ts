import { join } from 'node:path';
import { recordedEvents } from '../../../lab/export/recording.ts';
import { ROOT } from '../../../scripts/lib/tree.ts';
import { decodeAll, formatOf } from '../../../src/decoders/recorded.test-support.ts';
import type { HostEvent } from '../../../src/events/host-events.ts';
import { contentOf } from '../../support/recordings.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';
import { isNameless, LENSES, through } from '../sensors.ts';

const CASES = [
  'src/analytics/an0656-phishing-attachment-executed/cases/fires.zip-hidden-child',
  'src/analytics/an1310-mail-store-harvested/cases/fires.tar-maildir-curl',
];

/** Every event of the recording that the sensor can see, once, with all that its form carries. */
async function throughLens(lens: (typeof LENSES)[number]): Promise<Comparison> {
  const comparison = new Comparison();
  for (const path of CASES) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const content = contentOf(join(ROOT, 'src/decoders', lens.decoder, 'converted', name, lens.file));
    const told = new Set(decodeAll(formatOf(content), content).events.map(event => through(lens, event)));
    const seen = (await recordedEvents(join(ROOT, path))).filter(
      event => !isNameless(event as HostEvent) && lens.sees(event as HostEvent),
    );
    const expected = new Set(seen.map(event => through(lens, event)).filter(each => each !== null));
    for (const each of expected)
      if (told.has(each)) comparison.exact();
      else comparison.unexplained(`${name}: not told: ${each.slice(0, 200)}`);
    for (const each of told)
      if (each !== null && !expected.has(each)) comparison.unexplained(`${name}: told beside: ${each.slice(0, 200)}`);
  }
  return comparison;
}

export const sensorSources: readonly FidelitySource[] = LENSES.map(lens => ({
  id: `converted-${lens.decoder}`,
  title: `recorded cases as ${lens.decoder} writes them`,
  origin: 'own',
  against:
    'the audit log that they were converted from: every event that the sensor sees, with all that its form carries',
  skip: false,
  measure: async () => (await throughLens(lens)).done(),
}));
