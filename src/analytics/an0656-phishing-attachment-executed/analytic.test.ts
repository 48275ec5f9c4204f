import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog } from './host-log.test-support.ts';
import { saved } from './saved.test-support.ts';
import { firesAt, inOrder, scanLog, storyOf, strengthsOf, valuesOf } from './stories.test-support.ts';

const OUT = '203.0.113.66';

test('a client that keeps its mail on a server: the delivery is inferred and says so', async () => {
  const log = new HostLog();
  const message = log.deliver({ unseen: true });
  const path = '/home/clerk/Downloads/view';
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').connect('198.51.100.7', 993);
  client.write(`${path}.part`).rename(`${path}.part`, path);
  log.shell('clerk').run('./Downloads/view').connect(OUT, 443);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  inOrder(alert, [['mail.delivered', message.queueId], ['file.created']]);
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['inferred']);
});

test('a delivery and an observed chain make high; without the delivery, network or a disguise raise medium to it', async () => {
  const plain = saved('/home/clerk/Downloads/view');
  plain.shell.run('./Downloads/view');
  assert.equal(storyOf(await scanLog(plain.log), 'AN0656').severity, 'high');
  assert.equal(storyOf(await scanLog(plain.log, { mail: false }), 'AN0656').severity, 'medium');
  const network = saved('/home/clerk/Downloads/view');
  network.shell.run('./Downloads/view').connect(OUT, 443);
  assert.equal(storyOf(await scanLog(network.log, { mail: false }), 'AN0656').severity, 'high');
  const disguised = saved('/home/clerk/Downloads/view.pdf.run');
  disguised.shell.run('./Downloads/view.pdf.run');
  assert.equal(storyOf(await scanLog(disguised.log, { mail: false }), 'AN0656').severity, 'high');
});

test('without a delivery log the story stops at medium and says what is missing', async () => {
  const { log, shell } = saved('/home/clerk/Downloads/view');
  shell.run('./Downloads/view');
  const alert = storyOf(await scanLog(log, { mail: false }), 'AN0656');
  assert.equal(alert.severity, 'medium');
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['unavailable']);
  assert.ok(alert.missing.some(text => text.includes('No MTA log')));
  assert.deepEqual(valuesOf(alert, 'message'), []);
  assert.deepEqual(
    alert.wouldChange.find(change => change.what.includes('a message delivered to clerk')),
    {
      weight: 3,
      what: 'a log showed a message delivered to clerk before the run',
      why: 'not seen, because no MTA log is in the evidence',
      setting: '',
    },
  );
});
