import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { DAY, HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, inOrder, scanLog, silent } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** A folder is renamed, and no record names what lies in it. */
const HOME = '/home/clerk';
const OUT = '203.0.113.66';

/** An archive out of a message, unpacked into `unpacked`. */
function unpacked(): { log: HostLog; shell: Process } {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(message.path);
  client.write(`${HOME}/Documents/kit.zip.part`).rename(`${HOME}/Documents/kit.zip.part`, `${HOME}/Documents/kit.zip`);
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell
    .run('/usr/bin/unzip -d unpacked Documents/kit.zip')
    .read('Documents/kit.zip')
    .write('unpacked/lib/run.py')
    .write('unpacked/README');
  return { log, shell };
}

/** The folder's new name: its records know the files below it by that from now on. */
function renamed(shell: Process, from: string, to: string, files: readonly string[]): void {
  shell.run(`/bin/mv ${from} ${to}`).rename(from, to);
  for (const file of files) shell.records.move(`${HOME}/${from}/${file}`, `${HOME}/${to}/${file}`);
}

const FILES = ['lib/run.py', 'README'];

for (const [says, act] of [
  ['by its path', shell => shell.run('/usr/bin/python3 work/kit/lib/run.py')],
  ['and its number', shell => shell.run('/usr/bin/python3 work/kit/lib/run.py').read('work/kit/lib/run.py')],
] as const satisfies readonly (readonly [string, (shell: Process) => Process])[])
  test(`what lies in a renamed folder is known under its new name, ${says}, days later`, async () => {
    const { log, shell } = unpacked();
    renamed(shell, 'unpacked', 'kit', FILES);
    renamed(shell, 'kit', 'work/kit', FILES);
    log.wait(2 * DAY);
    act(log.shell('clerk')).connect(OUT, 443);
    const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
    inOrder(alert, [
      ['file.written', 'unzip', 'unpacked/lib/run.py'],
      ['file.renamed', 'mv', `${HOME}/unpacked to ${HOME}/kit`],
      ['file.renamed', 'mv', `${HOME}/kit to ${HOME}/work/kit`],
      ['content.executed', 'work/kit/lib/run.py'],
    ]);
  });

test('a folder of the own under the old name, or under a name that begins alike, is no part of it', async () => {
  const { log, shell } = unpacked();
  log.wait(MINUTE);
  shell.run('/usr/bin/vi kits/lib/run.py').write('kits/lib/run.py');
  renamed(shell, 'unpacked', 'kit', FILES);
  log.wait(MINUTE);
  shell.run('/usr/bin/vi unpacked/lib/run.py').write('unpacked/lib/run.py');
  shell.run('/usr/bin/python3 unpacked/lib/run.py').connect(OUT, 443);
  shell.run('/usr/bin/python3 kits/lib/run.py').connect(OUT, 443);
  silent(await scanLog(log));
});

test('what lay under the new name is gone: a folder of the own that takes its place is run as such', async () => {
  const { log, shell } = unpacked();
  shell.run('/bin/cp -r unpacked work').read('unpacked/lib/run.py').write('work/lib/run.py');
  log.wait(MINUTE);
  shell.run('/usr/bin/vi own/lib/run.py').write('own/lib/run.py');
  shell.run('/bin/rm -r work');
  renamed(shell, 'own', 'work', ['lib/run.py']);
  log.wait(MINUTE);
  shell.run('/usr/bin/python3 work/lib/run.py').connect(OUT, 443);
  silent(await scanLog(log));
});
