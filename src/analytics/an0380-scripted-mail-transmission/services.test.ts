import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Identity, Process, SYSTEM } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** What runs outside of every login with nothing above it: services, of which many started before the records did. */
const MX = '203.0.113.25';

async function severities(act: (log: HostLog) => void): Promise<readonly string[]> {
  const log = new HostLog({ network: true });
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.deliver();
  log.wait(MINUTE);
  act(log);
  return (await scanLog(log)).filter(alert => alert.analytic === 'AN0380').map(alert => alert.severity);
}

const PYTHON = '/usr/bin/python3.11';
/** It was there before the records began: none tells of its start. */
const older = (log: HostLog, exe: string, who: Identity = SYSTEM, ppid = 1): Process =>
  new Process(log.records, 640, ppid, exe, who);

test('an installed program that pid 1 started mails as a service does', async () => {
  assert.deepEqual(await severities(log => void log.service('/usr/sbin/zabbix_server -f').connect(MX, 25)), []);
  assert.deepEqual(await severities(log => void log.service('/home/ops/bin/watch -f').connect(MX, 25)), ['medium']);
});

test('so does what started before the records, whatever it runs', async () => {
  for (const exe of ['/usr/sbin/zabbix_server', PYTHON, '/usr/bin/ruby3.1']) {
    assert.deepEqual(await severities(log => void older(log, exe).connect(MX, 25)), [], exe);
    assert.deepEqual(await severities(log => void older(log, exe, SYSTEM, 600).connect(MX, 25)), [], `${exe}, a child`);
  }
});

test('an interpreter whose start is recorded is judged by what it runs', async () => {
  const by = { by: PYTHON };
  assert.deepEqual(await severities(log => void log.service('/var/lib/misc/post.py', 'root', by).connect(MX, 25)), [
    'medium',
  ]);
  assert.deepEqual(await severities(log => void log.service(`${PYTHON} -c x`).connect(MX, 25)), ['low']);
});

test('what does as it is told is no service by itself', async () => {
  for (const exe of ['/usr/bin/curl', '/usr/bin/bash', '/usr/bin/openssl', '/usr/bin/git'])
    assert.deepEqual(await severities(log => void older(log, exe).connect(MX, 25)), ['low'], exe);
});

test('what a service usually sends does not cover a program of its own user below it', async () => {
  const sent = async (owner: number, usual: boolean) => {
    const log = new HostLog({ network: true });
    log.deliver();
    const worker = log.service('/opt/shop/worker.py', 'clerk', { by: PYTHON });
    for (let i = 0; i < 4 && usual; i++) {
      worker.connect('127.0.0.1', 25);
      log.wait(MINUTE);
    }
    log.records.node('/opt/shop/cache/jit', owner).uid = owner;
    worker.fork().exec('/opt/shop/cache/jit').connect(MX, 587);
    const alerts = await scanLog(log);
    return alerts.flatMap(({ analytic, severity, factors }) =>
      analytic === 'AN0380' ? [[severity, factors.map(({ name }) => name)]] : [],
    );
  };
  const expected = [
    [
      'medium',
      [
        'runs in the background',
        'speaks SMTP itself, past the governed relay',
        'SMTP to another host',
        "job of no package: a command line or a user's script",
      ],
    ],
  ];
  assert.deepEqual(await sent(1003, true), expected);
  assert.deepEqual(await sent(1003, false), expected, 'whatever it usually does');
  assert.deepEqual(await sent(0, true), [], 'one that only root can replace is part of the service');
});

test('what installed programs send for one job is one job', async () => {
  const log = new HostLog({ network: true });
  log.deliver();
  const job = log.cron('clerk', '/home/clerk/x').run('/home/clerk/x', { by: '/bin/sh' });
  job.run('/usr/bin/curl -T a smtp://mx').connect(MX, 25);
  log.wait(MINUTE);
  job.run('/usr/bin/openssl s_client').connect(MX, 25);
  const found = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  assert.equal(found.length, 1);
});

test('what belongs to a login, or was started by something that is recorded, is no service', async () => {
  const who = { ...SYSTEM, uid: 1001, auid: 1001, ses: 77 };
  assert.deepEqual(await severities(log => void older(log, PYTHON, who, 600).connect(MX, 25)), ['low']);
  const line = ['/bin/sh', '-c', `${PYTHON} post.py`];
  assert.deepEqual(await severities(log => void log.service(line).run('/usr/bin/mailer').connect(MX, 25)), ['medium']);
});

test('an installed program of no known kind does its own work, whoever started it; one of a home is somebody’s', async () => {
  const detached = (program: string) =>
    severities(log => void log.shell('ops').run('/usr/bin/setsid x').run(program).connect('127.0.0.1', 25));
  assert.deepEqual(await detached('/usr/bin/monit -I'), ['informational']);
  assert.deepEqual(await detached('/home/ops/bin/monit -I'), ['low']);
  const writable = (log: HostLog) => {
    log.records.node('/usr/bin/monit', 0).mode = 0o777;
    log.shell('ops').run('/usr/bin/setsid x').run('/usr/bin/monit -I').connect('127.0.0.1', 25);
  };
  assert.deepEqual(await severities(writable), ['low'], 'anybody can replace it');
});
