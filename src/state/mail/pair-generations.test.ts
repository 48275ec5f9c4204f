import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { Generations } from './generations.ts';
import { PairGenerations } from './pair-generations.ts';

const name = fc.constantFrom('a', 'b', 'c');
const step = fc.record({ what: fc.constantFrom('peek', 'touch', 'set', 'delete'), first: name, second: name });

test('pairs are kept, forgotten and counted as texts made of both would be, also after a restore', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 0, max: 12 }), fc.nat(199), (steps, max, cut) => {
      let pairs = new PairGenerations<number>(max);
      const texts = new Generations<string, number>(max);
      steps.forEach(({ what, first, second }, index) => {
        const key = `${first} ${second}`;
        if (what === 'set') {
          pairs.set(first, second, index);
          texts.set(key, index);
        } else assert.equal(pairs[what](first, second), texts[what](key));
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
  const pairs = new PairGenerations<number>(10);
  pairs.set('clerk', 'buyer', 1);
  assert.deepEqual([pairs.peek('clerk', 'buyer'), pairs.peek('buyer', 'clerk')], [1, undefined]);
});
