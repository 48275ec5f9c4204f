import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  scanLog,
  silent,
  storyOf,
  strengthsOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const SAVED = '/home/dev/Downloads/plan';
const APP = '/opt/parley/parley';

/** A program of no known name saves a file; a minute later it is run through the loader and calls out. */
function savedBy(save: (log: HostLog) => Process, path = SAVED): HostLog {
  const log = new HostLog();
  save(log).write(`${path}.tmp`).rename(`${path}.tmp`, path);
  log.wait(MINUTE);
  const loader = log.shell('dev').run(['/usr/lib64/ld-linux-x86-64.so.2', path]);
  loader.read(path).connect('203.0.113.66', 4444);
  return log;
}

test('what a program of the system that speaks to another host puts among the downloads is taken for one: medium', async () => {
  const alert = storyOf(
    await scanLog(savedBy(log => log.desktop('dev').run(APP).connect('203.0.113.80', 443))),
    'AN0321',
  );
  assert.equal(alert.severity, 'medium');
  assert.ok(factorsOf(alert).includes('file appeared where a browser or messenger saves'));
});

const OTHERS: readonly (readonly [says: string, save: (log: HostLog) => Process, path?: string])[] = [
  ['one that speaks to nobody', log => log.desktop('dev').run(APP)],
  [
    'one of which only a child speaks to another',
    log => {
      const app = log.desktop('dev').run(APP);
      app.run('/opt/parley/helper').connect('203.0.113.80', 443);
      return app;
    },
  ],
  ['one that speaks to its own host', log => log.desktop('dev').run(APP).connect('127.0.0.1', 8080)],
  ['one that speaks to its own host by IPv6', log => log.desktop('dev').run(APP).connect('::1', 8080)],
  ['one of a kind that is known', log => log.desktop('dev').run('/usr/bin/gimp').connect('203.0.113.80', 443)],
  ['one in a home', log => log.desktop('dev').run('/home/dev/bin/parley').connect('203.0.113.80', 443)],
  [
    'a script',
    log => log.desktop('dev').run('/usr/bin/parley', { by: '/usr/bin/python3' }).connect('203.0.113.80', 443),
  ],
  ['one typed at a terminal', log => log.shell('dev').run(APP).connect('203.0.113.80', 443)],
  ['in another folder', log => log.desktop('dev').run(APP).connect('203.0.113.80', 443), '/home/dev/work/plan'],
];

for (const [says, save, path] of OTHERS)
  test(`what another program puts there is not: ${says}`, async () => {
    silent((await scanLog(savedBy(save, path))).filter(alert => alert.analytic === 'AN0321'));
  });

/** Saved by a browser. */
function downloaded(path = SAVED): { log: HostLog; shell: Process } {
  const log = new HostLog();
  const browser = log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  browser.write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(MINUTE);
  return { log, shell: log.shell('dev') };
}

const COPIES: readonly (readonly [says: string, words: string, run: string])[] = [
  ['to a name', `/usr/bin/cp ${SAVED} /mnt/x`, '/mnt/x'],
  ['to a folder', `/usr/bin/install -m 755 ${SAVED} /mnt/tools`, '/mnt/tools/plan'],
  ['block by block', `/usr/bin/dd if=${SAVED} of=/mnt/x`, '/mnt/x'],
  [
    'to where a site keeps its programs',
    `/usr/bin/install -D -m 755 ${SAVED} /opt/inv/bin/inventory`,
    '/opt/inv/bin/inventory',
  ],
];

for (const [says, words, run] of COPIES)
  test(`a download copied to where no write is recorded, and run from there: ${says}`, async () => {
    const { log, shell } = downloaded();
    shell.run(words).read(SAVED);
    shell.run([run]).connect('203.0.113.66', 4444);
    const alert = firesAt(await scanLog(log), 'AN0321', 'medium');
    assert.ok(strengthsOf(alert, 'content').includes('inferred'), JSON.stringify(alert.links));
  });

test('a script that was copied so is known as well', async () => {
  const { log, shell } = downloaded();
  shell.run(`/usr/bin/cp ${SAVED} /mnt/x`).read(SAVED);
  shell.run('/usr/bin/python3 /mnt/x').connect('203.0.113.66', 4444);
  firesAt(await scanLog(log), 'AN0321', 'medium');
});

const NO_COPIES: readonly (readonly [says: string, act: (shell: Process, log: HostLog) => void])[] = [
  ['it read something else', shell => void shell.run('/usr/bin/cp /home/dev/tool /mnt/x').read('/home/dev/tool')],
  ['its target is another', shell => void shell.run(`/usr/bin/cp ${SAVED} /mnt/y`).read(SAVED)],
  ['it only looked', shell => void shell.run(`/usr/bin/cmp ${SAVED} /mnt/x`).read(SAVED)],
  [
    'it is named and was never read, where reads are recorded',
    shell => {
      shell.run('/usr/bin/less /home/dev/notes').read('/home/dev/notes');
      shell.run(`/usr/bin/cp ${SAVED} /mnt/x`);
    },
  ],
  [
    'something else was put there since',
    (shell, log) => {
      shell.run(`/usr/bin/cp ${SAVED} /mnt/x`).read(SAVED);
      log.wait(2 * HOUR);
      shell.run('/usr/bin/cp /home/dev/tool /mnt/x').read('/home/dev/tool');
    },
  ],
];

test('where no record tells of reads, the words of what copies it are enough for an inferred link', async () => {
  const { log, shell } = downloaded();
  shell.run(`/usr/bin/cp ${SAVED} /mnt/x`);
  shell.run(['/mnt/x']).connect('203.0.113.66', 4444);
  const alert = firesAt(await scanLog(log), 'AN0321', 'medium');
  assert.ok(strengthsOf(alert, 'content').includes('inferred'), JSON.stringify(alert.links));
});

test('what was copied to where no rule watches is that however long after', async () => {
  const { log, shell } = downloaded();
  shell.run(`/usr/bin/cp ${SAVED} /mnt/x`).read(SAVED);
  log.wait(50 * HOUR);
  shell.run(['/mnt/x']).connect('203.0.113.66', 4444);
  firesAt(await scanLog(log), 'AN0321', 'medium');
});

for (const [says, act] of NO_COPIES)
  test(`what is run from there is nothing of it: ${says}`, async () => {
    const { log, shell } = downloaded();
    act(shell, log);
    shell.run(['/mnt/x']).connect('203.0.113.66', 4444);
    silent(await scanLog(log));
  });

test('what lies among the programs of packages was installed there', async () => {
  const { log, shell } = downloaded();
  shell.run(`/usr/bin/cp ${SAVED} /usr/bin/x`).read(SAVED);
  shell.run(['/usr/bin/x']).connect('203.0.113.66', 4444);
  silent(await scanLog(log));
});

/** A file is opened for a command by the shell, which then becomes that command. */
function redirected(path: string, words: readonly string[], gapMs = 0): { log: HostLog; command: Process } {
  const { log, shell } = downloaded();
  const fork = shell.fork().read(path);
  log.wait(gapMs);
  return { log, command: fork.exec(words) };
}

test('a download is given to an interpreter by way of timeout(1)', async () => {
  const { log, command } = redirected(SAVED, ['/usr/bin/timeout', '60', 'python3', '-']);
  command.run(['/usr/bin/python3', '-']).connect('203.0.113.66', 4444);
  const alert = firesAt(await scanLog(log), 'AN0321', 'medium');
  assert.ok(alert.title.includes('python3'), alert.title);
});

const NOT_GIVEN: readonly (readonly [says: string, log: () => HostLog])[] = [
  [
    'the interpreter is not what its words say',
    () => {
      const { log, command } = redirected(SAVED, ['/usr/bin/timeout', '60', 'sort']);
      command.run(['/usr/bin/python3', '-']).connect('203.0.113.66', 4444);
      return log;
    },
  ],
  [
    'the interpreter has its program elsewhere',
    () => {
      const { log, command } = redirected(SAVED, ['/usr/bin/timeout', '60', 'python3', '/home/dev/bin/count.py']);
      command
        .run(['/usr/bin/python3', '/home/dev/bin/count.py'])
        .read('/home/dev/bin/count.py')
        .connect('203.0.113.66', 4444);
      return log;
    },
  ],
  [
    'the command before it reads it itself',
    () => {
      const { log, shell } = downloaded();
      const command = shell.run(['/usr/bin/timeout', '60', 'python3', '-']);
      log.wait(SECOND);
      command.read(SAVED).run(['/usr/bin/python3', '-']).connect('203.0.113.66', 4444);
      return log;
    },
  ],
  [
    'it was read long before',
    () => {
      const { log, command } = redirected(SAVED, ['/usr/bin/timeout', '60', 'python3', '-'], 30 * SECOND);
      command.run(['/usr/bin/python3', '-']).connect('203.0.113.66', 4444);
      return log;
    },
  ],
];

for (const [says, log] of NOT_GIVEN)
  test(`a download is read beside an interpreter: ${says}`, async () => {
    silent(await scanLog(log()));
  });

const LD = '/usr/lib64/ld-linux-x86-64.so.2';
for (const word of ['--list', '--verify'])
  test(`the loader is asked about a download: ${word}`, async () => {
    const { log, shell } = downloaded();
    shell.run([LD, word, SAVED]);
    silent(await scanLog(log));
  });

test('ldd(1) looks at a download: informational, and what follows is told in full', async () => {
  for (const [connects, says] of [
    [false, 'informational'],
    [true, 'high'],
  ] as const) {
    const { log, shell } = downloaded();
    const ldd = shell.run(`/usr/bin/ldd ${SAVED}`, { by: '/bin/bash' });
    const asked = ldd.run([LD, SAVED]);
    if (connects) asked.connect('203.0.113.66', 4444);
    const alert = storyOf(await scanLog(log), 'AN0321');
    assert.equal(alert.severity, says, factorsOf(alert).join('\n'));
    assert.equal(factorsOf(alert).includes('it was only asked what it would load'), !connects);
  }
});

test('ldd(1) looks at a download where no files are recorded: informational, while its run is low', async () => {
  for (const [by, says] of [
    ['/usr/bin/ldd', 'informational'],
    ['/home/dev/ldd', 'low'],
  ] as const) {
    const log = new HostLog({ files: false });
    log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
    log.wait(MINUTE);
    log.shell('dev').run(`${by} ${SAVED}`, { by: '/bin/bash' }).run([LD, SAVED]);
    assert.equal(storyOf(await scanLog(log), 'AN0321').severity, says);
  }
});

const RUN_BESIDE: readonly (readonly [says: string, act: (log: HostLog, shell: Process) => void])[] = [
  [
    'it is run afterwards',
    (log, shell) => {
      shell.run(`/usr/bin/ldd ${SAVED}`, { by: '/bin/bash' }).run([LD, SAVED]);
      log.wait(MINUTE);
      shell.run([LD, SAVED]);
    },
  ],
  [
    'what it asked leaves something behind',
    (_, shell) => {
      const asked = shell.run(`/usr/bin/ldd ${SAVED}`, { by: '/bin/bash' }).run([LD, SAVED]);
      asked.write('/home/dev/.config/autostart/x.desktop');
    },
  ],
  [
    'by somebody else in another session',
    (log, shell) => {
      log.shell('clerk').run(`/usr/bin/ldd ${SAVED}`, { by: '/bin/bash' });
      shell.run(['/usr/bin/env', 'x']).orphan().run([LD, SAVED]);
    },
  ],
  [
    'long after',
    (log, shell) => {
      const ldd = shell.run(`/usr/bin/ldd ${SAVED}`, { by: '/bin/bash' });
      log.wait(MINUTE);
      ldd.run([LD, SAVED]);
    },
  ],
  [
    'it looked at another file',
    (_, shell) => void shell.run('/usr/bin/ldd /home/dev/other', { by: '/bin/bash' }).run([LD, SAVED]),
  ],
  [
    'by the shell itself',
    (_, shell) => {
      shell.run(`/usr/bin/ldd ${SAVED}`, { by: '/bin/bash' });
      shell.run([LD, SAVED]);
    },
  ],
  [
    'by an ldd of somebody',
    (_, shell) => void shell.run(`/home/dev/ldd ${SAVED}`, { by: '/bin/bash' }).run([LD, SAVED]),
  ],
];

for (const [says, act] of RUN_BESIDE)
  test(`ldd(1) does not hide that a download is run: ${says}`, async () => {
    const { log, shell } = downloaded();
    act(log, shell);
    firesAt(await scanLog(log), 'AN0321', 'medium');
  });

test('a client that reads its own temporary files saves one thing, and one thing is told', async () => {
  const log = new HostLog();
  const { path } = log.deliver();
  log.wait(MINUTE);
  const mutt = log.shell('clerk').run('/usr/bin/neomutt').read(path);
  for (const name of ['/tmp/neomutt-1', '/tmp/neomutt-2']) mutt.write(`${name}.x`).link(`${name}.x`, name).read(name);
  mutt.read(path).write('/home/clerk/statement');
  log.wait(MINUTE);
  log
    .shell('clerk')
    .run('/usr/bin/perl /home/clerk/statement')
    .read('/home/clerk/statement')
    .connect('203.0.113.66', 4444);
  const alerts = await scanLog(log);
  assert.equal(alerts.length, 1);
  assert.equal(storyOf(alerts, 'AN0656').severity, 'high');
  atMostAt(alerts.slice(1), 'informational');
});
