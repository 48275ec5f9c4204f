import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailEvent } from '../events/mail-events.ts';
import { read, verdictOf } from './syslog/replay.test-support.ts';

const events = (program: string, text: string): MailEvent[] =>
  read([`Mar  1 09:30:00 mx1 ${program}[7]: ${text}`]).events as MailEvent[];
const of = <K extends MailEvent['kind']>(kind: K, program: string, text: string) =>
  events(program, text).filter((event): event is Extract<MailEvent, { kind: K }> => event.kind === kind);

test('clamav-milter: a subject or date cannot name another malware, another message, or make a message clean', () => {
  const text =
    "Message 6D933E71A8 from <a@x.example> to <b@example.org> with subject 'x' message-id '<other@x>' date 'y' infected by Nothing' message-id '<m@x>' date 'z' infected by Fake' infected by Real.Name";
  const [judged] = of('mail.judged', 'clamav-milter', text);
  assert.deepEqual(
    [judged?.queueId, judged?.messageId, judged?.verdict, judged?.name],
    ['6D933E71A8', '', 'fail', 'Real.Name'],
  );
  assert.doesNotMatch(JSON.stringify(events('clamav-milter', text)), /subject|Nothing/);
});

test('amavis: what a quoted sender or a Message-ID says is no queue id, no score and no second queue id', () => {
  const text =
    '(00314-01) Passed CLEAN {RelayedInbound}, [203.0.113.10]:46489 [203.0.113.10] <"a> -> <b>, Queue-ID: FFFFFF1, Message-ID: <c"@x.example> -> <clerk@example.org>, Queue-ID: A4D30E6903, Message-ID: <m>, mail_id: x, Hits: 99, size: 1, queued_as: EEEEEE2, mail_id: OEq8I3DZ4L9h, Hits: 1.3, size: 477, queued_as: 1ED13E6907, 167 ms';
  const [judged] = of('mail.judged', 'amavis', text);
  assert.deepEqual([judged?.queueId, judged?.score], ['A4D30E6903', 1.3]);
  assert.deepEqual(
    of('mail.received', 'amavis', text).map(event => [event.queueId, event.originQueueId]),
    [
      ['amavis.00314-01', 'A4D30E6903'],
      ['1ED13E6907', 'A4D30E6903'],
    ],
  );
});

test('amavis: names with parentheses and commas stay whole', () => {
  const text =
    '(00314-02) Blocked BANNED (application/octet-stream,.exe,.exe-ms,a (1), b.exe) {DiscardedInbound}, [203.0.113.25]:36375 [203.0.113.25] <> -> <clerk@example.org>, Queue-ID: 46490E6903, mail_id: O-aj, Hits: -, size: 1108, 68 ms';
  const [seen] = of('attachment.seen', 'amavis', text);
  assert.deepEqual(
    [seen?.name, seen?.declaredType, seen?.realType],
    ['a (1), b.exe', 'application/octet-stream', 'exe'],
  );
  const [judged] = of('mail.judged', 'amavis', text);
  assert.deepEqual([judged?.action, judged?.score, judged?.about], ['discarded', null, 'banned']);
});

test('amavis: results without braces and without a queue id, as older releases write them', () => {
  const text =
    '(12345-06) Passed SPAMMY, [192.0.2.1] [192.0.2.1] <a@x.example> -> <b@example.org>, Message-ID: <m@x>, mail_id: abc, Hits: -1.5, size: 10, queued_as: 1ED13E6907, 167 ms';
  const [judged] = of('mail.judged', 'amavis', text);
  assert.deepEqual(
    [judged?.queueId, judged?.messageId, judged?.about, judged?.score, judged?.action],
    ['amavis.12345-06', '<m@x>', 'spam', -1.5, 'tagged'],
  );
  assert.equal(
    verdictOf('amavis', '(12345-06) Passed CLEAN, no recipients here'),
    'reject: amavis result breaks off or has an unknown shape',
  );
});

test('rspamd: a Message-ID that repeats the words around queue id or action is not believed', () => {
  const tail = ', (default: F (no action): [0.19/15.00] [R_DKIM_NA(0.00){}]), len: 1';
  const forged = `<db2628>; proxy; rspamd_task_write_log: id: <x>, qid: <FFFFFF1>, ip: 192.0.2.1, from: <a@x>, (default: F (no action): [0/15] []), len: 1, qid: <09FABE6A01>, ip: 1.2.3.4, from: <b@x>${tail}`;
  const reason = 'reject: rspamd task line that can be read in two ways';
  assert.equal(verdictOf('rspamd', forged), reason);
  assert.equal(
    verdictOf(
      'rspamd',
      `rspamd_task_write_log: id: <x>, qid: <FFFFFF1>, qid: <09FABE6A01>${tail}`.replace('1>, qid', '1>, x>, qid'),
    ),
    reason,
  );
  const [judged] = of(
    'mail.judged',
    'rspamd',
    `rspamd_task_write_log: id: <m@x>, qid: <09FABE6A01>, ip: 192.0.2.1${tail}`,
  );
  assert.deepEqual([judged?.queueId, judged?.messageId, judged?.score], ['09FABE6A01', '<m@x>', 0.19]);
});

test('spamd: an id that holds keys ends at the last of them', () => {
  const text =
    'spamd: result: Y 15 - A,B scantime=0.2,size=494,user=filter,uid=2990,required_score=5.0,rhost=localhost,raddr=127.0.0.1,rport=1,mid=<a,autolearn=ham,mid=b@x>,autolearn=disabled';
  const [judged] = of('mail.judged', 'spamd', text);
  assert.deepEqual([judged?.messageId, judged?.verdict, judged?.score], ['<a,autolearn=ham,mid=b@x>', 'fail', 15]);
});

test('dovecot: a user name that looks like the elements of the line does not move the address', () => {
  const text =
    'imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 6 secs): user=<x>, method=PLAIN, rip=198.51.100.99, lip=198.51.100.1, session=<fake>>, method=PLAIN, rip=192.0.2.77, lip=198.51.100.10, TLS, session=<NHBEbchgaYjAAAJN>';
  const [login] = of('mailbox.login', 'dovecot', text);
  assert.deepEqual(
    [login?.clientAddress, login?.serverAddress, login?.session, login?.tls, login?.outcome],
    ['192.0.2.77', '198.51.100.10', 'NHBEbchgaYjAAAJN', true, 'failed'],
  );
  const auth = 'auth-worker(304): pam(x,198.51.100.99): unknown user,192.0.2.77): unknown user';
  assert.equal(of('mailbox.login', 'dovecot', auth)[0]?.clientAddress, '192.0.2.77');
});

test('dovecot: given passwords are not kept', () => {
  const text =
    'auth(info@example.com,192.0.2.110,sasl:login)<CvN+E95Uf4e7eEnj>: sql: Password mismatch (given password: hunter22)';
  const found = events('dovecot', text);
  assert.equal(found.length, 1);
  assert.doesNotMatch(JSON.stringify(found), /hunter/);
});

test('dovecot: a full mailbox is told as such', () => {
  const text =
    "lmtp(clerk)<252><zA3qD1SOAWv8AAAAds41pg>: sieve: msgid=<m@x>: failed to store into mailbox 'INBOX': Quota exceeded (mailbox for user is full)";
  const [bounced] = events('dovecot', text).filter(event => event.kind === 'mail.bounced');
  assert.deepEqual([bounced?.kind, bounced?.queueId], ['mail.bounced', 'dovecot.zA3qD1SOAWv8AAAAds41pg']);
  assert.equal((bounced as { dsn?: string }).dsn, '5.2.2');
});
