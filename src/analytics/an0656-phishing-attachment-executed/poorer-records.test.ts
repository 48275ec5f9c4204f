import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog } from './host-log.test-support.ts';
import { inOrder, scanLog, storyOf, strengthsOf } from './stories.test-support.ts';

const OUT = '203.0.113.66';

test('without file records the place and the person carry the story, and every gap is named', async () => {
  const log = new HostLog({ files: false });
  const message = log.deliver({ unseen: true });
  log.shell('clerk').run('./Downloads/view').connect(OUT, 443);
  const alert = storyOf(await scanLog(log), 'AN0656');
  assert.equal(alert.severity, 'medium');
  inOrder(alert, [
    ['mail.delivered', message.queueId],
    ['content.executed', '/home/clerk/Downloads/view'],
  ]);
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['inferred']);
  assert.ok(alert.links.some(link => link.from === 'file.created' && link.strength === 'unavailable'));
  assert.ok(alert.missing.some(text => text.includes('does not record file creation')));
});
