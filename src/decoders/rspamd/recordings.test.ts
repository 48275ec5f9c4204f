import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgementsOf, ofKind, recordingsOf } from '../recorded.test-support.ts';

const done = (action: string, verdict: string): string =>
  `spam | ${verdict} | ${action === 'none' ? 'no action' : 'reject'} | ${action}`;
const authenticated = (action: string, domain: string): string[] => [
  `dkim | neutral | none | ${action}`,
  `dmarc | pass | allow | ${domain} | ${action}`,
];

for (const recording of recordingsOf('rspamd')) {
  const { truth, events } = recording;
  test(`${recording.name}: every message is judged as it was made (${truth.title})`, () => {
    const expected = truth.sent.map(({ messageId, sender, client, then }) => {
      const domain = sender.slice(sender.indexOf('@') + 1);
      const action = then.kind === 'malware' || then.kind === 'spam' ? 'rejected' : 'none';
      const told = [done(action, action === 'none' ? 'pass' : 'fail')];
      // The test text of spam filters ends the scan before anything else is looked at.
      if (then.kind !== 'spam')
        told.push(...authenticated(action, domain), `spf | pass | allow | +ip4:${client} | ${action}`);
      if (then.kind === 'malware') told.push(`malware | fail | virus | Watchpost.Test.Marker.UNOFFICIAL | ${action}`);
      if (then.kind === 'double-extension' || then.kind === 'executable-in-archive')
        told.push(`banned | fail | double bad extension | .pdf.exe | ${action}`);
      return [messageId || '?', told.sort()] as const;
    });
    const cached = (text: string): string => text.replace(/^(spf \|.*\d):c \|/, '$1 |');
    const told = [...judgementsOf(recording)].map(([id, all]) => [id, all.map(cached).sort()] as const);
    assert.deepEqual(told.sort(), [...expected].sort());
    assert.deepEqual([...recording.rejects], []);
  });

  test(`${recording.name}: the queue id is the MTA's`, () => {
    const queued = new Set(ofKind(events, 'mail.identified').map(event => event.queueId));
    const judged = ofKind(events, 'mail.judged');
    assert.ok(judged.length > 0);
    for (const event of judged) assert.ok(queued.has(event.queueId), event.queueId);
  });

  test(`${recording.name}: scores as logged`, () => {
    const scores = ofKind(events, 'mail.judged')
      .filter(event => event.about === 'spam')
      .map(event => [event.messageId || '?', event.score]);
    const of = (id: string): unknown => scores.find(([each]) => each === id)?.[1];
    assert.equal(of('<gtube-7@bulk.example.com>'), 15);
    assert.equal(of('<clean-1@mail.example.net>'), 0.19);
  });
}
