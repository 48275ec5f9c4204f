import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../../../scripts/lib/tree.ts';
import type { WatchEvent } from '../../events/event.ts';
import { decodeAll, formatOf } from '../recorded.test-support.ts';

const unpacked = (...path: string[]) => gunzipSync(readFileSync(join(ROOT, ...path)));
const CASES = [
  'an0656-phishing-attachment-executed/cases/fires.zip-hidden-child',
  'an1310-mail-store-harvested/cases/fires.tar-maildir-curl',
];

/**
 * Everything but where the record lies, the host, which auditd's own log does not name, and the name of the user, which the
 * audit decoder reads for the first program of each and auditbeat tells of every one.
 */
const said = (events: readonly WatchEvent[]) =>
  events.map(({ ref: _, host: __, ...rest }) => ('userName' in rest ? { ...rest, userName: '' } : rest));

for (const path of CASES) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const converted = ['src/decoders/ecs/converted', name];

  test(`${name}: auditbeat's documents say what the audit log says`, () => {
    const log = unpacked('src/analytics', path, 'audit.log.gz');
    const documents = unpacked(...converted, 'auditbeat.ndjson.gz');
    assert.equal(formatOf(documents).id, 'ecs');
    const raw = said(decodeAll(formatOf(log), log).events);
    const read = said(decodeAll(formatOf(documents), documents).events);
    assert.ok(raw.length > 100);
    // auditd's own records never pass through the kernel: auditbeat is not told them.
    const daemon = (event: { kind: string; what?: string }) =>
      event.kind === 'sensor.health' && event.what !== 'rules-changed';
    assert.deepEqual(
      read,
      raw.filter(event => !daemon(event)),
    );
  });

  test(`${name}: an index that holds auditbeat's documents and filebeat's lines says what both logs say`, () => {
    const index = unpacked(...converted, 'hits.ndjson.gz');
    assert.equal(formatOf(index).id, 'ecs');
    const { events, verdicts } = decodeAll(formatOf(index), index);
    assert.ok(verdicts.every(verdict => verdict.tag !== 'reject'));
    const lines = ['mail.log.gz', 'syslog.gz'].flatMap(file => {
      const content = unpacked('src/analytics', path, file);
      return decodeAll(formatOf(content), content).events;
    });
    const log = unpacked('src/analytics', path, 'audit.log.gz');
    const audit = decodeAll(formatOf(log), log).events.filter(event => event.kind !== 'sensor.health');
    assert.ok(lines.length > 20);
    const sorted = (of: readonly object[]) => of.map(event => JSON.stringify(event)).sort();
    const shown = events.filter(event => event.kind !== 'sensor.health');
    assert.deepEqual(sorted(said(shown)), sorted(said([...audit, ...lines])));
  });
}
