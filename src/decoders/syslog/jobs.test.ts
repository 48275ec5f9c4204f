import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ID_UNSET } from '../../events/host-events.ts';
import { eventOf, read, verdictOf } from './replay.test-support.ts';

const job = (program: string, text: string): string => {
  const event = eventOf(program, text);
  return event.kind === 'job.started' ? `${event.scheduler} ${event.user} ${event.pid} ${event.command}` : event.kind;
};
const session = (program: string, text: string): string => {
  const event = eventOf(program, text);
  return event.kind === 'session.started'
    ? [
        event.program,
        event.user,
        event.auid === ID_UNSET ? '-' : event.auid,
        event.ses === ID_UNSET ? '-' : event.ses,
        event.address,
      ].join(' ')
    : event.kind;
};

test('cron of every make starts jobs', () => {
  assert.equal(
    job('CRON[12]', '(root) CMD (   cd / && run-parts --report /etc/cron.hourly)'),
    'cron root 12 cd / && run-parts --report /etc/cron.hourly',
  );
  assert.equal(job('crond[12]', '(ops) CMD (echo "(a) CMD (b)")'), 'cron ops 12 echo "(a) CMD (b)"');
  assert.equal(job('/USR/SBIN/CRON[12]', '(ops) CMD (true)'), 'cron ops 12 true');
  assert.equal(job('anacron[5]', "Job `cron.daily' started"), 'cron root 5 cron.daily');
  assert.equal(job('crond[5]', 'USER ops pid  77 cmd echo x'), 'cron ops 77 echo x');
  assert.equal(verdictOf('CRON[1]', '(root) CMD (cut off'), 'reject: cron command breaks off');
  assert.equal(verdictOf('cron[1]', '(CRON) INFO (pidfile fd = 3)'), 'skip: cron message that starts nothing');
});

test('sudo says who asked, at which terminal, where, and in which words', () => {
  const by = (text: string) => {
    const event = eventOf('sudo', text);
    return event.kind === 'job.started' ? event.by : undefined;
  };
  const none = { auid: ID_UNSET, ses: ID_UNSET };
  assert.deepEqual(by("  ops : TTY=pts/0 ; PWD=/home/ops ; USER=root ; COMMAND=/bin/sh -c 'cat a > b'"), {
    user: 'ops',
    ...none,
    tty: 'pts/0',
    folder: '/home/ops',
    words: ['/bin/sh', '-c', 'cat a > b'],
  });
  assert.deepEqual(by('ops : TTY=unknown ; PWD=/tmp/a ; USER=b ; USER=root ; COMMAND=/bin/ls "a b"'), {
    user: 'ops',
    ...none,
    tty: '',
    folder: '/tmp/a ; USER=b',
    words: ['/bin/ls', 'a b'],
  });
  assert.equal(by('ops : PWD=/ ; USER=root ; COMMAND=/usr/bin/id')?.folder, '/');
  assert.equal(by('ops : HOST=ws3 ; TTY=pts/3 ; CHROOT=/c ; PWD=/x ; USER=root ; COMMAND=/bin/id')?.tty, 'pts/3');
  const su = eventOf('su[9]', '(to root) ops on pts/0');
  assert.ok(su.kind === 'job.started' && !('by' in su));
});

test('at, sudo, su and systemd start jobs', () => {
  assert.equal(
    job('atd[5]', "Starting job 3 (a0000301b6a2c3) for user 'ops' (1002)"),
    'at ops 5 job 3 (a0000301b6a2c3)',
  );
  assert.equal(
    job('sudo', '     ops : TTY=pts/0 ; PWD=/home/ops ; USER=root ; COMMAND=/usr/bin/id -u ; USER=x'),
    'sudo root -1 /usr/bin/id -u ; USER=x',
  );
  assert.equal(
    job('sudo[9]', 'ops : TTY=unknown ; PWD=/tmp/a ; USER=b ; USER=www-data ; GROUP=g ; COMMAND=/bin/sh'),
    'sudo www-data 9 /bin/sh',
  );
  assert.equal(
    verdictOf('sudo', 'ops : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh'),
    'skip: sudo refused',
  );
  assert.equal(
    job('sudo[9]', 'ops : PWD=/ ; USER=root ; COMMAND=/usr/bin/id'),
    'sudo root 9 /usr/bin/id',
    'without a terminal there is no TTY',
  );
  assert.equal(
    job('sudo', 'ops : HOST=ws3 ; TTY=pts/0 ; CHROOT=/srv/c ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id'),
    'sudo root -1 /usr/bin/id',
  );
  assert.equal(job('su[9]', '(to root) ops on pts/0'), 'su root 9 ');
  assert.equal(
    job('systemd[1]', 'Starting apt-daily.service - Daily apt download activities...'),
    'systemd  1 apt-daily.service',
  );
  assert.equal(
    job('systemd[1]', 'Started Daily Cleanup of Temporary Directories.'),
    'systemd  1 Daily Cleanup of Temporary Directories',
  );
});

test('logins open sessions, their ends and failures do not', () => {
  assert.equal(
    session('sshd[9]', 'Accepted publickey for ops from 198.51.100.1 port 5 ssh2: ED25519 SHA256:x'),
    'sshd ops - - 198.51.100.1',
  );
  assert.equal(
    session('sshd-session[9]', 'pam_unix(sshd:session): session opened for user ops(uid=1002) by (uid=0)'),
    'sshd ops 1002 - ',
  );
  assert.equal(
    session('login[9]', 'pam_unix(login:session): session opened for user ops by LOGIN(uid=0)'),
    'login ops - - ',
  );
  assert.equal(session('systemd[1]', 'Started session-3.scope - Session 3 of User ops.'), 'systemd ops - 3 ');
  assert.equal(
    session('systemd-logind[1]', "New session '3' of user 'ops' with class 'user' and type 'tty'."),
    'systemd-logind ops - 3 ',
  );
  assert.equal(session('systemd-logind[1]', 'New session c2 of user a.b.'), 'systemd-logind a.b - - ');
  for (const text of [
    'Failed password for Accepted publickey for root from 1.2.3.4 port 5 ssh2 from 192.0.2.1 port 5 ssh2',
    'Invalid user Accepted from 192.0.2.1',
  ]) {
    assert.equal(verdictOf('sshd[1]', text), 'skip: sshd message that is no login');
  }
  assert.equal(verdictOf('sshd[1]', 'pam_unix(sshd:session): session closed for user ops'), 'skip: session closed');
  assert.equal(read(['Mar  1 09:30:00 mx1 sshd[1]: Accepted x']).verdicts[0]?.tag, 'reject');
});
