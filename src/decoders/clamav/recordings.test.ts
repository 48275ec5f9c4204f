import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgementsOf, ofKind, recordingsOf } from '../recorded.test-support.ts';

const MARKER = 'Watchpost.Test.Marker.UNOFFICIAL';
const recordings = recordingsOf('clamav');

for (const recording of recordings.filter(each => each.name.startsWith('milter'))) {
  const { truth, events } = recording;
  test(`${recording.name}: every message is judged as it was made, and clamd found what the milter says (${truth.title})`, () => {
    const bad = truth.sent.filter(({ then }) => then.kind === 'malware');
    const expected = truth.sent.map(({ messageId, then }) => [
      messageId || '?',
      [then.kind === 'malware' ? `malware | fail | infected | ${MARKER}` : 'malware | pass | clean'],
    ]);
    const judged = judgementsOf(recording);
    // clamd sees a stream and no message: what it says of the two stands beside the message without an id.
    const [nameless, ...found] = (judged.get('?') as string[]).sort().reverse();
    assert.deepEqual(
      found,
      bad.map(() => `malware | fail | FOUND | ${MARKER}`),
    );
    judged.set('?', [nameless as string]);
    assert.deepEqual([...judged].sort(), expected.sort());
    assert.deepEqual([...recording.rejects], []);
    const queued = new Set(ofKind(events, 'mail.identified').map(event => event.queueId));
    for (const event of ofKind(events, 'mail.judged')) assert.ok(event.queueId === '' || queued.has(event.queueId));
  });
}

test('clamsmtp: verdicts in the order in which messages were sent, on no message that it could name', () => {
  const recording = recordings.find(each => each.name === 'clamsmtp');
  assert.ok(recording);
  const told = ofKind(recording.events, 'mail.judged');
  assert.deepEqual(
    told.map(event => `${event.verdict} ${event.name}`).sort(),
    recording.truth.sent.map(({ then }) => (then.kind === 'malware' ? `fail ${MARKER}` : 'pass ')).sort(),
  );
  assert.deepEqual(new Set(told.map(event => event.queueId + event.messageId)), new Set(['']));
});

test('no subject is in any event', () => {
  for (const recording of recordings) assert.doesNotMatch(JSON.stringify(recording.events), /this week/);
});
