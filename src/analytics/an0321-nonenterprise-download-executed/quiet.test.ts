import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  recording,
  scanFolder,
  scanLog,
  silent,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

function downloaded(path: string): { log: HostLog; browser: Process; shell: Process } {
  const log = new HostLog();
  const browser = log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  browser.write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(MINUTE);
  return { log, browser, shell: log.shell('dev') };
}

for (const name of ['app-self-update', 'browsing-helpers', 'csv-read-by-python', 'editor-saves-script', 'iso-checksum'])
  test(`recorded: ${name} is seen in full, and tells no story of any analytic`, async () => {
    const report = await scanFolder(recording(`an0321-nonenterprise-download-executed/quiet.${name}`).folder);
    silent(report.alerts);
    for (const kind of ['file.opened', 'process.started', 'network.connected'])
      assert.ok((report.eventsByKind.get(kind) ?? 0) > 0, `${kind} is in the evidence`);
  });

test('a downloaded table that python, R and awk read', async () => {
  const path = '/home/dev/Downloads/data.csv';
  const { log, shell } = downloaded(path);
  const report = shell
    .run(`/usr/bin/python3 /home/dev/bin/report.py ${path}`)
    .read('/home/dev/bin/report.py')
    .read(path);
  report.write('/home/dev/out.png').connect('198.51.100.3', 5432);
  shell.run(['/usr/bin/python3', '-c', 'import pandas']).read(path);
  shell.run(['/usr/bin/Rscript', '-e', 'x']).read(path);
  shell.pipeline(`/bin/cat ${path}`, ['/usr/bin/awk', '{print $1}'], '/usr/bin/sort')[0]?.read(path);
  silent(await scanLog(log));
});

test('a browser in a home that updates itself', async () => {
  const log = new HostLog();
  const home = '/home/dev/apps/firefox';
  const browser = log.desktop('dev').run(`${home}/firefox`).connect('203.0.113.80', 443);
  browser.write(`${home}/updated/firefox`).write('/home/dev/.cache/mozilla/firefox/updates/0/updater');
  const updater = browser.run('/home/dev/.cache/mozilla/firefox/updates/0/updater x').write(`${home}/libxul.so`);
  updater.rename(`${home}/updated/firefox`, `${home}/firefox`);
  log.desktop('dev').run(`${home}/firefox`).connect('203.0.113.80', 443);
  atMostAt(await scanLog(log), 'informational');
});

test('an image, its checksums, its signature, and dd', async () => {
  const path = '/home/dev/Downloads/debian.iso';
  const { log, shell, browser } = downloaded(path);
  browser.write('/home/dev/Downloads/SHA256SUMS');
  const cwd = '/home/dev/Downloads';
  shell.run('/usr/bin/sha256sum -c SHA256SUMS', { cwd }).read('SHA256SUMS').read(path);
  shell.run('/usr/bin/gpg --verify SHA256SUMS.sign', { cwd }).read('SHA256SUMS');
  shell.run(`/usr/bin/dd if=${path} of=/dev/sdb`).read(path);
  silent(await scanLog(log));
});

test("a browser's renderers, desktop helpers, crash handler and native messaging host", async () => {
  const log = new HostLog();
  const profile = '/home/dev/.config/chromium';
  const browser = log.desktop('dev').run('/usr/lib/chromium/chromium').connect('203.0.113.80', 443);
  browser.write(`${profile}/Default/History`).write(`${profile}/WidevineCdm/x/libwidevinecdm.so`);
  browser.run('/usr/lib/chromium/chromium --type=renderer').read(`${profile}/WidevineCdm/x/libwidevinecdm.so`);
  const settings = browser.run('/usr/bin/xdg-settings get default-web-browser', { by: '/bin/sh' });
  settings.run('/usr/bin/xdg-mime query default text/html', { by: '/bin/sh' });
  browser.run('/usr/lib/chromium/chrome_crashpad_handler --url=https://c.example.com').connect('203.0.113.81', 443);
  browser.run(`${profile}/NativeMessagingHosts/host.py`, { by: '/usr/bin/python3' });
  atMostAt(await scanLog(log), 'informational');
});

test('a script that the person wrote, while browsing, and runs', async () => {
  const log = new HostLog();
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  const shell = log.shell('dev');
  shell.run('/usr/bin/vim x.sh').write('/home/dev/x.sh');
  shell
    .run('./x.sh', { by: '/bin/bash' })
    .read('x.sh')
    .run('/usr/bin/curl https://api.example.org')
    .connect('198.51.100.9', 443);
  silent(await scanLog(log));
});

test('curl piped into a shell with no browsing before is informational', async () => {
  const log = new HostLog();
  const [curl, shell] = log.shell('dev').pipeline('/usr/bin/curl -fsSL https://sh.example.com', '/bin/sh');
  curl?.connect('203.0.113.90', 443);
  shell?.run('/usr/bin/curl https://static.example.com/t').connect('203.0.113.91', 443);
  atMostAt(await scanLog(log), 'informational');
});

test('apt, git clone, npm install with scripts, browser automation, a toolbox that updates an editor', async () => {
  const log = new HostLog();
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  const shell = log.shell('dev');
  const apt = shell.run('/usr/bin/apt install jq', { who: { ...shell.who, uid: 0 } });
  apt.run('/usr/lib/apt/methods/http').connect('203.0.113.5', 80).write('/var/cache/apt/archives/jq.deb');
  const dpkg = apt.run('/usr/bin/dpkg --unpack /var/cache/apt/archives/jq.deb');
  dpkg.run('/var/lib/dpkg/info/jq.postinst configure', { by: '/bin/sh' });
  const git = shell.run('/usr/bin/git clone https://git.example.org/x', { cwd: '/home/dev' });
  git.run('/usr/lib/git-core/git-remote-https origin https://git.example.org/x').connect('198.51.100.8', 443);
  git.write('/home/dev/x/package.json').write('/home/dev/x/test.js');
  const npm = shell.run('/usr/bin/npm install', { by: '/usr/bin/node', cwd: '/home/dev/x' }).read('package.json');
  npm.connect('203.0.113.12', 443).write('/home/dev/x/node_modules/a/postinstall.js');
  npm.run('/usr/bin/node postinstall.js', { cwd: '/home/dev/x/node_modules/a' }).read('postinstall.js');
  const runner = shell.run('/usr/bin/node /home/dev/e2e/run.js').read('/home/dev/e2e/run.js');
  const driven = runner.run('/home/dev/.cache/ms-playwright/chromium-1/chrome --headless --user-data-dir=/tmp/pw');
  driven.connect('198.51.100.4', 443).write('/tmp/pw/Default/x').write('/tmp/playwright-artifacts/report.html');
  runner.read('/tmp/playwright-artifacts/report.html');
  const tools = '/home/dev/.local/share/JetBrains/Toolbox';
  const box = log.desktop('dev').run(`${tools}/bin/jetbrains-toolbox`).connect('203.0.113.44', 443);
  box.write(`${tools}/apps/idea/bin/idea.sh`);
  const editor = log.desktop('dev').run(`${tools}/apps/idea/bin/idea.sh`, { by: '/bin/sh' });
  editor.read(`${tools}/apps/idea/bin/idea.sh`).connect('203.0.113.44', 443);
  atMostAt(await scanLog(log), 'informational');
});

test('text browsers that only print a page for a script leave no visit before its next command', async () => {
  for (const words of ['/usr/bin/w3m -dump https://example.com/', '/usr/bin/lynx -source https://example.com/']) {
    const log = new HostLog();
    const shell = log.shell('dev');
    shell.run(words).connect('203.0.113.80', 443);
    log.wait(MINUTE);
    const [, fed] = shell.pipeline('/usr/bin/curl -fsSL https://example.com/i', '/bin/sh');
    fed?.run('/usr/bin/id');
    atMostAt(await scanLog(log), 'informational');
  }
});
