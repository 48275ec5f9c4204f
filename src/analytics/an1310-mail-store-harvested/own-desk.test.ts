import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const DESK = '198.51.100.50';
const PULL = '/usr/bin/rsync --server --sender -logDtpre.iLsfx . Maildir/';

/** clerk, or who else `before` says, has logged in; then a command of clerk's session fetches a message to `to`. */
async function fetched(
  before: (log: HostLog) => void,
  to = DESK,
  what: (messages: { mine: Delivered; other: Delivered }) => Delivered = ({ mine }) => mine,
  line = PULL,
): Promise<string> {
  const log = new HostLog();
  const messages = { mine: log.deliver(), other: log.deliver({ to: 'buyer' }) };
  const ops = log.shell('ops', DESK);
  ops.write('/home/ops/notes.txt');
  ops.run('/usr/bin/curl -s https://www.example.net/').connect('203.0.113.80', 443);
  before(log);
  log.wait(MINUTE);
  const command = log.remote('clerk', line, to).run(line).read(what(messages).path);
  if (line !== PULL) command.write('/home/clerk/.cache/x');
  return (await scanLog(log)).map(({ severity }) => severity).join();
}
const sat = (log: HostLog): void => void log.shell('clerk', DESK).run('/usr/bin/du -sh Maildir');

test('the own mail, fetched to where that account sat at a terminal before', async () => {
  assert.equal(await fetched(sat), 'informational');
});

test('to anywhere else, or where it never sat at a terminal', async () => {
  assert.equal(await fetched(sat, '192.0.2.77'), 'medium', 'another address');
  assert.equal(await fetched(() => {}), 'medium', 'only somebody else sat there');
  assert.equal(
    await fetched(log => void log.remote('clerk', 'date', DESK).run('/usr/bin/date')),
    'medium',
    'no terminal',
  );
});

test('to where it sat only after it had been at another place', async () => {
  const thief = (log: HostLog): void => {
    sat(log);
    log.wait(MINUTE);
    log.shell('clerk', '192.0.2.77').run('/usr/bin/ls Maildir');
  };
  assert.equal(await fetched(thief, '192.0.2.77'), 'medium');
  assert.equal(await fetched(thief), 'informational', 'the owner is at the desk as ever');
});

test("somebody else's mail, or a copy that stays behind", async () => {
  assert.equal(await fetched(sat, DESK, ({ other }) => other), 'medium');
  const copy = await fetched(sat, DESK, ({ mine }) => mine, '/usr/bin/tar czf .cache/x Maildir');
  assert.equal(copy, 'informational', 'nothing is printed');
});
