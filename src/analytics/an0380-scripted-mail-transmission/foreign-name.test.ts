import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import { Story } from '../story.ts';
import { weighForeignName } from './foreign-name.ts';
import { LIMITS } from './limits.ts';
import { message, outcome } from './made-up.test-support.ts';
import type { Outcome } from './outcome.ts';
import type { SendJob } from './send.ts';

const WORLD = { mail: { localDomains: new Set(['example.org']) } } as unknown as World;
const BANK = 'service@bank.example.net';

const letter = (sender: string, to: string): Outcome => {
  const taken = message({ sender, senderKnown: true }, [to]);
  return outcome({ message: taken, carried: taken });
};
const letters = (count: number, sender = BANK, to = (i: number) => `customer${i}@example.com`): Outcome[] =>
  Array.from({ length: count }, (_, i) => letter(sender, to(i)));

function weighed(outcomes: readonly Outcome[], job: Partial<SendJob> = {}, world = WORLD): string[] {
  const story = new Story();
  const all = { context: 'detached', job: '/home/intern/s.pl', systemOwned: false, ...job } as SendJob;
  weighForeignName(all, outcomes, story, LIMITS, world);
  return story.factors.map(({ weight, evidence }) => `${weight} ${evidence}`);
}

test('one program writes to many outside under an address of another domain', () => {
  assert.deepEqual(weighed(letters(LIMITS.many)), [`2 10 messages from ${BANK} to 10 recipients`]);
  assert.deepEqual(weighed(letters(LIMITS.many - 1)), []);
});

test("in the site's own name, or one above or below it, it is the site's own mail", () => {
  for (const own of ['news@example.org', 'news@lists.example.org', 'NEWS@EXAMPLE.ORG', '', 'root'])
    assert.deepEqual(weighed(letters(40, own)), [], own);
  assert.deepEqual(weighed(letters(12, 'a@notexample.org')), ['2 12 messages from a@notexample.org to 12 recipients']);
});

test('many messages to few, or to people inside, are another matter', () => {
  assert.deepEqual(weighed(letters(40, BANK, i => `c${i % 9}@example.com`)), []);
  assert.deepEqual(weighed(letters(40, BANK, i => `c${i}@example.org`)), []);
});

test('what passes on the mail of many who wrote keeps the name of each', () => {
  const passed = Array.from({ length: 40 }, (_, i) => letter(`w${i}@example.net`, `r${i}@example.com`));
  assert.deepEqual(weighed(passed), []);
});

test("a package's job and mail software are not asked, nor a site of which no domain is known", () => {
  assert.deepEqual(weighed(letters(40), { systemOwned: true }), []);
  assert.deepEqual(weighed(letters(40), { context: 'mail-software' }), []);
  assert.deepEqual(weighed(letters(40), {}, { mail: { localDomains: new Set() } } as unknown as World), []);
});

test('an envelope that the log does not show says nothing', () => {
  const unknown = letters(40).map(each => outcome({ ...each, message: message({ sender: BANK }, ['c@example.com']) }));
  assert.deepEqual(weighed(unknown), []);
});
