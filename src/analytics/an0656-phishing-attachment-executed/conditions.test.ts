import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { factorsOf, scanLog, storyOf } from './stories.test-support.ts';

const OUT = '203.0.113.66';
const DEB = '/home/clerk/Downloads/label.deb';
const PDF = '/home/clerk/Downloads/offer.pdf';

/** A message for the clerk, what is attached saved by the client, and then what a shell of the clerk does. */
function saved(path: string, act: (shell: Process, log: HostLog) => void): HostLog {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
  client.read(message.path).write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(MINUTE);
  act(log.shell('clerk'), log);
  return log;
}

/** `sudo dpkg -i`: returns the maintainer script. */
function install(shell: Process): Process {
  const sudo = shell.run(`/usr/bin/sudo dpkg -i ${DEB}`);
  const dpkg = sudo.run(`/usr/bin/dpkg -i ${DEB}`, { who: { ...sudo.who, uid: 0 } }).read(DEB);
  return dpkg.run('/var/lib/dpkg/info/label.postinst configure', { by: '/bin/sh' });
}

const view = (shell: Process) => shell.run(`/usr/bin/evince ${PDF}`).read(PDF);
const INSTALLED = 'only programs that were installed before connected';
const GUESSED = 'whether the package brought what connected is not recorded';
const MANAGER = 'installed by the package manager';
const VIEWER = 'only the viewer started something';
const CURATED = 'taken in by version control, a compiler or a package manager';

for (const [says, severity, factor, never, log] of [
  ['a mailed package is installed', 'low', MANAGER, INSTALLED, () => saved(DEB, shell => void install(shell))],
  [
    'a mailed package is installed, and a program that ran here before connects',
    'low',
    INSTALLED,
    MANAGER,
    () =>
      saved(DEB, shell => {
        shell.run('/opt/label/bin/label');
        install(shell).run('/opt/label/bin/label').connect(OUT, 443);
      }),
  ],
  [
    'a mailed package is installed, and a program of which nothing is known connects',
    'medium',
    GUESSED,
    INSTALLED,
    () => saved(DEB, shell => void install(shell).run('/opt/label/bin/label').connect(OUT, 443)),
  ],
  [
    'the maintainer script of a mailed package connects by an installed tool',
    'high',
    'outbound network afterwards',
    INSTALLED,
    () => saved(DEB, shell => void install(shell).run(`/usr/bin/curl http://${OUT}/x`).connect(OUT, 80)),
  ],
  [
    'the maintainer script of a mailed package connects itself',
    'high',
    'outbound network afterwards',
    INSTALLED,
    () => saved(DEB, shell => void install(shell).connect(OUT, 80)),
  ],
  [
    'one installed program and one from elsewhere connect',
    'high',
    'outbound network afterwards',
    INSTALLED,
    () =>
      saved(DEB, shell => {
        const script = install(shell);
        script.run('/opt/label/bin/label').connect(OUT, 443);
        script.run('/var/tmp/.label').connect(OUT, 444);
      }),
  ],
  [
    'a viewer starts one helper',
    'informational',
    VIEWER,
    'outbound network afterwards',
    () => saved(PDF, shell => void view(shell).run(['/bin/sh', '-c', 'true'])),
  ],
  [
    'a viewer starts two shells',
    'medium',
    'content of a message was run',
    VIEWER,
    () =>
      saved(PDF, shell => {
        const viewer = view(shell);
        viewer.run(['/bin/sh', '-c', 'true']);
        viewer.run(['/bin/sh', '-c', 'false']);
      }),
  ],
  [
    'a viewer starts a shell that connects',
    'high',
    'outbound network afterwards',
    VIEWER,
    () =>
      saved(PDF, shell => void view(shell).run(['/bin/sh', '-c', 'x']).run(`/usr/bin/curl ${OUT}`).connect(OUT, 80)),
  ],
] as const) {
  test(`${says}: ${severity}`, async () => {
    const alert = storyOf(await scanLog(log()), 'AN0656');
    assert.equal(alert.severity, severity, `${alert.title}\n${factorsOf(alert).join('\n')}`);
    assert.ok(factorsOf(alert).includes(factor), factorsOf(alert).join('\n'));
    assert.ok(!factorsOf(alert).includes(never));
  });
}

test('what version control took in is at most informational when it runs, and the alert says so', async () => {
  const log = saved('/home/clerk/Downloads/0001.patch', shell => {
    shell.cwd = '/home/clerk/src';
    shell.run('/usr/bin/git am ../Downloads/0001.patch').read('/home/clerk/Downloads/0001.patch').write('check.sh');
    shell.run('/bin/sh check.sh').read('check.sh').run(`/usr/bin/curl http://${OUT}`).connect(OUT, 80);
  });
  const alert = storyOf(await scanLog(log), 'AN0656');
  assert.equal(alert.severity, 'informational');
  assert.ok(factorsOf(alert).includes(CURATED));
});

test('a person who is not in the passwd file is named by number', async () => {
  const log = new HostLog();
  const message = log.deliver();
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
  client.read(message.path).write('/srv/share/a.sh');
  const shell = log.shell('clerk');
  shell.run('/bin/sh /srv/share/a.sh', { who: { ...shell.who, uid: 4242, auid: 4242 } }).read('/srv/share/a.sh');
  const alert = storyOf(await scanLog(log), 'AN0656');
  assert.ok(alert.severity === 'high' || alert.severity === 'medium');
});
