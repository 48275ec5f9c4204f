import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/lib/tree.ts';
import { Comparison } from './comparison.ts';
import { type FidelityTable, pageOf, rowFrom } from './page.ts';
import { FIDELITY_SOURCES } from './sources.ts';

const read = (name: string): string => readFileSync(join(ROOT, 'docs', name), 'utf8');
const table = JSON.parse(read('fidelity.json')) as FidelityTable;

for (const source of FIDELITY_SOURCES) {
  test(`${source.id}: read as the table says, and every difference has its reason`, { skip: source.skip }, async () => {
    const measured = await source.measure();
    assert.deepEqual(measured.unexplained, []);
    assert.ok(measured.records > 0, 'there are records');
    assert.deepEqual(rowFrom(measured), table[source.id], 'run npm run fidelity, and read what changed');
  });
}

test('the page is made of the figures, and every row has some', () => {
  assert.equal(read('fidelity.md'), pageOf(FIDELITY_SOURCES, table), 'run npm run fidelity');
  assert.deepEqual(Object.keys(table).sort(), FIDELITY_SOURCES.map(source => source.id).sort());
  for (const [id, row] of Object.entries(table)) {
    const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
    assert.equal(row.exact + sum(row.leftOut) + sum(row.differs), row.records, id);
  }
});

test('a record that is told otherwise for no known reason is unexplained, not counted away', () => {
  const comparison = new Comparison();
  comparison.record('a', { pid: 1, name: 'x' }, { pid: 1 });
  comparison.record('b', { pid: 2 }, { pid: 1 });
  comparison.record('c', undefined, { pid: 1 });
  comparison.record('d', { pid: 2, name: 'X' }, { pid: 1, name: 'x' }, field => (field === 'name' ? 'case' : ''));
  comparison.record('e', { name: 'X' }, { name: 'x' }, () => 'case');
  comparison.leftOut('of no use');
  const measured = comparison.done();
  assert.deepEqual([measured.records, measured.exact, measured.differs], [6, 1, { case: 1 }]);
  assert.equal(measured.unexplained.length, 3);
  assert.throws(() => rowFrom(measured), /b: pid is 2, expected 1/);
  const all = new Comparison();
  all.add(comparison);
  all.add(comparison);
  assert.equal(all.done().records, 12);
});
