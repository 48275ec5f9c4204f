import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';

/** A repository is cloned some minutes after browsing; `make` runs in it. */
function built(url: string, act: (make: Process, log: HostLog) => void): HostLog {
  const log = new HostLog();
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  log.wait(5 * MINUTE);
  const shell = log.shell('dev');
  const git = shell.run(`/usr/bin/git clone -q ${url}`);
  git.run('/usr/lib/git-core/git-remote-https').connect('203.0.113.80', 443);
  for (const name of ['Makefile', 'task.c', 'tools/gen.sh']) git.write(`/home/dev/task/${name}`);
  log.wait(MINUTE);
  const make = shell.run('/usr/bin/make', { cwd: '/home/dev/task' }).read('/home/dev/task/Makefile');
  act(make, log);
  return log;
}

const script = (make: Process): Process => make.run('/bin/sh tools/gen.sh').read('/home/dev/task/tools/gen.sh');
const URLS = ['https://files.example.net/task.git', 'git@files.example.net:task.git'];

for (const url of URLS)
  test(`the build of what was cloned from ${url} calls out by a port of its own`, async () => {
    const log = built(url, make => void script(make).run('/usr/bin/python3 -').connect(OUT, 9001));
    firesAt(await scanLog(log), 'AN0321', 'medium');
  });

test('the build of a clone leaves a job behind', async () => {
  const log = built(URLS[0] ?? '', make => void script(make).write('/home/dev/.config/autostart/u.desktop'));
  firesAt(await scanLog(log), 'AN0321', 'medium');
});

const WORK: Readonly<Record<string, (make: Process) => void>> = {
  compiles: make => void make.run('/usr/bin/gcc -o task task.c').write('/home/dev/task/task'),
  'gets packages from the web': make => void make.run('/usr/bin/npm install').connect('203.0.113.84', 443),
  'asks for submodules by ssh': make => void make.run('/usr/bin/ssh git@files.example.net').connect('203.0.113.80', 22),
  'tests against a server of the host': make =>
    void script(make).run('/usr/bin/python3 t.py').connect('127.0.0.1', 5432),
};
for (const [says, act] of Object.entries(WORK))
  test(`the build of a clone ${says}: informational at most`, async () => {
    atMostAt(await scanLog(built(URLS[0] ?? '', act)), 'informational');
  });

test('a clone of what lies on the same host is nothing from outside', async () => {
  const log = built('/srv/git/task.git', make => void script(make).run('/usr/bin/python3 -').connect(OUT, 9001));
  atMostAt(await scanLog(log), 'informational');
});
