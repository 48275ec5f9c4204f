import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { linksHold, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const DROP = 'drop12@example.com';

interface Bounced {
  /** Whose login it is, and as whom the sender runs in it. */
  readonly login?: string;
  readonly as?: string;
  readonly letters?: number;
  /** Words of the sender; a program that names nobody is told by the message. */
  readonly sends?: string;
  /** From the start of the sender to the line of the MTA that takes the message. */
  readonly waits?: number;
  /** Opens the box in the same login before. */
  readonly opens?: string;
  /** The letter's own id follows that of its being sent again, cleanup(8). */
  readonly both?: boolean;
}

/** Letters that lie in clerk's box are handed in again as clerk, for somebody elsewhere. Only starts are recorded. */
async function told(facts: Bounced = {}): Promise<Alert | undefined> {
  const { login = 'ops', as = 'clerk', letters = 4, sends = `/usr/sbin/sendmail -oi -- ${DROP}`, waits = 20 } = facts;
  const log = new HostLog({ files: false, network: false });
  const says = (program: string, message: string): void => {
    log.records.now += 50;
    log.mail.push(
      `${new Date(log.records.now).toISOString().replace('Z', '')}000+00:00 ws1 postfix/${program}: ${message}`,
    );
  };
  const end = 'delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent';
  for (let i = 0; i < letters; i++) {
    says('smtpd[901]', `4F10A${i}: client=mail.example.net[203.0.113.10]`);
    says('cleanup[902]', `4F10A${i}: message-id=<letter${i}@mail.example.net>`);
    says('qmgr[903]', `4F10A${i}: from=<friend@example.net>, size=900, nrcpt=1 (queue active)`);
    says('local[905]', `4F10A${i}: to=<clerk@example.org>, relay=local, ${end} (delivered to mailbox)`);
    says('qmgr[903]', `4F10A${i}: removed`);
  }
  log.wait(60_000);
  const shell = log.shell(login);
  const who = { ...shell.who, uid: uidOf(as) };
  const client: Process = facts.opens === undefined ? shell : shell.run(facts.opens, { who });
  for (let i = 0; i < letters; i++) {
    client.run(sends, { who });
    log.wait(waits);
    says('pickup[900]', `4F10B${i}: uid=${who.uid} from=<${as}>`);
    if (facts.both === true) says('cleanup[902]', `4F10B${i}: resent-message-id=<again${i}@ws1.example.org>`);
    says('cleanup[902]', `4F10B${i}: message-id=<letter${i}@mail.example.net>`);
    says('qmgr[903]', `4F10B${i}: from=<${as}@example.org>, size=1100, nrcpt=1 (queue active)`);
    says('smtp[906]', `4F10B${i}: to=<${DROP}>, relay=mx.example.com[203.0.113.66]:25, ${end} (250 2.0.0 Ok)`);
    says('qmgr[903]', `4F10B${i}: removed`);
  }
  const alerts = await scanLog(log);
  return alerts.find(({ analytic, title }) => analytic === 'AN1310' && title.includes('sent again'));
}

const OPENS = '/usr/bin/mutt -R -f /var/mail/clerk';

test('letters of a box go out under its own account, in the login of another: that one took them', async () => {
  const alert = await told({ opens: OPENS });
  assert.equal(alert?.severity, 'medium');
  assert.match(alert.story, /ops, as clerk, handed 4 messages that lay in the mailbox clerk to the MTA again/);
  const steps = alert.steps.filter(({ kind }) => kind === 'process.started').map(({ summary }) => summary);
  assert.match(steps[0] ?? '', /mutt \(pid \d+\) is told to open a mailbox: mutt -R -f \/var\/mail\/clerk/);
  assert.match(steps[1] ?? '', /sendmail \(pid \d+\) sends: sendmail -oi -- drop12@example\.com/);
  assert.deepEqual(
    alert.entities.filter(({ kind }) => kind === 'user').map(({ value }) => value),
    ['ops'],
  );
  assert.deepEqual(alert.missing, []);
  linksHold(alert);
});

test('the same where a client gives each a second id, as it bounces it', async () => {
  const alert = await told({ opens: OPENS, both: true });
  assert.match(alert?.story ?? '', /ops, as clerk, handed 4 messages/);
});

test('a sender that takes the recipients from the message, and no record of what opened the box', async () => {
  const alert = await told({ sends: '/usr/sbin/sendmail -t -oi' });
  assert.equal(alert?.severity, 'medium');
  assert.equal(alert.steps.filter(({ kind }) => kind === 'process.started').length, 1);
  assert.match(alert.missing.join(), /not what read the mailbox/);
});

test("the owner's own login may send it on", async () => {
  assert.equal((await told({ login: 'clerk', opens: OPENS }))?.severity, 'informational');
});

test('a sender of that login which writes to somebody else, or ran at another time, handed in none of them', async () => {
  assert.equal((await told({ sends: '/usr/sbin/sendmail -oi -- boss@example.com' }))?.severity, 'informational');
  assert.equal((await told({ waits: 10_100 }))?.severity, 'informational');
  assert.equal((await told({ waits: 9900 }))?.severity, 'medium');
});

test('root sends what lay in a box as root: its submissions say so themselves', async () => {
  const alert = await told({ as: 'root' });
  assert.equal(alert?.severity, 'medium');
  assert.match(alert.story, /root handed 4 messages/);
});
