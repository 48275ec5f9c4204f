import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteMemory } from './byte-memory.ts';
import { sameBytes, viewOf } from './words.ts';

const SETTING = { slotBits: 2, roomBits: 6, hashedFrom: 2, hashedBytes: 8 };

/** What the run at the start of `text` means: its words up to the first `.`; found or read anew. */
function meaning(memory: ByteMemory<string>, text: string, padding: number): { said: string; found: boolean } {
  const bytes = Buffer.from(`${'#'.repeat(padding)}${text}`, 'latin1');
  const words = viewOf(bytes);
  const held = memory.find(words, padding, bytes.length);
  if (held !== undefined) {
    assert.equal(memory.end, padding + text.indexOf('.') + 1);
    return { said: held, found: true };
  }
  const stop = text.indexOf('.') + 1;
  memory.keep(words, padding, padding + stop, text.slice(0, stop));
  bytes.fill(0xff);
  return { said: text.slice(0, stop), found: false };
}

test('a run that comes again is found, whatever follows it and wherever it lies', () => {
  const memory = new ByteMemory<string>(SETTING);
  assert.deepEqual(meaning(memory, 'item=0 name="/bin/sh".rest', 0), { said: 'item=0 name="/bin/sh".', found: false });
  assert.deepEqual(meaning(memory, 'item=0 name="/bin/sh".other', 3), { said: 'item=0 name="/bin/sh".', found: true });
  assert.deepEqual(meaning(memory, 'item=0 name="/bin/sx".rest', 1).said, 'item=0 name="/bin/sx".');
});

test('gives what reading anew gives, whatever came before', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 0, maxLength: 70 }).map(run => `${run}.`);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.nat(7)), { maxLength: 60 }), runs => {
      const memory = new ByteMemory<string>(SETTING);
      for (const [run, padding] of runs) assert.equal(meaning(memory, `${run}tail of it`, padding).said, run);
    }),
  );
});

test('runs that are cut off, too short or too long are read anew', () => {
  const memory = new ByteMemory<string>(SETTING);
  const whole = Buffer.from('a run of some length.');
  const words = viewOf(whole);
  assert.equal(memory.find(words, 0, whole.length), undefined);
  memory.keep(words, 0, whole.length, 'kept');
  assert.equal(memory.find(words, 0, whole.length), 'kept');
  assert.equal(memory.find(words, 0, whole.length - 1), undefined);
  const short = (): boolean => meaning(memory, 'short.', 0).found;
  assert.deepEqual([short(), short()], [false, false]);
  const long = (): boolean => meaning(memory, `${'long '.repeat(20)}.`, 0).found;
  assert.deepEqual([long(), long()], [false, false]);
});

test('bytes are compared to the last one', () => {
  const one = Buffer.from('0123456789');
  for (let at = 0; at < one.length; at++) {
    const other = Buffer.from(one);
    other[at] = 0;
    assert.equal(sameBytes(viewOf(one), 0, viewOf(other), 0, one.length), false);
    assert.equal(sameBytes(viewOf(one), 0, viewOf(other), 0, at), true);
  }
});
