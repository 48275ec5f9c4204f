import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { Process, SYSTEM } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  factorsOf,
  firesAt,
  inOrder,
  scanLog,
  storyOf,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const TO = 'partner@example.net';
const DROP = '/var/spool/postfix/maildrop/2F0A1';
const QUEUE = 'puts a message into the queue itself, past the submission program';
const ACCOUNT = 'counts as a message of another account';
const PAPERS = "people's files read right before by what sends";

/** A program of root's writes a queue file; a minute later the MTA sends a message of `as`. */
async function put({ as = 'clerk', taken = true, papers = true, other = false, pid = 904 } = {}): Promise<Alert> {
  const log = new HostLog();
  log.deliver();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.wait(MINUTE);
  const shell = log.remote('root', 'python3 /dev/shm/u', '203.0.113.77');
  const program = shell.run('/usr/bin/python3 /dev/shm/u');
  if (papers) program.read('/home/buyer/contracts/c1.txt').read('/home/buyer/contracts/c2.txt');
  program.write(DROP);
  log.wait(50 * SECOND);
  const pickup = new Process(log.records, pid, 900, '/usr/lib/postfix/sbin/pickup', { ...SYSTEM, uid: 102 });
  if (taken) pickup.read(DROP).unlink(DROP);
  log.submitted(as, TO, 23_000);
  if (other) log.submitted('buyer', 'other@example.net', 500);
  return storyOf(await scanLog(log), 'AN0380');
}

test('a queue file that a program wrote is joined to the message that the MTA made of it', async () => {
  const alert = await put();
  assert.equal(alert.severity, 'high');
  assert.deepEqual(valuesOf(alert, 'recipient'), [TO]);
  assert.ok(valuesOf(alert, 'file').includes(DROP));
  assert.deepEqual(valuesOf(alert, 'address'), []);
  assert.match(alert.title, /to partner@example\.net$/);
  inOrder(alert, [
    ['file.opened', 'contracts/c1.txt'],
    ['file.opened', 'contracts/c2.txt'],
    ['file.written', DROP],
    ['mail.submitted', '23000 bytes'],
    ['mail.delivered', TO],
  ]);
  for (const name of [QUEUE, ACCOUNT, PAPERS]) assert.ok(factorsOf(alert).includes(name as never), name);
  assert.ok(!factorsOf(alert).some(name => name.includes('SMTP')), factorsOf(alert).join('\n'));
});

test('among other messages of that minute it is the one that the very process logged which took the file', async () => {
  assert.deepEqual(valuesOf(await put({ other: true }), 'recipient'), [TO]);
  assert.deepEqual(valuesOf(await put({ pid: 555 }), 'recipient'), [], 'another process logged it');
  assert.deepEqual(valuesOf(await put({ taken: false }), 'recipient'), [TO], 'no record tells who took it');
  assert.deepEqual(valuesOf(await put({ taken: false, other: true }), 'recipient'), []);
});

test('of the own account, or without papers, less is said', async () => {
  const own = await put({ as: 'root' });
  assert.ok(!factorsOf(own).includes(ACCOUNT));
  const bare = await put({ papers: false });
  assert.equal(bare.severity, 'medium');
  assert.ok(!factorsOf(bare).includes(PAPERS));
});

test('each file is a message, and what postdrop writes is none of these', async () => {
  const log = new HostLog();
  log.deliver();
  const program = log.cron('root', '/root/x').run('/root/x', { by: '/usr/bin/perl' });
  const pickup = new Process(log.records, 904, 900, '/usr/lib/postfix/sbin/pickup', { ...SYSTEM, uid: 102 });
  for (const [i, to] of ['a@example.net', 'b@example.net'].entries()) {
    program.write(`${DROP}${i}`);
    log.wait(5 * SECOND);
    pickup.read(`${DROP}${i}`);
    log.submitted('buyer', to, 9000);
    log.wait(MINUTE);
  }
  const alert = firesAt(await scanLog(log), 'AN0380', 'medium');
  assert.deepEqual(valuesOf(alert, 'recipient'), ['a@example.net', 'b@example.net']);
  const plain = new HostLog();
  plain.deliver();
  const mail = plain.cron('clerk', '/home/clerk/x').run(`/usr/bin/mail ${TO}`);
  mail.run('/usr/sbin/sendmail -t').run('/usr/sbin/postdrop -r').write(DROP);
  plain.submitted('clerk', TO, 900);
  assert.ok(!factorsOf(storyOf(await scanLog(plain), 'AN0380')).includes(QUEUE));
});
