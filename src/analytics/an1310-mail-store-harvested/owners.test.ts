import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, firesAt, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const FOREIGN = 'mail of somebody else';
const NAMELESS = 4242;
/** A store of an account that no passwd file names. */
const STORE = '/home/temp/Maildir/cur/1772442000.M1P9.ws1:2,S';

/** A login of the account that no passwd file names, in `cwd`. */
function login(cwd = '/home/temp'): { log: HostLog; shell: Process; other: Delivered } {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const other = log.deliver({ to: 'buyer' });
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.who = { ...shell.who, uid: NAMELESS, auid: NAMELESS };
  shell.cwd = cwd;
  return { log, shell, other };
}

test('a uid without a name that reads its own store, by the uid of the file, is no reader of foreign mail', async () => {
  const { log, shell } = login('/srv');
  shell.run('/bin/grep -r invoice /home/temp/Maildir').read(STORE);
  assert.deepEqual(await scanLog(log), []);
});

test('a uid without a name that reads the store of another is one', async () => {
  const { log, shell, other } = login();
  shell.run(`/bin/cat ${other.path}`).read(other.path);
  const alert = storyOf(await scanLog(log), 'AN1310');
  assert.equal(alert.severity, 'informational');
  assert.ok(factorsOf(alert).includes(FOREIGN));
});

test('its own store carried off is told all the same', async () => {
  const { log, shell } = login();
  shell.run('/usr/bin/python3 sync.py').read(STORE).connect('203.0.113.66', 443);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.ok(!factorsOf(alert).includes(FOREIGN));
});

test('an account that has a name and the uid of all virtual mail reads foreign mail', async () => {
  const { log } = login();
  const vmail = log.service('/usr/bin/python3 /srv/x.py', 'dovecot');
  vmail.read('/var/vmail/example.org/buyer/cur/1772442000.M2P9.ws1:2,S');
  const alert = storyOf(await scanLog(log), 'AN1310');
  assert.ok(factorsOf(alert).includes(FOREIGN));
});
