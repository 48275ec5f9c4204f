import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letsIn } from '../../state/lets-in.ts';
import { Process, SYSTEM, uidOf } from './audit-records.test-support.ts';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { factorsOf, firesAt, inOrder, scanLog, storyOf } from './stories.test-support.ts';

/** Content that lets somebody in for good, by a key. */

const KEYS = '/home/clerk/.ssh/authorized_keys';
const SCRIPT = '/home/clerk/connect.py';

function running(): { log: HostLog; content: Process; shell: Process } {
  const log = new HostLog();
  log.deliver();
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run('/usr/bin/mutt').write(SCRIPT);
  log.wait(MINUTE);
  return { log, shell, content: shell.run(`/usr/bin/python3 ${SCRIPT}`).read(SCRIPT) };
}

/** A login: sshd(8) reads the list of keys, and pam_motd(8) starts a shell as root. */
function login(log: HostLog): void {
  const uid = uidOf('clerk');
  const who = { ...SYSTEM, auid: uid, ses: 40 };
  const daemon = new Process(log.records, log.records.nextPid(), 700, '/usr/sbin/sshd', who).exec('/usr/sbin/sshd -R');
  daemon.read(KEYS);
  daemon.run(['/bin/sh', '-c', 'run-parts --lsbsysinit /etc/update-motd.d > /run/motd.dynamic.new'], {
    argv0: 'sh',
  });
}

test('a key that content adds is left behind; what each login starts is none of its doing', async () => {
  const { log, content } = running();
  content.write(KEYS);
  log.wait(MINUTE);
  login(log);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  inOrder(alert, [
    ['content.executed', SCRIPT],
    ['persistence.written', KEYS, 'lets in whoever has a key'],
  ]);
  assert.ok(factorsOf(alert).includes('left something that runs later'));
  assert.match(alert.next.join(' '), /look through every login of that account since/);
  assert.equal(alert.steps.filter(({ kind }) => kind === 'content.executed').length, 1);
});

test('a key that its person adds beside the content is no step of it', async () => {
  const { log, shell } = running();
  shell.run('/usr/bin/vim .ssh/authorized_keys').write(KEYS);
  log.wait(MINUTE);
  login(log);
  const alert = storyOf(await scanLog(log), 'AN0656');
  assert.ok(!alert.steps.some(({ kind }) => kind === 'persistence.written'));
});

test('what sshd and ssh go by in ~/.ssh', () => {
  for (const path of [KEYS, '/root/.ssh/rc', '/srv/git/.ssh/config', '/home/a/.ssh/authorized_keys2'])
    assert.equal(letsIn(path), true, path);
  for (const path of [
    '/home/a/.ssh/known_hosts',
    '/home/a/.ssh/id_rsa',
    '/home/a/.ssh/x/rc',
    '/home/a/authorized_keys',
  ])
    assert.equal(letsIn(path), false, path);
});
