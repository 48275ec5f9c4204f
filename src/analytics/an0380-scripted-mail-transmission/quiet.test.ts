import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { DAY, HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  recording,
  scanFolder,
  scanLog,
  silent,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A host on which files and connections are recorded, and which delivers mail for example.org. */
function host(): HostLog {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.deliver();
  log.wait(MINUTE);
  return log;
}

function handsIn(log: HostLog, program: Process | undefined, to: string, size: number, user = 'root'): void {
  program?.run(`/usr/sbin/sendmail -i ${to}`).run('/usr/sbin/postdrop -r');
  log.submitted(user, to, size);
}

for (const name of [
  'cron-mailto',
  'filter-reinjection',
  'git-send-email',
  'interactive-mail',
  'logwatch-daily',
  'nightly-report-internal',
  'bounces-and-queue-run',
])
  test(`recorded: ${name} is seen in full, and tells no story of any analytic`, async () => {
    const report = await scanFolder(recording(`an0380-scripted-mail-transmission/quiet.${name}`).folder);
    silent(report.alerts);
    for (const kind of ['process.started', 'network.connected', 'mail.delivered'])
      assert.ok((report.eventsByKind.get(kind) ?? 0) > 0, `${kind} is in the evidence`);
  });

test("cron's own mail of a job's output", async () => {
  const log = host();
  const job = log.cron('clerk', 'backup');
  const cron = new Process(log.records, job.ppid, 650, '/usr/sbin/cron', { ...job.who, uid: 0 });
  const mail = cron.run('/usr/sbin/sendmail -FCronDaemon -i -B8BITMIME -oem clerk', { who: job.who });
  mail.run('/usr/sbin/postdrop -r');
  log.submitted('clerk', 'clerk@example.org', 900);
  silent(await scanLog(log));
});

test("a package's daily job, to root and to an administrator elsewhere", async () => {
  for (const [to, quiet] of [
    ['root@example.org', silent],
    ['admin@example.net', (alerts: Parameters<typeof silent>[0]) => atMostAt(alerts, 'informational')],
  ] as const) {
    const log = host();
    for (let day = 0; day < 5; day++) {
      log.wait(DAY);
      const job = log.cron('root', 'test -x /usr/sbin/logwatch').run('/etc/cron.daily/00logwatch', { by: '/bin/sh' });
      handsIn(log, job.run('/usr/sbin/logwatch --output mail', { by: '/usr/bin/perl' }), to, 9000);
    }
    quiet(await scanLog(log));
  }
});

test('smartd, mdadm, fail2ban and unattended-upgrades', async () => {
  const log = host();
  const python = { by: '/usr/bin/python3' };
  for (const program of [
    log.service('/usr/sbin/smartd -n').run('/usr/share/smartmontools/smartd-runner', { by: '/bin/bash' }),
    log.service('/sbin/mdadm --monitor --scan'),
    log.service('/usr/bin/fail2ban-server -xf start', 'root', python).run(['/bin/sh', '-c', 'printf x | mail root']),
    log.service('/usr/bin/unattended-upgrade', 'root', python),
  ]) {
    log.wait(HOUR);
    handsIn(log, program.run('/usr/bin/mail -s x root'), 'root@example.org', 900);
  }
  atMostAt(await scanLog(log), 'informational');
});

test('a person at a terminal, with mail, with mutt, with a large attachment, with git send-email', async () => {
  const log = host();
  const shell = log.shell('clerk');
  const friend = 'friend@example.net';
  handsIn(log, shell.run(`/usr/bin/mail -s lunch ${friend}`), friend, 900, 'clerk');
  handsIn(log, shell.run(`/usr/bin/mutt -a holiday.jpg -- ${friend}`), friend, 300_000, 'clerk');
  handsIn(log, log.shell('buyer').run(`/usr/bin/mutt ${friend}`), friend, 3_000_000, 'buyer');
  const git = log.shell('dev').run('/usr/bin/git send-email --to=list@example.net 0001.patch');
  const send = git.run('/usr/lib/git-core/git-send-email --to=list@example.net 0001.patch', { by: '/usr/bin/perl' });
  send.connect('198.51.100.7', 587);
  log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').connect('198.51.100.7', 587);
  silent(await scanLog(log));
});

test('the MTA, a content filter and a signer that hand mail back', async () => {
  const log = host();
  const filter = log.service('/usr/sbin/amavisd-new foreground', 'amavis', { by: '/usr/bin/perl' });
  filter.connect('127.0.0.1', 10025).connect('127.0.0.1', 25);
  log.service('/usr/sbin/opendkim').connect('127.0.0.1', 25);
  log.service('/usr/lib/postfix/sbin/smtp -t unix', 'postfix').connect('203.0.113.25', 25);
  silent(await scanLog(log));
});

test('vacation, started by the delivery agent', async () => {
  const log = host();
  const vacation = log.pipeTo('clerk', 'vacation').agent.run('/usr/bin/vacation clerk');
  vacation.run('/usr/sbin/sendmail -oi -t').run('/usr/sbin/postdrop -r');
  log.submitted('clerk', 'someone@example.net', 900);
  silent(await scanLog(log));
});

test('a nightly report to a colleague', async () => {
  const log = host();
  const to = 'ops@example.org';
  for (let day = 0; day < 6; day++) {
    log.wait(DAY);
    const job = log.cron('ops', `/home/ops/bin/report | mail -s report ${to}`);
    handsIn(log, job.pipeline('/home/ops/bin/report', `/usr/bin/mail -s report ${to}`)[1], to, 4000 + day, 'ops');
  }
  silent(await scanLog(log));
});

test('a web application that mails its customers, and one that submits on loopback', async () => {
  const log = host();
  for (let i = 0; i < 20; i++) {
    log.wait(37 * MINUTE);
    const server = log.service('/usr/sbin/apache2 -k start', 'www-data');
    const shell = server.run(['/bin/sh', '-c', '/usr/sbin/sendmail -t -i']);
    shell.exec('/usr/sbin/sendmail -t -i').run('/usr/sbin/postdrop -r');
    log.submitted('www-data', `customer${i}@example.com`, 2000 + i);
    const worker = log.service('/opt/gitlab/embedded/bin/sidekiq', 'www-data', { by: '/opt/gitlab/embedded/bin/ruby' });
    worker.connect('127.0.0.1', 25);
  }
  atMostAt(await scanLog(log), 'informational');
});
