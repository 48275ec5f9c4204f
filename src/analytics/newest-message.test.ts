import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, attachment, delivery, message } from './mail-facts.test-support.ts';
import { newestOf } from './newest-message.ts';

const came = (queueId: string, time: number, sizeBytes = -1, isCarrying = false) => ({
  message: message({ queueId, sizeBytes, attachments: isCarrying ? [attachment()] : [] }),
  delivery: delivery({ time: at(time) }),
});
/** Which of these, the newest first, a file that appeared at 60.050 s came with. */
const chosen = (
  mails: readonly ReturnType<typeof came>[],
  isProgram = false,
  isHanded = false,
  time = 60_050,
): string | null => {
  const found = newestOf(mails, time, isHanded, isProgram);
  return found === null ? null : `${found.message.queueId} ${found.alike}`;
};

test('a stamp of whole seconds is not before what happened within that second', () => {
  const earlier = came('A', 52_000, 2709);
  assert.equal(chosen([came('B', 60_000, 9000), earlier]), 'A 0');
  assert.equal(chosen([came('B', 60_001, 9000), earlier]), 'B 0', 'its log tells less than a second');
  assert.equal(chosen([came('B', 59_000, 9000), earlier]), 'B 0', 'the second was over');
  assert.equal(chosen([came('B', 60_000, 9000)]), 'B 0', 'there is no other');
  assert.equal(chosen([came('B', 60_000, 9000), came('A', 52_000, 500)]), 'B 0', 'the other holds nothing');
  assert.equal(chosen([came('B', 60_900, 9000), earlier]), 'A 0');
  assert.equal(chosen([came('B', 60_900, 9000), earlier], false, true), 'B 0', 'handed to a program as it came');
});

test('what came at the very moment, and a second that was over, are before', () => {
  const earlier = came('A', 52_001, 2709);
  assert.equal(chosen([came('B', 60_050, 9000), earlier]), 'B 0');
  assert.equal(chosen([came('B', 60_050, 9000, true), came('A', 52_001, 2709, true)]), 'B 0');
  const within = (time: number): string | null => chosen([came('B', 60_000, 9000), earlier], false, false, time);
  assert.equal(within(60_998), 'A 0');
  assert.equal(within(60_999), 'B 0', 'the last millisecond of that second');
});

test('of messages that carry something only those before are better', () => {
  assert.equal(chosen([came('B', 60_900, 9000, true), came('A', 52_000, 2709)]), 'A 0');
});

test('of what came at once with the file it is what carries something, else what has room', () => {
  assert.equal(chosen([came('B', 60_000, 500), came('C', 60_000, 9000)]), 'C 0', 'the letter is not counted');
  const handed = (...mails: ReturnType<typeof came>[]): string | null => chosen(mails, false, true);
  assert.equal(handed(came('B', 60_900, 9000), came('A', 52_000, 700, true)), 'A 0');
  assert.equal(
    handed(came('B', 60_000, 9000), came('A', 60_000, 700, true)),
    'A 0',
    'a larger one that carries nothing',
  );
});

test('a message without room for a file is taken only where there is no better one', () => {
  const [letter, file] = [came('A', 50_100, 639), came('B', 40_100, 640)];
  assert.equal(chosen([letter, file]), 'B 0');
  assert.equal(chosen([letter, came('B', 40_100)]), 'B 0', 'of unknown size');
  assert.equal(chosen([letter, came('C', 45_100, 500)]), 'A 0');
  assert.equal(chosen([came('A', 50_100, 0), file]), 'B 0', 'nothing is in it');
  assert.equal(chosen([came('A', 50_100, 400, true), file]), 'A 0', 'it is known to carry something');
});

test('no message without room for one brought a program', () => {
  const letter = came('A', 50_100, 639);
  assert.equal(chosen([letter], true), null);
  assert.equal(chosen([letter]), 'A 0', 'a script may be a line');
  assert.equal(chosen([came('A', 50_100, 640)], true), 'A 0');
  assert.equal(chosen([came('A', 50_100, 500, true)], true), 'A 0', 'it is known to carry something');
  assert.equal(chosen([letter], true, true), 'A 0', 'handed to a program as it came');
  assert.equal(chosen([]), null);
});
