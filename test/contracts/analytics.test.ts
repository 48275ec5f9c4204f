import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import { foldersIn, ROOT } from '../../scripts/lib/tree.ts';
import type { Analytic, TunableValue } from '../../src/analytics/contract.ts';
import { ANALYTICS_ALL } from '../../src/analytics/registry.ts';
import { ANALYTIC_IDS } from '../../src/events/vocabulary.ts';
import { ATTACK_TUNABLES } from '../support/attack-tunables.ts';
import { recordedLogs } from '../support/recordings.ts';
import { exportsUnder } from '../support/units.ts';

const folders = foldersIn('src/analytics').filter(name => /^an\d{4}-/.test(name));
const idOf = (folder: string): string => folder.slice(0, 6).toUpperCase();
const isAnalytic = (value: unknown): value is Analytic =>
  typeof value === 'object' && value !== null && 'meta' in value && 'start' in value;

test('folders, registry and vocabulary name the same analytics', () => {
  const registered = ANALYTICS_ALL.map(analytic => analytic.meta.id);
  assert.deepEqual(folders.map(idOf).sort(), [...registered].sort());
  assert.deepEqual([...registered].sort(), [...ANALYTIC_IDS].sort());
});

for (const folder of folders) {
  const base = `src/analytics/${folder}`;
  const analytic = ANALYTICS_ALL.find(each => each.meta.id === idOf(folder));

  test(`${folder}: one export, which is the analytic in the registry`, async () => {
    const exported = (await exportsUnder(base)).filter(each => isAnalytic(each.value));
    assert.deepEqual(
      exported.map(each => each.file),
      [`${base}/analytic.ts`],
    );
    assert.equal(exported[0]?.value, analytic);
  });

  test(`${folder}: page, playbook, test and cases are there`, () => {
    for (const name of ['README.md', 'playbook.md', 'analytic.ts', 'analytic.test.ts']) {
      assert.ok(existsSync(join(ROOT, base, name)), `${base}/${name}`);
    }
    const sorts = new Set(foldersIn(`${base}/cases`).map(name => name.split('.')[0]));
    assert.ok(sorts.has('fires'), 'a case that fires');
    assert.ok(sorts.has('quiet'), 'a case that must stay quiet');
    for (const sort of sorts) assert.ok(['fires', 'quiet', 'hostile', 'misses'].includes(sort as string), sort);
  });

  test(`${folder}: ATT&CK's tunables, each with default, unit and reason, and each explained on its page`, () => {
    assert.ok(analytic);
    const { tunables } = analytic.meta;
    const names = tunables.map(each => each.name);
    assert.deepEqual(
      (ATTACK_TUNABLES[analytic.meta.id] ?? []).filter(name => !names.includes(name)),
      [],
    );
    assert.deepEqual([...new Set(names)], names);
    const page = readFileSync(join(ROOT, base, 'README.md'), 'utf8');
    for (const each of tunables) {
      assert.ok(each.unit.length > 0, `${each.name} has a unit`);
      assert.ok(each.why.length > 10, `${each.name} says why`);
      assert.notEqual(each.default, undefined, each.name);
      assert.ok(page.includes(each.name), `README.md explains ${each.name}`);
    }
  });

  test(`${folder}: says what telemetry it needs and what each kind would unlock`, () => {
    assert.ok(analytic && analytic.meta.telemetry.length > 0);
    for (const each of analytic.meta.telemetry) {
      assert.ok(each.what.length > 0 && each.unlocks.length > 0, each.kind);
    }
  });

  test(`${folder}: a fresh run can be saved and restored`, () => {
    assert.ok(analytic);
    const tunables = new Map<string, TunableValue>(analytic.meta.tunables.map(each => [each.name, each.default]));
    const run = analytic.start(tunables);
    const saved: unknown = deserialize(serialize(run.snapshot()));
    const other = analytic.start(tunables);
    other.restore(saved);
    assert.deepEqual(other.snapshot(), run.snapshot());
    assert.equal(other.evictions(), 0);
  });

  test(`${folder}: its page names every case that it misses`, () => {
    const page = readFileSync(join(ROOT, base, 'README.md'), 'utf8');
    for (const name of foldersIn(`${base}/cases`).filter(each => each.startsWith('misses.'))) {
      assert.ok(page.includes(name), `README.md names ${name}`);
    }
  });
}

test('recorded mail logs name only addresses that are set aside for documentation', () => {
  for (const log of recordedLogs().filter(each => /mail|syslog/.test(each.name))) {
    const addresses =
      log.content.toString('latin1').match(/(?<=[[ =])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?=[\] ,:])/g) ?? [];
    const others = addresses.filter(
      each => !/^(192\.0\.2|198\.51\.100|203\.0\.113|127\.\d+\.\d+|0\.0\.0)\./.test(each),
    );
    assert.deepEqual([...new Set(others)], [], log.name);
  }
});
