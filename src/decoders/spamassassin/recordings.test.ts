import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgementsOf, ofKind, recordingsOf } from '../recorded.test-support.ts';

for (const recording of recordingsOf('spamassassin')) {
  const { truth, events } = recording;
  test(`${recording.name}: every message is judged as it was made (${truth.title})`, () => {
    const expected = truth.sent.map(({ messageId, then }) => [
      messageId || '?',
      [then.kind === 'spam' ? 'spam | fail | spam' : 'spam | pass | clean'],
    ]);
    assert.deepEqual([...judgementsOf(recording)].sort(), expected.sort());
    assert.deepEqual([...recording.rejects], []);
    const spam = ofKind(events, 'mail.judged').find(event => event.verdict === 'fail');
    assert.ok((spam?.score ?? 0) > 900);
  });
}
