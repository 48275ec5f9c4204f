import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressLine, progressOn } from './progress.ts';
import { columnsOf } from './talk.ts';
import { moment } from './values.ts';

const at = (text: string, zone = 0, endOfDay = false): string =>
  new Date(moment('--since', text, zone, endOfDay)).toISOString();

test('a moment is a day, an hour or a second, in its own zone or the one given', () => {
  assert.equal(at('2026-03-01'), '2026-03-01T00:00:00.000Z');
  assert.equal(at('2026-03-01', 0, true), '2026-03-01T23:59:59.999Z');
  assert.equal(at('2026-03-01T09:30', 120), '2026-03-01T07:30:00.000Z');
  assert.equal(at('2026-03-01 09:30:05.25Z', 120), '2026-03-01T09:30:05.250Z');
  assert.equal(at('2026-03-01T09:30:00-05:00', 0, true), '2026-03-01T14:30:00.000Z');
  for (const bad of ['', '2026', '2026-13-01', '2026-02-29', '2026-03-01T24:00', '1 March'])
    assert.throws(() => at(bad));
});

test('progress tells how far, how fast and how long still', () => {
  const line = progressLine({ bytesRead: 50e6, bytesTotal: 200e6, events: 1000, elapsedMs: 500 });
  assert.equal(line, ' 25 %, 50 MB, 100 MB/s, 1,000 events, 2 s left');
  assert.equal(progressLine({ bytesRead: 0, bytesTotal: 0, events: 0, elapsedMs: 0 }), '0.0 MB, 0.0 MB/s, 0 events');
});

test('progress says nothing of short work, nothing into a pipe, and takes its line away', () => {
  const written: string[] = [];
  const stream = { isTTY: true, write: (text: string) => written.push(text) };
  const tick = (elapsedMs: number) => ({ bytesRead: 1, bytesTotal: 2, events: 0, elapsedMs });
  const progress = progressOn(stream, true);
  progress.update(tick(400));
  progress.clear();
  assert.deepEqual(written, []);
  for (const elapsed of [600, 610, 650, 720]) progress.update(tick(elapsed));
  progress.clear();
  assert.equal(written.length, 3);
  assert.equal(written.at(-1), '\r\u001b[K');
  for (const [wanted, isTTY] of [
    [false, true],
    [true, false],
  ] as const) {
    progressOn({ isTTY, write: () => assert.fail('silent') }, wanted).update(tick(9999));
  }
});

test('a terminal that does not say how wide it is, or is hardly wider than a word, gets a layout all the same', () => {
  assert.deepEqual(
    [{}, { columns: 0 }, { columns: 1 }, { columns: 40 }, { columns: 212 }].map(columnsOf),
    [100, 100, 40, 40, 212],
  );
});
