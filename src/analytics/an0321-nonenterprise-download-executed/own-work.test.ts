import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** What people write where clients save is their own work; what only looks so is told as before. */

const FILE = '/home/clerk/Downloads/resize.sh';

/** Whether a run of the file is told, after `act` at a shell beside a browser that was in use. */
async function isTold(act: (shell: Process, log: HostLog) => void): Promise<boolean> {
  const log = new HostLog();
  log.deliver({ to: 'buyer' });
  log.desktop('clerk').run('/usr/bin/firefox').connect('203.0.113.80', 443);
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  act(shell, log);
  log.wait(1000);
  shell.run(FILE, { by: '/bin/bash' }).read(FILE);
  const found = await scanLog(log);
  return found.some(({ steps }) => steps.some(({ summary }) => summary.startsWith(`${FILE} is run by`)));
}

/** A shell opens the file in a child, which then becomes the command. */
const into = (shell: Process, words: string | readonly string[]): Process => shell.fork().write(FILE).exec(words);

test('a file that its person writes at a shell or in an editor is no download, whatever sed changes in it', async () => {
  const temporary = '/home/clerk/Downloads/sedX1';
  const changed = (shell: Process): Process =>
    shell.run(`/usr/bin/sed -i s/a/b/ ${FILE}`).read(FILE).write(temporary).rename(temporary, FILE);
  const own: Readonly<Record<string, (shell: Process, log: HostLog) => void>> = {
    shell: shell => shell.write(FILE),
    'a group': shell => shell.fork().write(FILE),
    'a here-document': shell => into(shell, '/usr/bin/cat'),
    words: shell => into(shell, '/usr/bin/printf #!/bin/sh'),
    editor: shell => shell.run(`/usr/bin/nano ${FILE}`).write(FILE),
    'editor of the desktop': (_, log) => log.desktop('clerk').run('/usr/bin/gedit').write(FILE),
    changed: shell => changed(shell.write(FILE)),
    'written again': shell => shell.run(`/usr/bin/vim ${FILE}`).write(FILE).rename(FILE, `${FILE}~`).write(FILE),
    moved: shell => {
      shell.write('/home/clerk/Downloads/a');
      shell.run(`/usr/bin/mv a ${FILE}`).rename('/home/clerk/Downloads/a', FILE);
    },
  };
  const told: string[] = [];
  for (const [name, act] of Object.entries(own)) if (await isTold(act)) told.push(name);
  assert.deepEqual(told, []);
});

test('what was there before an editor changed it, or came by another hand, is told', async () => {
  const temporary = '/home/clerk/Downloads/sedX1';
  const other: Readonly<Record<string, (shell: Process, log: HostLog) => void>> = {
    'nobody seen': () => {},
    'changed in place': shell => {
      shell.records.node(FILE, 1003);
      shell.run(`/usr/bin/nano ${FILE}`).write(FILE);
    },
    'changed by sed': shell => {
      shell.records.node(FILE, 1003);
      shell.run(`/usr/bin/sed -i s/a/b/ ${FILE}`).write(temporary).rename(temporary, FILE);
    },
    'kept aside by vim': shell => {
      shell.records.node(FILE, 1003);
      shell.run(`/usr/bin/vim ${FILE}`).rename(FILE, `${FILE}~`).write(FILE);
    },
    'removed by its editor': shell => {
      shell.records.node(FILE, 1003);
      shell.run(`/usr/bin/joe ${FILE}`).unlink(FILE).write(FILE);
    },
    decoded: shell => into(shell, '/usr/bin/base64 -d'),
    copied: shell => into(shell, '/usr/bin/cat /media/stick/x'),
    'printed by sed': shell => into(shell, '/usr/bin/sed s/a/b/ /home/clerk/Downloads/get.sh'),
    'of a pipeline': shell => {
      shell.run('/usr/bin/base64 -d');
      into(shell, '/usr/bin/cat');
    },
    'out of an archive': shell => shell.run('/usr/bin/tar xf /media/stick/a.tar').write(FILE),
    'from the network, by the shell itself': shell => shell.connect('203.0.113.66', 4444).write(FILE),
    replaced: shell => {
      shell.write(FILE);
      shell.run(`/usr/bin/cp /media/stick/x ${FILE}`).unlink(FILE).write(FILE);
    },
    'moved over': shell => {
      shell.write(FILE);
      shell.run(`/usr/bin/mv /media/stick/x ${FILE}`).rename('/media/stick/x', FILE);
    },
    'without a terminal': (_, log) => log.remote('clerk', 'x', '203.0.113.9').write(FILE),
  };
  const silent: string[] = [];
  for (const [name, act] of Object.entries(other)) if (!(await isTold(act))) silent.push(name);
  assert.deepEqual(silent, []);
});

test('a shell in which a program out of mail runs makes nothing that is its own', async () => {
  const fromMail = (shell: Process, log: HostLog): void => {
    const client = log.desktop('clerk').run('/usr/bin/thunderbird');
    const saved = '/home/clerk/Downloads/offer.sh';
    client.write(saved);
    const run = shell.run(saved, { by: '/bin/bash' }).read(saved);
    run.run(['/bin/bash', '-i'], { argv0: 'bash' }).write(FILE);
  };
  assert.ok(await isTold(fromMail));
});
