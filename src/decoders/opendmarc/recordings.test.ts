import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofKind, recordingsOf } from '../recorded.test-support.ts';

for (const recording of recordingsOf('opendmarc')) {
  const { truth, events } = recording;
  const ids = new Map<string, Set<string>>();
  for (const { queueId, messageId, time } of ofKind(events, 'mail.identified'))
    ids.set(`${queueId} ${time}`, new Set([messageId]));

  test(`${recording.name}: SPF in the order in which messages came (${truth.title})`, () => {
    const told = ofKind(events, 'mail.judged').filter(event => event.program === 'policyd-spf');
    assert.deepEqual(told.map(event => event.said).sort(), truth.sent.map(({ then }) => then.spf as string).sort());
    assert.deepEqual(
      told.map(event => event.name).sort(),
      truth.sent.map(({ sender }) => (sender === '' ? 'smtp.example.com' : sender.replace(/^.*@/, ''))).sort(),
    );
    assert.deepEqual([...recording.rejects], []);
  });

  test(`${recording.name}: DKIM and DMARC of each message`, () => {
    const verdicts = (program: string): Map<string, Set<string>> => {
      const found = new Map<string, Set<string>>();
      for (const event of ofKind(events, 'mail.judged').filter(each => each.program === program)) {
        // Queue ids are used again within seconds: the message that was identified last before it.
        const id = [...ofKind(events, 'mail.identified')]
          .filter(each => each.queueId === event.queueId && each.time <= event.time)
          .at(-1)?.messageId;
        found.set(id ?? '?', (found.get(id ?? '?') ?? new Set()).add(event.verdict));
      }
      return found;
    };
    const dkim = verdicts('opendkim');
    const dmarc = verdicts('opendmarc');
    for (const { messageId, then } of truth.sent) {
      const expected = then.dkim === 'pass' || then.dkim === 'fail' ? [then.dkim] : [];
      assert.deepEqual([...(dkim.get(messageId) ?? [])], expected, `dkim of ${messageId}`);
      if (then.dmarc === undefined) continue;
      assert.deepEqual(
        [...(dmarc.get(messageId) ?? [])],
        [then.dmarc === 'none' ? 'neutral' : then.dmarc],
        `dmarc of ${messageId}`,
      );
    }
  });
}
