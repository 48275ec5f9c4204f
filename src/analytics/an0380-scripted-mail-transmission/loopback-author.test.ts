import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { inOrder, scanLog, strengthsOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = 'weber@example.net';
const LARGE = 2_000_000;
const PYTHON = '/usr/bin/python3.11';
const SCRIPT = '/usr/local/sbin/tidy';
const ZIP = '/usr/bin/zip -qr /var/tmp/.t.zip /srv/staff';

/** A host that records no connections. */
function host(network = false): HostLog {
  const log = new HostLog({ files: false, network });
  log.deliver({ unseen: true });
  if (network) log.service('/usr/sbin/chronyd').connect('192.0.2.5', 123);
  return log;
}

const job = (log: HostLog, script = SCRIPT, by = PYTHON): Process => log.cron('root', script).run(script, { by });

function packsAndSends(log: HostLog, { size = LARGE, to = OUT, after = 500, script = SCRIPT, by = PYTHON } = {}): void {
  const program = job(log, script, by);
  program.run(ZIP);
  log.wait(after);
  log.submitted('root', to, size, 'smtpd');
  program.run('/usr/bin/rm /var/tmp/.t.zip');
}

const told = async (log: HostLog) => (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');

test('a message over the loopback is put down to the one program that had just packed something', async () => {
  const log = host();
  packsAndSends(log);
  const [found] = await told(log);
  assert.equal(found?.severity, 'medium');
  inOrder(found, [
    ['process.started', 'cron job begins', SCRIPT],
    ['process.started', 'it has something packed: zip'],
    ['mail.submitted', `${LARGE} bytes`],
    ['mail.delivered', OUT],
  ]);
  assert.deepEqual(strengthsOf(found, 'submission'), ['inferred']);
  assert.ok(found?.missing.some(each => each.includes('records no connections')));
});

test('each night it is one story', async () => {
  const log = host();
  for (let night = 0; night < 2; night++) {
    packsAndSends(log);
    log.wait(24 * HOUR);
  }
  const found = await told(log);
  assert.deepEqual([found.length, found[0]?.severity], [1, 'medium']);
  assert.match(found[0]?.story ?? '', /sent 2 messages/);
});

test('what is small is no more than low', async () => {
  const log = host();
  packsAndSends(log, { size: 60_000 });
  const [found] = await told(log);
  assert.ok(['low', 'informational'].includes(found?.severity ?? 'low'));
});

test('quiet: for people here, a notice, much later, a backup program, a shell script', async () => {
  for (const facts of [
    { to: 'buyer@example.org' },
    { size: 3000 },
    { after: 5 * MINUTE },
    { script: '/usr/bin/rsnapshot', by: '/usr/bin/perl' },
    { by: '/bin/sh' },
  ]) {
    const log = host();
    packsAndSends(log, facts);
    assert.deepEqual(await told(log), [], JSON.stringify(facts));
  }
});

test('quiet: others come over the loopback with as much, at other times', async () => {
  const log = host();
  log.submitted('root', 'customer@example.com', 90_000, 'smtpd');
  log.wait(HOUR);
  packsAndSends(log);
  assert.deepEqual(await told(log), []);
});

test('quiet: one program packs morning and evening, and the message came at noon', async () => {
  const log = host();
  const program = job(log);
  program.run(ZIP);
  log.wait(4 * HOUR);
  log.submitted('root', OUT, LARGE, 'smtpd');
  log.wait(4 * HOUR);
  program.run(ZIP);
  assert.deepEqual(await told(log), []);
});

test('a program that runs for weeks is the author of its first message too', async () => {
  const log = host();
  const program = job(log);
  for (let night = 0; night < 6; night++) {
    program.run(ZIP);
    log.wait(500);
    log.submitted('root', OUT, LARGE, 'smtpd');
    log.wait(24 * HOUR);
  }
  const [found] = await told(log);
  assert.match(found?.story ?? '', /sent 6 messages/);
});

test('quiet: two programs had just packed something', async () => {
  const log = host();
  job(log, '/usr/local/sbin/other').run('/usr/bin/zip -qr /var/backups/o.zip /srv/o');
  packsAndSends(log);
  assert.deepEqual(await told(log), []);
});

test('where connections are recorded, the one that connects tells who it was', async () => {
  const log = host(true);
  packsAndSends(log);
  assert.deepEqual(await told(log), []);
});
