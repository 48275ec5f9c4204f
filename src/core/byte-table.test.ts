import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteTable } from './byte-table.ts';

const ask = (table: ByteTable<string>, text: string): string | undefined => {
  const bytes = Buffer.from(`..${text}..`, 'latin1');
  const found = table.find(bytes, 2, bytes.length - 2);
  if (found === undefined) table.keep(bytes, 2, bytes.length - 2, text);
  return found;
};

test('what is asked for the second time is kept from then on', () => {
  const table = new ByteTable<string>();
  assert.equal(ask(table, 'argc=1'), undefined);
  assert.equal(ask(table, 'argc=1'), undefined);
  assert.equal(ask(table, 'argc=1'), 'argc=1');
  assert.equal(ask(table, 'argc=2'), undefined);
});

test('nothing is found for no bytes, nor for more than are worth remembering', () => {
  const table = new ByteTable<string>();
  const long = 'x'.repeat(2000);
  for (let i = 0; i < 4; i++) {
    assert.equal(ask(table, ''), undefined);
    assert.equal(ask(table, long), undefined);
  }
});

test('over its caps it begins anew and still never answers with another value', () => {
  const table = new ByteTable<string>(16, 256);
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 80 }), texts => {
      for (const text of texts.map(each => Buffer.from(each, 'utf8').toString('latin1'))) {
        const found = ask(table, text);
        assert.ok(found === undefined || found === text);
      }
    }),
  );
});
