import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  inOrder,
  scanLog,
  storyOf,
  strengthsOf,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const DROP = 'drop@example.net';

/** cron runs a script that hands an archive to sendmail(1); then `lines` stand in the mail log of an MTA other than Postfix. */
function job(command: string, lines: (uid: number) => readonly string[]): HostLog {
  const log = new HostLog();
  log.mail.length = 0;
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.wait(MINUTE);
  const stages = log.cron('clerk', 'job').pipeline('/bin/tar cz /home/clerk/plans', '/usr/bin/base64', command);
  assert.equal(stages.length, 3);
  for (const line of lines(1003)) {
    log.records.now += 1;
    log.mail.push(`${new Date(log.records.now).toISOString().replace('Z', '')}000+00:00 ws1 ${line}`);
  }
  return log;
}

const SENDMAIL = (user: string, uid: number) => [
  `sendmail[405]: 6ALCX0mR000405: from=${user}, size=700266, class=0, nrcpts=1, msgid=<x.17@example.test>, relay=${user}@localhost`,
  `sm-mta[406]: 6ALCX0sp000406: from=<${user}@ws1.example.org>, size=700411, class=0, nrcpts=1, msgid=<x.17@example.test>, proto=ESMTP, daemon=MTA-lo, relay=localhost [127.0.0.1]`,
  `sendmail[405]: 6ALCX0mR000405: to=${DROP}, ctladdr=${user} (${uid}/${uid}), delay=00:00:00, xdelay=00:00:00, mailer=relay, pri=30266, relay=[127.0.0.1] [127.0.0.1], dsn=2.0.0, stat=Sent (6ALCX0sp000406 Message accepted for delivery)`,
];
const refused = `sm-mta[413]: 6ALCX0sp000406: to=<${DROP}>, ctladdr=<clerk@ws1.example.org> (1003/1003), delay=00:00:00, xdelay=00:00:00, mailer=esmtp, pri=60583, relay=mail.example.net. [203.0.113.10], dsn=5.1.1, reply=550 no, stat=User unknown`;
const taken = `sm-mta[413]: 6ALCX0sp000406: to=<${DROP}>, delay=00:00:00, xdelay=00:00:00, mailer=esmtp, pri=60583, relay=mail.example.net. [203.0.113.10], dsn=2.0.0, stat=Sent (2.0.0 Ok: queued as 1)`;
const EXIM = (user: string) => [
  `exim[7]: 1xUk9v-00003w-0J <= ${user}@example.org U=${user} P=local S=700443 id=x@example.org`,
  `exim[7]: 1xUk9v-00003w-0J => ${DROP} R=dnslookup T=remote_smtp H=mail.example.net [203.0.113.10] C="250 Ok"`,
];
const OPENSMTPD = (to: string, session: string, id: string) => [
  `smtpd[134]: ${session} smtp connected address=local host=ws1.example.org`,
  `smtpd[134]: ${session} smtp message msgid=${id} size=700433 nrcpt=1 proto=ESMTP`,
  `smtpd[134]: ${session} smtp envelope evpid=${id}3bd32d64 from=<clerk@example.org> to=<${to}>`,
  `smtpd[134]: c7b56175b592bd7e mta delivery evpid=${id}3bd32d64 from=<clerk@example.org> to=<${to}> rcpt=<-> source="198.51.100.10" relay="203.0.113.10 (mail.example.net)" delay=1s result="Ok" stat="250 2.0.0 Ok"`,
];

test("Sendmail: joined by the submission program's uid, and followed to the daemon's id, which tells the fate", async () => {
  const send = `/usr/sbin/sendmail -i ${DROP}`;
  const alert = storyOf(await scanLog(job(send, uid => [...SENDMAIL('clerk', uid), taken])), 'AN0380');
  inOrder(alert, [
    ['process.started', 'sendmail -i'],
    ['mail.submitted', '6ALCX0mR000405'],
    ['mail.delivered', '6ALCX0sp000406', DROP],
  ]);
  assert.deepEqual(strengthsOf(alert, 'submission'), ['inferred']);
  assert.deepEqual(strengthsOf(alert, 'taken-over'), ['observed']);
  assert.ok(alert.story.includes('1 confirmed'), alert.story);
  const failed = storyOf(await scanLog(job(send, uid => [...SENDMAIL('clerk', uid), refused])), 'AN0380');
  assert.ok(failed.story.includes('1 failed'), failed.story);
});

test('Exim: joined by the name of the account', async () => {
  const alert = storyOf(await scanLog(job(`/usr/sbin/exim4 -i ${DROP}`, () => EXIM('clerk'))), 'AN0380');
  inOrder(alert, [
    ['mail.submitted', '1xUk9v-00003w-0J'],
    ['mail.delivered', DROP],
  ]);
});

test("somebody else's submission of that moment is not the job's", async () => {
  for (const [command, lines] of [
    ['sendmail', [...SENDMAIL('dev', 1002), taken]],
    ['exim4', EXIM('dev')],
  ] as const) {
    const alert = storyOf(await scanLog(job(`/usr/sbin/${command} -i ${DROP}`, () => lines)), 'AN0380');
    assert.deepEqual(valuesOf(alert, 'message'), []);
  }
});

test('OpenSMTPD logs no submitter: the message to the recipient that was named, or the only one', async () => {
  const s = 'c7b5616cbc120315';
  const one = [...OPENSMTPD(DROP, s, '053ec09e'), ...OPENSMTPD('other@example.net', 'c7b5616cbc120316', '153ec09e')];
  const named = storyOf(await scanLog(job(`/usr/sbin/sendmail -i ${DROP}`, () => one)), 'AN0380');
  assert.deepEqual(valuesOf(named, 'message'), ['053ec09e']);
  const unnamed = storyOf(await scanLog(job('/usr/sbin/sendmail -t', () => one)), 'AN0380');
  assert.deepEqual(valuesOf(unnamed, 'message'), [], 'one of two: which, nothing tells');
  const only = storyOf(await scanLog(job('/usr/sbin/sendmail -t', () => OPENSMTPD(DROP, s, '053ec09e'))), 'AN0380');
  assert.deepEqual(valuesOf(only, 'message'), ['053ec09e']);
});

test('a client on the network that calls itself a local user is no submission', async () => {
  const spoofed = [
    `sm-mta[440]: 6ALCX0dr000440: from=<clerk@example.org>, size=264, class=0, nrcpts=1, msgid=<y@example.org>, proto=ESMTP, daemon=MTA-v4, relay=[203.0.113.24]`,
    `sm-mta[441]: 6ALCX0dr000440: to=<${DROP}>, ctladdr=<clerk@example.org> (1003/1003), delay=00:00:00, xdelay=00:00:00, mailer=esmtp, pri=30466, relay=mail.example.net. [203.0.113.10], dsn=2.0.0, stat=Sent (ok)`,
  ];
  const alert = storyOf(await scanLog(job(`/usr/sbin/sendmail -i ${DROP}`, () => spoofed)), 'AN0380');
  assert.deepEqual(valuesOf(alert, 'message'), []);
});
