import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from './host-log.test-support.ts';
import { atMostAt, recording, scanFolder, scanLog, silent } from './stories.test-support.ts';

/** A host on which files and connections are recorded, and one message for somebody. */
function mailed(to = 'clerk'): { log: HostLog; path: string } {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const { path } = log.deliver({ to });
  log.wait(MINUTE);
  return { log, path };
}

function saved(path: string): { log: HostLog; shell: Process } {
  const { log, path: message } = mailed();
  log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(message).write(path);
  log.wait(MINUTE);
  return { log, shell: log.shell('clerk') };
}

for (const name of [
  'pdf-viewer',
  'mutt-mailcap-viewer',
  'filter-unpacker',
  'procmail-vacation-bogofilter',
  'csv-own-script',
])
  test(`recorded: ${name} is seen in full, and tells no story of any analytic`, async () => {
    const report = await scanFolder(recording(`an0656-phishing-attachment-executed/quiet.${name}`).folder);
    silent(report.alerts);
    for (const kind of ['mail.delivered', 'file.opened', 'process.started', 'network.connected'])
      assert.ok((report.eventsByKind.get(kind) ?? 0) > 0, `${kind} is in the evidence`);
  });

test('a delivery alone, a saved file alone, an execution alone: nothing above informational', async () => {
  const delivery = new HostLog();
  delivery.deliver();
  silent(await scanLog(delivery));
  atMostAt(await scanLog(saved('/home/clerk/Downloads/view').log), 'informational');
  const execution = new HostLog();
  execution.shell('clerk').run('./Downloads/view').connect('203.0.113.66', 443);
  atMostAt(await scanLog(execution), 'informational');
});

test('viewers on temporary files, and a link opened in the browser', async () => {
  const { log, path } = mailed();
  const client = log
    .desktop('clerk')
    .run('/usr/lib/thunderbird/thunderbird')
    .read(path)
    .write('/tmp/mozilla_clerk0/a.pdf');
  const viewer = client.run('/usr/bin/evince /tmp/mozilla_clerk0/a.pdf').read('/tmp/mozilla_clerk0/a.pdf');
  viewer.run('/usr/lib/evince/evinced');
  const open = client.run('/usr/bin/xdg-open https://news.example.net/', { by: '/bin/sh' });
  open.run('/usr/lib/firefox/firefox https://news.example.net/').connect('203.0.113.80', 443);
  silent(await scanLog(log));
});

test("an office suite's start script and helpers", async () => {
  const { log, path } = mailed();
  const document = '/tmp/mozilla_clerk0/a.odt';
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(path).write(document);
  const script = client.run(`/usr/bin/libreoffice ${document}`, { by: '/bin/sh' });
  script.run('/usr/bin/dirname /usr/bin/libreoffice');
  const office = script.exec(`/usr/lib/libreoffice/program/soffice.bin ${document}`).read(document);
  office.run(['/bin/sh', '-c', 'ps -e']).run('/bin/ps -e');
  atMostAt(await scanLog(log), 'informational');
});

test('a content filter and its unpackers', async () => {
  const { log } = mailed();
  const parts = '/var/lib/amavis/tmp/x/parts';
  const filter = log.service('/usr/sbin/amavisd-new foreground', 'amavis', { by: '/usr/bin/perl' });
  filter.write(`${parts}/p001`);
  filter.run(`/usr/bin/7z x ${parts}/p001`).read(`${parts}/p001`).write(`${parts}/p002.sh`);
  filter.run(`/usr/bin/clamdscan ${parts}`).read(`${parts}/p002.sh`);
  filter.connect('127.0.0.1', 10025);
  silent(await scanLog(log));
});

test('procmail with spamc and vacation, and an alias that pipes to a ticket system', async () => {
  const { log } = mailed();
  const procmail = log.pipeTo('clerk', '/usr/bin/procmail').agent.run('/usr/bin/procmail');
  procmail.run('/usr/bin/spamc').connect('127.0.0.1', 783);
  procmail.run('/usr/bin/vacation clerk').run('/usr/sbin/sendmail -oi -t');
  procmail.write('/home/clerk/Maildir/new/1772442000.M1.ws1');
  const gate = '/usr/bin/rt-mailgate --queue general --action correspond --url http://127.0.0.1/';
  const shell = log.pipeTo('ops', gate).agent.run(['/bin/sh', '-c', gate]);
  shell.exec(gate, { by: '/usr/bin/perl' }).connect('127.0.0.1', 80);
  atMostAt(await scanLog(log), 'informational');
});

test("mutt's mailcap viewers, gpg and pinentry", async () => {
  const { log, path } = mailed();
  const page = '/tmp/mutt-clerk-1003-1-1.html';
  const mutt = log.shell('clerk').run('/usr/bin/mutt').read(path).write(page);
  mutt
    .run(['/bin/sh', '-c', `/usr/bin/w3m -dump '${page}'`])
    .run(`/usr/bin/w3m -dump ${page}`)
    .read(page);
  const check = mutt
    .run(['/bin/sh', '-c', 'gpg --verify /tmp/mutt-x.asc'])
    .run('/usr/bin/gpg --verify /tmp/mutt-x.asc');
  check.run('/usr/bin/pinentry');
  atMostAt(await scanLog(log), 'informational');
});

test('git am and make', async () => {
  const { log, path } = mailed('dev');
  const shell = log.shell('dev');
  const cwd = '/home/dev/src';
  shell.run(`/usr/bin/git am ${path}`, { cwd }).read(path).write(`${cwd}/Makefile`).write(`${cwd}/gen.sh`);
  log.wait(MINUTE);
  const make = shell.run('/usr/bin/make', { cwd }).read(`${cwd}/Makefile`);
  make.run(['/bin/sh', '-c', './gen.sh']).run('./gen.sh', { by: '/bin/sh' }).read(`${cwd}/gen.sh`);
  atMostAt(await scanLog(log), 'informational');
});

test('mbsync, notmuch and its own hook', async () => {
  const { log } = mailed();
  const shell = log.cron('clerk', 'mbsync -a; notmuch new');
  const box = '/home/clerk/Mail/INBOX';
  shell.run('/usr/bin/mbsync -a').connect('198.51.100.7', 993).write(`${box}/new/1772442000.1_1.ws1`);
  log.wait(3000);
  const index = shell.run('/usr/bin/notmuch new').read(`${box}/new/1772442000.1_1.ws1`);
  index.write('/home/clerk/Mail/.notmuch/xapian/postlist.glass');
  index.run('/home/clerk/Mail/.notmuch/hooks/post-new', { by: '/bin/sh' });
  atMostAt(await scanLog(log), 'informational');
});

test('an indexer on a host that records reads of mail stores and no other files', async () => {
  const log = new HostLog();
  const { path } = log.deliver();
  const shell = log.cron('clerk', 'notmuch new');
  const index = shell.run('/usr/bin/notmuch new').read(path);
  index.run('/home/clerk/Mail/.notmuch/hooks/post-new', { by: '/bin/sh' });
  atMostAt(await scanLog(log), 'informational');
});

test('a backup of all homes', async () => {
  const { log, path } = mailed();
  const shell = log.cron('root', '/usr/local/sbin/nightly');
  shell.run('/usr/bin/tar czf /srv/backup/home.tgz /home').write('/srv/backup/home.tgz').read(path);
  log.wait(HOUR);
  shell.run('/usr/bin/sha256sum /srv/backup/home.tgz').read('/srv/backup/home.tgz');
  atMostAt(await scanLog(log), 'informational');
});

test('a mailed vendor package that the package manager installs is low at most', async () => {
  const { log, shell } = saved('/home/clerk/Downloads/vendor.deb');
  const deb = '/home/clerk/Downloads/vendor.deb';
  const sudo = shell.run('/usr/bin/sudo apt install ./Downloads/vendor.deb');
  const apt = sudo.run('/usr/bin/apt install ./Downloads/vendor.deb', { who: { ...sudo.who, uid: 0 } }).read(deb);
  const dpkg = apt.run(`/usr/bin/dpkg --unpack ${deb}`);
  dpkg.run(`/usr/bin/dpkg-deb --control ${deb} /var/lib/dpkg/tmp.ci`).read(deb).write('/var/lib/dpkg/tmp.ci/postinst');
  dpkg.rename('/var/lib/dpkg/tmp.ci/postinst', '/var/lib/dpkg/info/vendor.postinst');
  dpkg.run(`/usr/bin/dpkg-deb --fsys-tarfile ${deb}`).read(deb);
  dpkg.write('/usr/bin/vendor');
  dpkg.run('/var/lib/dpkg/info/vendor.postinst configure', { by: '/bin/sh' });
  log.wait(HOUR);
  shell.run('/usr/bin/vendor');
  atMostAt(await scanLog(log), 'low');
});

test("a person's own script that reads an attached table and talks to a database", async () => {
  const { log, shell } = saved('/home/clerk/Documents/table.csv');
  const report = shell
    .run('/usr/bin/python3 /home/clerk/bin/report.py Documents/table.csv')
    .read('/home/clerk/bin/report.py');
  report.read('Documents/table.csv').write('/home/clerk/Documents/out.csv').connect('198.51.100.9', 5432);
  atMostAt(await scanLog(log), 'informational');
});
