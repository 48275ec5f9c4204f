import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Process, SYSTEM } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const CARE = 'care@example.net';
const POPEN = ['/bin/sh', '-c', '/usr/sbin/sendmail -t'];

function host(): HostLog {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.deliver();
  log.wait(MINUTE);
  return log;
}

/** How the mail is told that `by` hands in for outside. */
async function told(
  made: (log: HostLog) => Process,
  words: string | readonly string[] = '/usr/sbin/sendmail -t',
  bytes = 700,
  user = 'root',
) {
  const log = host();
  made(log).run(words).run('/usr/sbin/postdrop -r');
  log.submitted(user, CARE, bytes);
  return (await scanLog(log)).map(({ analytic, severity }) => `${analytic} ${severity}`).join();
}
const NOTED = 'AN0380 informational';
const LOW = 'AN0380 low';

const monitor = (log: HostLog, words = '/usr/sbin/mdadm --monitor --scan') => log.service(words);
const script = (above: Process, path: string, mode?: number, owner?: number): Process => {
  const node = above.records.node(path, owner ?? 0);
  node.mode = mode ?? 0o755;
  node.uid = owner ?? 0;
  return above.run(path, { by: '/bin/bash' });
};
const RUNNER = '/usr/share/smartmontools/smartd-runner';
const HOOK = '/etc/smartmontools/run.d/10mail';
const MAIL = `/usr/bin/mail -s Disk ${CARE}`;

test("a daemon's shell that only starts the mail program, and its scripts below /etc, are the daemon's own", async () => {
  assert.equal(await told(log => monitor(log).run(POPEN)), NOTED, 'popen');
  assert.equal(
    await told(log => monitor(log).run(['/bin/sh', '-c', '/usr/sbin/sendmail -t 2>&1'])),
    NOTED,
    'both outputs',
  );
  assert.equal(
    await told(log => monitor(log).run(['/bin/sh', '-c', `mail -s "Disk sda" ${CARE}`]), MAIL),
    NOTED,
    'quoted',
  );
  assert.equal(await told(log => script(log.service('/usr/sbin/smartd -n'), HOOK), MAIL), NOTED, 'a script of root');
  const whole = (log: HostLog) => {
    const order = log.service('/usr/sbin/smartd -n').run(['/bin/sh', '-c', `${RUNNER} 2>&1`]);
    return script(
      order.run(RUNNER, { by: '/bin/bash' }).run('/usr/bin/run-parts --report /etc/smartmontools/run.d'),
      HOOK,
    );
  };
  assert.equal(await told(whole, MAIL), NOTED, 'shell, script, run-parts, script');
  const handsOn = (log: HostLog) => {
    const order = log
      .service('/usr/sbin/smartd -n')
      .run(['/bin/sh', '-c', '/usr/share/smartmontools/smartd_warning.sh']);
    const warning = order.run('/usr/share/smartmontools/smartd_warning.sh', { by: '/bin/sh' });
    return script(warning.exec(RUNNER, { by: '/bin/bash' }), HOOK);
  };
  assert.equal(await told(handsOn, MAIL), NOTED, 'a script that hands on to another');
});

test('an order that does more than start the mail program is told as before', async () => {
  for (const order of [
    '/usr/sbin/sendmail -t < /etc/shadow',
    'cat /etc/hosts | /usr/sbin/sendmail -t',
    'cd /srv; /usr/sbin/sendmail -t',
    '/usr/sbin/sendmail $TO',
    '/usr/sbin/sendmail `cat /etc/to`',
    '/usr/sbin/sendmail -t\n/bin/true',
    'exec /usr/sbin/sendmail -t',
    '/usr/bin/logger sendmail',
  ])
    assert.equal(await told(log => monitor(log).run(['/bin/sh', '-c', order])), LOW, order);
  assert.equal(await told(log => monitor(log).run([...POPEN, 'x'])), LOW, 'further words');
});

test('what is no daemon of the system has no orders of its own', async () => {
  for (const [words, why] of [
    ['/usr/bin/python3 -c pass', 'an interpreter'],
    ['/usr/bin/lftp -d', 'a tool that is told'],
    ['/usr/local/sbin/mdadm --monitor', 'of no package'],
    ['/opt/agent/agent', 'of no package either'],
    ['/usr/bin/conmon --cid 4', 'a starter of images'],
    ['/usr/bin/sqlite3 /var/lib/x.db', 'its words say what it runs'],
    ['/usr/bin/bwrap --bind / /', 'a sandbox'],
    ['/home/dev/mdadm --monitor', 'in a home'],
    ['/usr/sbin/cron -f', 'a table of jobs'],
    ['/usr/sbin/nginx', 'a server that does what strangers ask'],
  ] as const)
    assert.equal(await told(log => monitor(log, words).run(POPEN)), LOW, why);
  const loggedIn = (log: HostLog) => {
    const top = monitor(log);
    top.who = { ...top.who, auid: 1001, ses: 7 };
    return top.run(POPEN);
  };
  assert.equal(await told(loggedIn), LOW, 'of a login');
  const before = (log: HostLog) =>
    new Process(log.records, 640, 1, '/usr/sbin/mdadm', SYSTEM).connect('198.51.100.7', 8080).run(POPEN);
  assert.equal(await told(before), LOW, 'its words are not known');
  assert.equal(
    await told(log => log.service('/usr/sbin/sited', 'www-data').run(POPEN), undefined, 700, 'www-data'),
    LOW,
    'of a web server',
  );
  assert.equal(
    await told(log => new Process(log.records, 640, 44, '/usr/sbin/mdadm', SYSTEM).run(POPEN)),
    LOW,
    'nobody knows whose',
  );
});

test('words of the daemon that name what it starts, or a file of people, are an order of whoever wrote them', async () => {
  for (const words of [
    '/usr/bin/env sh -c x',
    '/usr/bin/flock /run/x /usr/sbin/sendmail -t',
    '/usr/bin/tool --exec=/usr/sbin/sendmail,now',
    '/usr/sbin/mdadm --monitor --config=/home/dev/x.conf',
    '/usr/sbin/mdadm --monitor /tmp/x.conf',
    '/usr/sbin/mdadm --monitor /dev/shm/x.conf',
    '/usr/sbin/mdadm --monitor /run/user/1002/x.conf',
  ])
    assert.equal(await told(log => monitor(log, words).run(POPEN)), LOW, words);
  assert.equal(await told(log => script(log.service(`/usr/sbin/smartd -M ${HOOK}`), HOOK), MAIL), LOW, 'its script');
  const words = '/usr/sbin/mdadm --monitor --scan --config=/etc/mdadm/mdadm.conf --pid-file /run/mdadm.pid';
  assert.equal(await told(log => monitor(log, words).run(POPEN)), NOTED, 'its own files');
});

test('a script below /etc that another can write, that is handed to a shell by its name, or that somebody lately put there', async () => {
  const smartd = (log: HostLog) => log.service('/usr/sbin/smartd -n');
  assert.equal(await told(log => script(smartd(log), HOOK, 0o775), MAIL), LOW, 'its group');
  assert.equal(await told(log => script(smartd(log), HOOK, 0o757), MAIL), LOW, 'anybody');
  assert.equal(await told(log => script(smartd(log), HOOK, 0o755, 1002), MAIL), LOW, 'its owner');
  assert.equal(await told(log => script(smartd(log), '/srv/hooks/10mail'), MAIL), LOW, 'elsewhere');
  assert.equal(await told(log => smartd(log).run(`/bin/bash ${HOOK}`), MAIL), LOW, 'by its name');
  const put = (log: HostLog) => {
    log.shell('root').run(`/usr/bin/tee ${HOOK}`).write(HOOK);
    return script(smartd(log), HOOK);
  };
  assert.equal(await told(put, MAIL), LOW, 'put there');
});

test('between the daemon and the mail program, nothing but its own', async () => {
  const below = (words: string | readonly string[]) => (log: HostLog) => script(monitor(log), HOOK).run(words);
  assert.equal(await told(below('/usr/bin/curl http://x.example.net/'), MAIL), LOW, 'a tool that is told');
  assert.equal(await told(below('/home/dev/tool'), MAIL), LOW, 'of a home');
  const own = (log: HostLog) => script(monitor(log), HOOK);
  assert.equal(await told(own, `/home/dev/mail ${CARE}`), LOW, 'a mail program of a home');
  assert.equal(await told(log => log.cron('root', 'true').run(POPEN)), LOW, 'a table of jobs');
});

test('a program that speaks SMTP itself is no mail program of the host, whatever shell started it', async () => {
  const log = host();
  monitor(log).run(['/bin/sh', '-c', '/usr/bin/teller now']).run('/usr/bin/teller now').connect('203.0.113.25', 25);
  const [alert] = await scanLog(log);
  assert.equal(alert?.severity, 'medium');
  assert.ok(alert?.factors.some(({ name }) => name.startsWith('job of no package')));
});

test('files, and more than a note, are no excuse', async () => {
  const popen = (log: HostLog) => monitor(log).run(['/bin/sh', '-c', `mail -a /etc/keys -s x ${CARE}`]);
  assert.equal(await told(popen, `/usr/bin/mail -a /etc/keys -s x ${CARE}`), 'AN0380 medium', 'a file');
  assert.equal(await told(log => monitor(log).run(POPEN), undefined, 24 * 1024 - 1), NOTED, 'a note');
  assert.equal(await told(log => monitor(log).run(POPEN), undefined, 24 * 1024), 'AN0380 medium', 'more');
  assert.equal(await told(log => monitor(log).run(POPEN), undefined, 512 * 1024), 'AN0380 medium', 'large');
});
