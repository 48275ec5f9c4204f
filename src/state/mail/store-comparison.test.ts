import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../../core/time.ts';
import type { StoreTimeBasis } from '../../events/mail-events.ts';
import type { Delivery, Message } from './contract.ts';
import type { Delivered } from './recent.ts';
import { compareStored } from './store-comparison.ts';

const REF = { source: 0, offset: 0, length: 1, next: null };

/** A delivery of message `id` at `time`; out of a store when `basis` says how its time is known. */
function delivered(id: string, time: number, basis?: StoreTimeBasis, sha256 = ''): Delivered {
  const attachment = { name: 'a.pdf', declaredType: '', realType: '', sizeBytes: 100, sha256, ref: REF };
  const message = {
    messageId: id,
    sizeBytes: 1000,
    attachments: sha256 === '' ? [] : [attachment],
    stored: basis === undefined ? null : { box: 'var/mail/clerk', folder: '', owner: 'clerk', timeFrom: basis },
  } as unknown as Message;
  return { message, delivery: { time: epochMs(time), ref: REF } as unknown as Delivery };
}

test('log and store: what both have, what only one has, and how far their clocks are apart', () => {
  const logged = [
    delivered('<1>', 100_000),
    delivered('<2>', 200_000),
    delivered('<3>', 300_000),
    delivered('', 250_000),
  ];
  const stored = [
    delivered('<0>', 1000, 'received'),
    delivered('<1>', 163_000, 'envelope', 'aa'),
    delivered('<2>', 262_000, 'maildir-name', 'aa'),
    delivered('<9>', 210_000, 'received', 'bb'),
    // The sender's own date is no time of a delivery.
    delivered('<8>', 220_000, 'date'),
  ];
  const found = compareStored(logged, stored, 100_000, 300_000, 1024);
  assert.deepEqual(
    [found.logged, found.stored, found.both, found.onlyLogged, found.onlyStored, found.storedBytes, found.skewMs],
    [4, 3, 2, 1, 1, 3000, 63_000],
  );
  assert.deepEqual(found.repeated, { sha256: 'aa', name: 'a.pdf', count: 2, bytes: 200 });
  assert.deepEqual([found.first?.time, found.last?.time, found.isCut], [163_000, 262_000, false]);
  assert.equal(compareStored(logged, stored, 100_000, 300_000, 5).isCut, true);
  assert.ok(Number.isNaN(compareStored([], [], 0, 1, 10).skewMs));
});
