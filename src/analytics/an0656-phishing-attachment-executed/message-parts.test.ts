import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { firesAt, inOrder, scanLog, silent } from './stories.test-support.ts';

/** Nothing but commands is recorded: a person works on a terminal, command by command. */
async function typed(...lines: readonly string[]): Promise<readonly Alert[]> {
  const log = new HostLog({ files: false, network: false });
  log.deliver({ to: 'clerk', unseen: true });
  const shell = log.shell('clerk');
  for (const line of lines) {
    log.wait(MINUTE / 4);
    const stages = line.split(' | ');
    if (stages.length > 1) shell.pipeline(...stages);
    else shell.run(line);
  }
  return await scanLog(log);
}

test('a part that is taken out by number, under its name, and run', async () => {
  const alert = firesAt(await typed('/usr/bin/mshow -x 3 tool.py', '/usr/bin/python3 tool.py'), 'AN0656', 'medium');
  inOrder(alert, [
    ['store.read', 'takes a part out of a message'],
    ['file.written', '/home/clerk/tool.py'],
    ['content.executed', '/home/clerk/tool.py'],
  ]);
});

test('a message that was taken out of a message, and what is taken out of that', async () => {
  const lines = ['/usr/bin/mshow -x 1 fwd.eml', '/usr/bin/mshow -x ./fwd.eml in.sh', '/bin/bash in.sh'];
  firesAt(await typed(...lines), 'AN0656', 'medium');
  const unpacked = ['/usr/bin/mshow -x 1 fwd.eml', '/usr/bin/munpack -C out fwd.eml', '/bin/bash out/in.sh'];
  firesAt(await typed(...unpacked), 'AN0656', 'medium');
});

test('under names that the message has, where it stands', async () => {
  firesAt(await typed('/usr/bin/mhstore +inbox 7 -auto', '/usr/bin/perl setup.pl'), 'AN0656', 'medium');
});

test('what had run before is none of what was taken out to the same home', async () => {
  const own = '/usr/bin/python3 sums.py';
  silent(await typed(own, '/usr/bin/mhstore +inbox 7 -auto', own));
  silent(await typed(own, '/usr/bin/unzip -o Mail/papers.zip', own));
});

test('a part that is printed into an interpreter', async () => {
  const line = '/usr/bin/notmuch show --part=2 --format=raw id:a@example.net | /bin/sh';
  firesAt(await typed(line), 'AN0656', 'medium');
  firesAt(await typed('/usr/bin/mshow -O 4 2 | /usr/bin/python3 -'), 'AN0656', 'medium');
});

test('who looks at mail and runs a program of the own runs none of it', async () => {
  silent(await typed('/usr/bin/mshow 3', '/usr/bin/mshow -t 3', '/usr/bin/python3 sums.py'));
  silent(await typed('/usr/bin/mshow -x 3 report.pdf', '/usr/bin/mupdf report.pdf', '/usr/bin/python3 sums.py'));
  silent(await typed('/usr/bin/notmuch show id:a@example.net | /usr/bin/less', '/bin/sh backup.sh'));
});

test('another message of the same name that the person has made is not taken out of any', async () => {
  silent(await typed('/usr/bin/mshow -x ./own.eml in.sh', '/bin/bash in.sh'));
});

test('where reads of the store are recorded the words add nothing to them', async () => {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'clerk' });
  const shell = log.shell('clerk');
  shell.run('/usr/bin/mshow -x 3 tool.py').read(path).write('/home/clerk/tool.py');
  shell.run('/usr/bin/python3 tool.py').read('/home/clerk/tool.py');
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  assert.ok(!alert.steps.some(step => step.summary.includes('takes a part out of')));
});
