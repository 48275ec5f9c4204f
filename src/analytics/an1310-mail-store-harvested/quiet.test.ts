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
  silent,
  storyOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

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

for (const name of ['dovecot-imap-session', 'delivery-and-expiry', 'malware-scan', 'mutt-and-curl', 'quota-du-find'])
  test(`recorded: ${name} is seen in full, and tells no story of any analytic`, async () => {
    const report = await scanFolder(recording(`an1310-mail-store-harvested/quiet.${name}`).folder);
    silent(report.alerts);
    for (const kind of ['file.opened', 'process.started', 'network.connected', 'mail.delivered'])
      assert.ok((report.eventsByKind.get(kind) ?? 0) > 0, `${kind} is in the evidence`);
  });

test('recorded: the nightly backup is told as what it is, and is informational', async () => {
  const report = await scanFolder(recording('an1310-mail-store-harvested/quiet.nightly-backup-tar-rsync').folder);
  atMostAt(report.alerts, 'informational');
  assert.ok(factorsOf(storyOf(report.alerts, 'AN1310')).includes('a backup job of the system'));
});

test('IMAP and delivery software at work', async () => {
  const { log, mine } = mailHost();
  log.service('/usr/lib/dovecot/imap', 'clerk').read(mine.path).connect('127.0.0.1', 24);
  const procmail = log.pipeTo('clerk', 'procmail').agent.run('/usr/bin/procmail');
  procmail.read('/home/clerk/Maildir/new/1772442000.M1.ws1').write('/var/mail/clerk');
  log.service('/usr/lib/postfix/sbin/smtp', 'postfix').connect('203.0.113.25', 25);
  silent(await scanLog(log));
});

test("a person's own clients, and an unrelated curl beside them", async () => {
  const { log, mine } = mailHost();
  const shell = log.shell('clerk');
  shell.run('/usr/bin/mutt').read(mine.path).connect('198.51.100.7', 993);
  shell.run('/usr/bin/curl https://news.example.net/').connect('203.0.113.80', 443);
  const inbox = '/home/clerk/.thunderbird/x/ImapMail/i/INBOX';
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(inbox);
  client.connect('198.51.100.7', 993).connect('198.51.100.7', 587).connect('203.0.113.99', 443);
  silent(await scanLog(log));
});

test('offlineimap, getmail and imapsync between mail servers', async () => {
  const { log, mine } = mailHost();
  const python = { by: '/usr/bin/python3' };
  log.cron('clerk', 'offlineimap').run('/usr/bin/offlineimap', python).connect('198.51.100.7', 993).read(mine.path);
  const getmail = log.cron('clerk', 'getmail').run('/usr/bin/getmail', python).connect('198.51.100.7', 995);
  getmail.write('/home/clerk/Maildir/tmp/1772442000.9.ws1');
  const sync = log.shell('root').run('/usr/bin/imapsync --host1 a --host2 b', { by: '/usr/bin/perl' });
  sync.connect('198.51.100.7', 993).connect('198.51.100.8', 993);
  silent(await scanLog(log));
});

test('indexers of the desktop, notmuch and mu', async () => {
  const { log, mine } = mailHost();
  const desktop = log.desktop('clerk');
  desktop.run('/usr/libexec/tracker-miner-fs').read(mine.path).write('/home/clerk/.cache/tracker/x');
  desktop.run('/usr/bin/recollindex').read(mine.path).write('/home/clerk/.recoll/xapiandb/x');
  const notmuch = log.cron('clerk', 'notmuch new').run('/usr/bin/notmuch new').read(mine.path);
  notmuch.write('/home/clerk/Maildir/.notmuch/xapian/x');
  log.wait(MINUTE);
  log.cron('clerk', 'mu index').run('/usr/bin/mu index').read(mine.path).write('/home/clerk/.cache/mu/xapian/x');
  atMostAt(await scanLog(log), 'informational');
});

test('scanners, integrity checkers and training, beside a service that happens to connect', async () => {
  const { log, mine, other } = mailHost();
  log.cron('root', 'clamscan -r /home').run('/usr/bin/clamscan -r /home').read(mine.path).read(other.path);
  log.cron('root', 'aide').run('/usr/bin/aide --check').read(mine.path);
  const learn = log.cron('clerk', 'sa-learn').run('/usr/bin/sa-learn --spam Maildir/.Junk', { by: '/usr/bin/perl' });
  learn.read(mine.path).write('/home/clerk/.spamassassin/bayes_toks');
  log.service('/usr/bin/freshclam').connect('203.0.113.9', 443);
  log.service('/var/ossec/bin/wazuh-syscheckd').read(mine.path);
  atMostAt(await scanLog(log), 'informational');
});

test('backups by programs that are backup programs, and by root over all of /home', async () => {
  const { log, mine, other } = mailHost();
  log.service('/usr/bin/restic backup /home').read(mine.path).read(other.path).connect('198.51.100.20', 443);
  const borg = log.cron('clerk', 'borg create').run('/usr/bin/borg create ssh://b.example.org/r::x /home/clerk', {
    by: '/usr/bin/python3',
  });
  borg.read(mine.path).run('/usr/bin/ssh b.example.org').connect('198.51.100.20', 22);
  log.wait(MINUTE);
  const job = log.cron('root', 'tar czf /srv/b.tgz /home && rsync /srv/b.tgz backup.example.org:');
  job.run('/usr/bin/tar czf /srv/b.tgz /home').write('/srv/b.tgz').read(mine.path).read(other.path);
  log.wait(10_000);
  const rsync = job.run('/usr/bin/rsync /srv/b.tgz backup.example.org:');
  rsync.run('/usr/bin/ssh backup.example.org').connect('198.51.100.20', 22);
  rsync.read('/srv/b.tgz');
  const alerts = await scanLog(log);
  atMostAt(alerts, 'informational');
  assert.ok(
    alerts.some(alert => alert.story.includes('root')),
    'it is told all the same',
  );
});

test('a backup program over the mail spool alone, told as a backup', async () => {
  const { log } = mailHost();
  const restic = log.cron('root', 'restic backup /var/mail').run('/usr/bin/restic backup /var/mail');
  restic.read('/var/mail/clerk').read('/var/mail/buyer').connect('198.51.100.20', 443);
  const alerts = await scanLog(log);
  atMostAt(alerts, 'informational');
  assert.ok(factorsOf(storyOf(alerts, 'AN1310')).includes('a backup job of the system'));
});

test('searching without sending, by the owner and by root', async () => {
  const { log, mine, other } = mailHost();
  log.shell('clerk').run('/bin/grep -r invoice Maildir').read(mine.path);
  log.shell('root').run('/bin/grep -r x /home/buyer/Maildir').read(other.path);
  atMostAt(await scanLog(log), 'informational');
});

test("a shell's mail check, and a status bar that counts mail and fetches the weather", async () => {
  const { log } = mailHost();
  const shell = log.shell('clerk');
  shell.read('/var/mail/clerk');
  log.wait(2000);
  shell.run('/usr/bin/curl https://news.example.net/').connect('203.0.113.80', 443);
  log.wait(MINUTE);
  const bar = log.desktop('clerk').run('/usr/bin/polybar');
  const count = bar.run(['/bin/sh', '-c', 'grep -c ^Status /var/mail/clerk']);
  count.run('/bin/grep -c ^Status /var/mail/clerk').read('/var/mail/clerk');
  bar.run('/usr/bin/curl wttr.example.net').connect('203.0.113.80', 443);
  atMostAt(await scanLog(log), 'informational');
});

test('archivemail, du, and reports about mail logs, which are not mail', async () => {
  const { log } = mailHost();
  const job = log.cron('clerk', 'archivemail');
  const archive = job.run('/usr/bin/archivemail /var/mail/clerk', { by: '/usr/bin/python3' }).read('/var/mail/clerk');
  archive.write('/home/clerk/mail_archive.gz');
  log.cron('root', 'du').run('/usr/bin/du -s /home');
  const report = log.cron('root', 'pflogsumm /var/log/mail.log | mail root');
  const [summary, mail] = report.pipeline('/usr/sbin/pflogsumm /var/log/mail.log', '/usr/bin/mail -s x root');
  summary?.read('/var/log/mail.log');
  mail?.run('/usr/sbin/sendmail -i root');
  const alerts = await scanLog(log);
  atMostAt(alerts, 'informational');
  assert.ok(!alerts.some(alert => alert.story.includes('pflogsumm')));
});

test("a person's own synchronisation of their own mail", async () => {
  const { log, mine } = mailHost();
  const desktop = log.desktop('clerk');
  desktop.run('/usr/bin/syncthing').connect('198.51.100.40', 22000).read(mine.path);
  const inbox = '/home/clerk/.thunderbird/x/Mail/Local Folders/Inbox';
  desktop.run('/usr/bin/nextcloud').connect('198.51.100.41', 443).read(inbox);
  atMostAt(await scanLog(log), 'informational');
});

test('own mail is packed onto a disk whose writes nobody records, and a talk is uploaded', async () => {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run('/bin/tar -czf /mnt/disk/mail.tgz Maildir').read(path);
  log.wait(MINUTE);
  shell.run('/usr/bin/curl -s -T slides/talk.odp http://files.example.net/talks/').connect('203.0.113.80', 80);
  shell.write('/home/clerk/.bash_history');
  silent((await scanLog(log)).filter(alert => alert.analytic === 'AN1310'));
});

test('the notes of a tool that carries mail off are no place where it was staged', async () => {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  log.wait(MINUTE);
  const [tar, ssh] = log.shell('dev').pipeline('/bin/tar -c /home/clerk/Maildir', '/usr/bin/ssh vault.example.net cat');
  tar?.read(path);
  ssh?.connect('203.0.113.67', 22).write('/home/dev/.ssh/known_hosts');
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.ok(!alert.story.includes('staged'), alert.story);
});

test('a scheduled backup keeps a copy of all homes and mailboxes on a disk of the host', async () => {
  const log = new HostLog();
  const mine = log.deliver({ to: 'clerk' });
  const other = log.deliver({ to: 'buyer' });
  for (let i = 0; i < 3; i++) {
    const rsnapshot = log.cron('root', '/usr/bin/rsnapshot hourly').run('/usr/bin/perl -w /usr/bin/rsnapshot hourly');
    rsnapshot.run('/usr/bin/rsync -a /home/ /srv/snap/hourly.0/localhost/').read(mine.path).fork().read(other.path);
    log.wait(5 * MINUTE);
  }
  atMostAt(await scanLog(log), 'informational');
});

/** rsync of the clerk's box by `user`, as root or not, to a host. */
function moved(to: string, elevated: boolean, user = 'ops'): HostLog {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  const shell = log.shell(user);
  shell.write('/home/ops/notes.txt');
  log.wait(MINUTE);
  const by = elevated ? shell.run('/usr/bin/sudo rsync', { who: { ...shell.who, uid: 0 } }) : shell;
  by.run(`/usr/bin/rsync -aH /home/clerk/Maildir/ ${to}`).read(path).connect('198.51.100.30', 873);
  return log;
}

test('an administrator moves a mailbox to another server of the domain', async () => {
  const alerts = await scanLog(moved('rsync://mail2.example.org/in/', true));
  atMostAt(alerts, 'informational');
  assert.ok(factorsOf(storyOf(alerts, 'AN1310')).includes('to a host of the own domain'));
});

test('but not to another one besides', async () => {
  const alerts = await scanLog(moved('rsync://mail2.example.org/in/ rsync://files.example.net/in/', true));
  const alert = storyOf(alerts, 'AN1310');
  assert.equal(alert.severity, 'medium');
  assert.ok(!factorsOf(alert).includes('to a host of the own domain'));
});

test('the same without the right to it is low; to another domain, or to a bare address, it is a harvest', async () => {
  atMostAt(await scanLog(moved('ops@mail2.example.org:in/', false)), 'low');
  const asRoot = storyOf(await scanLog(moved('rsync://mail2.example.org/in/', false, 'root')), 'AN1310');
  assert.equal(asRoot.severity, 'low', 'nobody says who it is that logged in as root');
  for (const to of ['rsync://mail2.example.net/in/', 'rsync://198.51.100.30/in/', 'ops@example.org.example.net:in/'])
    firesAt(await scanLog(moved(to, true)), 'AN1310', 'medium');
});
