import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { Generations } from './generations.ts';
import { PairGenerations } from './pair-generations.ts';

interface Value {
  generation: number;
  readonly index: number;
}

const name = fc.constantFrom('a', 'b', 'c');
const step = fc.record({ what: fc.constantFrom('peek', 'touch', 'set', 'delete'), first: name, second: name });

test('pairs are kept, forgotten and counted as texts made of both would be, also after a restore', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 0, max: 12 }), fc.nat(199), (steps, max, cut) => {
      let pairs = new PairGenerations<Value>(max);
      const texts = new Generations<string, number>(max);
      steps.forEach(({ what, first, second }, index) => {
        const key = `${first} ${second}`;
        if (what === 'set') {
          pairs.delete(first, second);
          pairs.add(first, second, { generation: 0, index });
          texts.set(key, index);
        } else if (what === 'delete') assert.equal(pairs.delete(first, second), texts.delete(key));
        else assert.equal(pairs[what](first, second)?.index, texts[what](key));
        assert.deepEqual([pairs.size, pairs.evicted], [texts.size, texts.evicted]);
        if (index !== cut) return;
        const saved = deserialize(serialize(pairs.snapshot())) as ReturnType<typeof pairs.snapshot>;
        pairs = new PairGenerations(max);
        pairs.restore(saved);
      });
    }),
  );
});

test('a name of one text is no name of the other', () => {
  const pairs = new PairGenerations<Value>(10);
  pairs.add('clerk', 'buyer', { generation: 0, index: 1 });
  assert.deepEqual([pairs.peek('clerk', 'buyer')?.index, pairs.peek('buyer', 'clerk')], [1, undefined]);
});
