import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from './host-log.test-support.ts';
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

test('what lies where clients save is mail only while no browser was in use, whatever was delivered', async () => {
  const told = async (browses: boolean): Promise<readonly string[]> => {
    const log = new HostLog({ files: false, network: false });
    log.deliver({ unseen: true });
    if (browses) log.desktop('clerk').run('/usr/lib/firefox/firefox');
    log.wait(MINUTE);
    log.shell('clerk').run('/home/clerk/Downloads/view');
    return (await scanLog(log)).map(alert => alert.analytic);
  };
  assert.deepEqual(await told(false), ['AN0656']);
  assert.deepEqual(await told(true), ['AN0321']);
});
