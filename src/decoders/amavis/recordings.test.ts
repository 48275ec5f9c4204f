import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachmentsOf, judgementsOf, ofKind, recordingsOf } from '../recorded.test-support.ts';

const MARKER = 'Watchpost.Test.Marker.UNOFFICIAL';
const JUDGED: Record<string, (names: readonly string[]) => string> = {
  clean: () => 'message | pass | Passed CLEAN | none',
  'double-extension': names =>
    `banned | fail | Blocked BANNED | application/octet-stream,.dat,${names[0]} | quarantined`,
  'executable-in-archive': () => 'banned | fail | Blocked BANNED | .dat,statement.pdf.exe | quarantined',
  malware: () => `malware | fail | Blocked INFECTED | ${MARKER} | quarantined`,
  spam: () => 'spam | fail | Blocked SPAM | quarantined',
};

for (const recording of recordingsOf('amavis')) {
  const { truth, events } = recording;
  test(`${recording.name}: every message is judged as it was made (${truth.title})`, () => {
    const expected = truth.sent.map(({ messageId, attachments, then }) => [
      messageId || '?',
      [(JUDGED[then.kind as string] as (names: readonly string[]) => string)(attachments.map(each => each.name))],
    ]);
    assert.deepEqual([...judgementsOf(recording)].sort(), expected.sort());
    assert.deepEqual([...recording.rejects], []);
  });

  test(`${recording.name}: what was handed back is linked to what was handed over`, () => {
    const links = ofKind(events, 'mail.received').filter(event => event.program.includes('amavis'));
    const back = ofKind(events, 'mail.received')
      .filter(event => event.program === 'postfix/smtpd' && event.clientAddress === '127.0.0.1')
      .map(event => `${event.originQueueId}>${event.queueId}`);
    const passed = truth.sent.filter(({ then }) => then.kind === 'clean').length;
    assert.equal(back.length, passed);
    // Postfix is told the first queue id by XFORWARD, amavis by the same: both name the same pairs.
    assert.deepEqual(
      links
        .filter(event => !event.queueId.startsWith('amavis.'))
        .map(event => `${event.originQueueId}>${event.queueId}`)
        .sort(),
      back.sort(),
    );
  });
}

test('own-log: at log level 2 every attachment is named, with its size, and what is inside a container behind it', () => {
  const recording = recordingsOf('amavis').find(each => each.name === 'own-log');
  assert.ok(recording);
  const expected = recording.truth.sent
    .filter(({ attachments }) => attachments.length > 0)
    .map(({ messageId, attachments, then }) => [
      messageId,
      [
        ...attachments.map(({ name, declaredType, sizeBytes }) => `${name} | ${declaredType} | ${sizeBytes}`),
        // A banned part is named again by its path and by the result, with the type that file(1) saw.
        ...(then.kind === 'double-extension'
          ? ['invoice.pdf.exe | application/octet-stream | dat', 'invoice.pdf.exe | application/octet-stream | dat']
          : []),
        ...(then.kind === 'executable-in-archive'
          ? ['statement.zip!statement.pdf.exe | dat', 'statement.pdf.exe | dat']
          : []),
      ].sort(),
    ]);
  assert.deepEqual([...attachmentsOf(recording)].sort(), expected.sort());
});
