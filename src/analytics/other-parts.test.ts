import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Taint, TaintOrigin, TaintStep } from '../state/taint.ts';
import type { DeliveryLink } from './delivery-link.ts';
import { at, delivery, message, stepOf, taintOf } from './mail-facts.test-support.ts';
import { tellOtherParts } from './other-parts.ts';
import { Story } from './story.ts';

const WHOLE = '/home/clerk/x.7z';
/** The cat(1) that puts the parts together. */
const CAT = 20;
const PUT: Partial<TaintStep> = { kind: 'file.written', pid: CAT, object: WHOLE };
const READ: Partial<TaintStep> = { ...PUT, kind: 'file.opened' };

let order = 0;
/** A file of this name that the mail client saved, and what happened to it since. */
function part(id: string, steps: readonly Partial<TaintStep>[], origin: Partial<TaintOrigin> = {}): Taint {
  const fresh = (facts: Partial<TaintStep>): TaintStep => {
    order += 1;
    return stepOf({ time: at(1000 + order), order, ...facts });
  };
  let taint: Taint = { ...taintOf({ id, ...origin }), step: fresh({ object: `/home/clerk/${id}` }) };
  for (const step of steps) taint = { ...taint, previous: taint, step: fresh(step) };
  return taint;
}

/** The message of the part, which has the part's name for its queue id. */
const messageOf = ({ origin }: Taint): DeliveryLink => ({
  message: message({ queueId: origin.id }),
  delivery: delivery(),
  strength: 'inferred',
  why: `it brought ${origin.id}`,
});

/** What is told beside the first part, which is told already. */
function besides(told: Taint, others: readonly Taint[], messages: (each: Taint) => DeliveryLink | null = messageOf) {
  const story = new Story();
  tellOtherParts(story, told, [told, ...others], messages);
  return {
    saved: story.steps.filter(({ kind }) => kind === 'file.created').map(({ summary }) => summary.split('/').at(-1)),
    mails: story.links.filter(({ kind }) => kind === 'delivery').map(({ why }) => why),
  };
}
const NOTHING = { saved: [], mails: [] };

test('a part that the same process wrote into the same file is told with its message', () => {
  const first = part('x.7z.001', [PUT]);
  assert.deepEqual(besides(first, [part('x.7z.002', [PUT])]), {
    saved: ['x.7z.002'],
    mails: ['it brought x.7z.002'],
  });
  const unknown = besides(first, [part('x.7z.002', [PUT])], () => null);
  assert.deepEqual(unknown, { saved: ['x.7z.002'], mails: [] }, 'of a message nothing is known');
});

test('the part that is told already is not given a second message', () => {
  const first = part('x.7z.001', [PUT]);
  assert.deepEqual(besides(first, []), NOTHING);
  assert.deepEqual(besides(first, [part('x.7z.001', [PUT])]), NOTHING, 'by another way through the host');
});

test('what came by no mail client is not said to have come with a message', () => {
  const first = part('x.7z.001', [PUT]);
  for (const basis of ['fetched', 'store-read', 'appeared'] as const)
    assert.deepEqual(besides(first, [part('x.7z.002', [PUT], { basis })]), NOTHING, basis);
});

test('a part that is only likely one is not told', () => {
  const first = part('x.7z.001', [PUT]);
  const probably = part('x.7z.002', [{ ...PUT, strength: 'inferred' }]);
  assert.deepEqual(besides(first, [probably]), NOTHING);
  assert.deepEqual(besides(first, [part('x.7z.002', [PUT], { strength: 'inferred' })]), NOTHING);
});

test('what was read beside a file that was put together went not into it, nor the other way round', () => {
  assert.deepEqual(besides(part('x.7z.001', [PUT]), [part('letter.txt', [READ])]), NOTHING);
  assert.deepEqual(besides(part('letter.txt', [READ]), [part('x.7z.002', [PUT])]), NOTHING);
  assert.deepEqual(besides(part('a.txt', [READ]), [part('b.txt', [READ])]), NOTHING, 'both were only read');
});

test('files that are written apart are no parts of one another', () => {
  const first = part('x.7z.001', [PUT]);
  const copied = part('letter.txt', [{ ...PUT, object: '/home/clerk/Documents/letter.txt' }]);
  assert.deepEqual(besides(first, [copied]), NOTHING, 'one process copies both, each to its place');
  const replaced = part('letter.txt', [{ ...PUT, pid: CAT + 1 }]);
  assert.deepEqual(besides(first, [replaced]), NOTHING, 'another process wrote the file anew');
  const elsewhere = part('letter.txt', [{ ...PUT, pid: CAT + 1, object: '/home/clerk/y' }]);
  assert.deepEqual(besides(first, [elsewhere]), NOTHING);
});
