import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, HostLog, MINUTE } from './host-log.test-support.ts';
import { saved } from './saved.test-support.ts';
import { firesAt, inOrder, linksHold, scanLog, strengthsOf } from './stories.test-support.ts';

/** What was attached goes a long way, in time and place, before it is run. */

const OUT = '203.0.113.66';

test('a message copied out of the Maildir, unpacked an hour later elsewhere, and run there', async () => {
  const log = new HostLog();
  const message = log.deliver();
  const shell = log.shell('clerk');
  shell.run(`/bin/cp ${message.path} /tmp/m.eml`).read(message.path).write('/tmp/m.eml');
  log.wait(HOUR);
  shell.run('/usr/bin/munpack -C /var/tmp/x /tmp/m.eml').read('/tmp/m.eml').write('/var/tmp/x/setup');
  shell.run('/bin/chmod +x /var/tmp/x/setup').chmod('/var/tmp/x/setup', 0o755);
  shell.run('/var/tmp/x/setup').connect(OUT, 443);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', message.queueId],
    ['store.read', message.path],
    ['file.written', '/tmp/m.eml'],
    ['file.written', '/var/tmp/x/setup'],
    ['file.made-executable', '/var/tmp/x/setup'],
    ['content.executed', '/var/tmp/x/setup'],
    ['network.connected', `${OUT}:443`],
  ]);
});

for (const days of [1.5, 9])
  test(`${days} days between saving and running break no link`, async () => {
    const { log, shell, queueId } = saved('/home/clerk/Downloads/view');
    shell.run('/bin/chmod +x Downloads/view').chmod('Downloads/view', 0o755);
    log.wait(days * DAY);
    log.shell('clerk').run('./Downloads/view').connect(OUT, 443);
    const alert = firesAt(await scanLog(log), 'AN0656', 'high');
    inOrder(alert, [
      ['mail.delivered', queueId],
      ['file.made-executable'],
      ['content.executed'],
      ['network.connected'],
    ]);
    assert.deepEqual(strengthsOf(alert, 'content'), ['observed']);
  });

test('archives by tar with its own gzip, 7z and a graphical archiver', async () => {
  const tar = saved('/home/clerk/Downloads/p.tgz');
  const unpacker = tar.shell.run('/usr/bin/tar xzf Downloads/p.tgz');
  unpacker.run('/usr/bin/gzip -d').read('/home/clerk/Downloads/p.tgz');
  unpacker.write('/home/clerk/p/run');
  const seven = saved('/home/clerk/Downloads/p.7z');
  seven.shell.run('/usr/bin/7z x Downloads/p.7z').read('Downloads/p.7z').write('/home/clerk/p/run');
  const roller = saved('/home/clerk/Downloads/p.7z');
  const window = roller.shell.run('/usr/bin/file-roller --extract Downloads/p.7z');
  window.run('/usr/bin/7z x /home/clerk/Downloads/p.7z').read('Downloads/p.7z').write('/home/clerk/p/run');
  for (const { log, shell } of [tar, seven, roller]) {
    log.wait(MINUTE);
    shell.run('./p/run', { by: '/bin/bash' });
    firesAt(await scanLog(log), 'AN0656', 'medium');
  }
});

for (const [client, path] of [
  [
    '/app/lib/thunderbird/thunderbird',
    '/home/clerk/.var/app/org.mozilla.Thunderbird/cache/tmp/mozilla_clerk0/offer.sh',
  ],
  ['/snap/thunderbird/500/thunderbird', '/home/clerk/snap/thunderbird/common/Downloads/offer.sh'],
  ['/app/lib/thunderbird/thunderbird', '/run/user/1003/doc/ab12/offer.sh'],
] as const)
  test(`a sandboxed client's place is known: ${path}`, async () => {
    const log = new HostLog();
    const message = log.deliver();
    log.desktop('clerk').run(client).read(message.path).write(path);
    log.shell('clerk').run(`/bin/bash ${path}`).read(path).connect(OUT, 443);
    inOrder(firesAt(await scanLog(log), 'AN0656', 'high'), [
      ['mail.delivered', message.queueId],
      ['file.created', path],
      ['content.executed', path],
    ]);
  });

test('whoever it came to need not be who ran it: a copy on a disk that no rule watches, run days later by a colleague', async () => {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  const saved = '/home/clerk/label.run';
  shell.run('/usr/bin/mutt').read(message.path).write(saved);
  shell.run(`/usr/bin/cp ${saved} /media/stick/`).read(saved);
  log.wait(2 * 24 * HOUR);
  const runs = log.shell('buyer').run('/bin/bash label.run', { cwd: '/media/stick' });
  runs.run('/usr/bin/curl http://drop.example.net/').connect('203.0.113.67', 9001);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  assert.match(alert.story, /\/media\/stick\/label\.run .* as buyer \(it came to clerk\)/);
});
