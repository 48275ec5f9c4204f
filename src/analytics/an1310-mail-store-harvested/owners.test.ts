import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseName } from '../../core/paths.ts';
import { Process, SYSTEM, uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
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

/** local(8) of Postfix writes a message into `tmp` and links it into `new` under another name; its number stays. */
function deliversByLink(log: HostLog, user: string): string {
  const [temporary, path] = [
    `/home/${user}/Maildir/tmp/1772442000.P77.ws1`,
    `/home/${user}/Maildir/new/1772442000.V1I2M3.ws1`,
  ];
  const local = new Process(log.records, log.records.nextPid(), 900, '/usr/lib/postfix/sbin/local', SYSTEM);
  local.write(temporary).link(temporary, path).unlink(temporary);
  return path;
}

/** What a container reads as /data/new, and what else is done before, is told of these boxes. */
async function boxesBehind(before: (log: HostLog, path: string) => string): Promise<readonly string[]> {
  const { log } = login();
  const path = deliversByLink(log, 'buyer');
  const seen = `/data/new/${baseName(before(log, path))}`;
  log.records.reuse(seen, log.records.node(path, 0));
  log.shell('clerk').run('/usr/bin/python3 up.py').read(seen).connect('203.0.113.66', 443);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  return alert.entities.filter(({ kind }) => kind === 'mailbox' || kind === 'file').map(({ value }) => value);
}

test('mail in a container is told of the box in which it lies, and of its owner', async () => {
  assert.deepEqual(await boxesBehind((_, path) => path), ['buyer', '/home/buyer/Maildir']);
  const moved = await boxesBehind((log, path) => {
    const to = '/home/buyer/Maildir/.Old/cur/1772442000.V1I2M3.ws1:2,S';
    log.shell('buyer').run('/usr/bin/mutt').rename(path, to);
    log.records.reuse(path, log.records.node(to, 0));
    return to;
  });
  assert.deepEqual(moved, ['buyer', '/home/buyer/Maildir/.Old']);
});

test('a name that no delivery gave is a box of its own', async () => {
  const other = await boxesBehind(() => '1772442999.V9I9M9.ws1');
  assert.deepEqual(other, ['data', '/data']);
});

test('mail that lies in the home of a person and belongs to another is theirs', async () => {
  const owners = async (writer: 'ops' | 'buyer' | 'root'): Promise<string> => {
    const { log } = login();
    const path = '/home/ops/build/Maildir/new/1772442000.M1P9.ws1';
    log.records.node(path, 0).uid = uidOf(writer);
    log.shell('ops').run('/usr/bin/tar c /home/ops/build/Maildir').read(path).connect('203.0.113.66', 443);
    const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
    return `${alert.title} ${factorsOf(alert).includes(FOREIGN)}`;
  };
  assert.equal(await owners('buyer'), 'Mail of buyer read and sent out true');
  assert.equal(await owners('ops'), 'Mail of ops read and sent out false');
  assert.equal(await owners('root'), 'Mail of ops read and sent out false', 'a copy that root made says nothing');
});
