import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, inOrder, scanLog, silent } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** A disk image or an archive out of a message is shown in a folder, and what lies there is run. */
const IMAGE = '/home/ops/Documents/tools.img';
const OUT = '203.0.113.66';

interface Facts {
  readonly log: HostLog;
  readonly shell: Process;
  /** A command by sudo. */
  readonly root: (line: string) => Process;
}

function saved(): Facts {
  const log = new HostLog();
  const message = log.deliver({ to: 'ops' });
  log.wait(MINUTE);
  const client = log.desktop('ops').run('/usr/lib/thunderbird/thunderbird').read(message.path);
  client.write(`${IMAGE}.part`).rename(`${IMAGE}.part`, IMAGE);
  log.wait(MINUTE);
  const shell = log.shell('ops');
  const who = { ...shell.who, uid: 0 };
  const root = (line: string): Process => {
    log.wait(MINUTE);
    return shell.run(`/usr/bin/sudo ${line}`, { who }).run(line.startsWith('/') ? line : `/usr/bin/${line}`);
  };
  return { log, shell, root };
}

const SHOWN: Readonly<Record<string, (facts: Facts) => void>> = {
  'mounted by its name': ({ root }) => {
    root('mount -o loop,ro Documents/tools.img /mnt').read(IMAGE);
    root('/mnt/setup').connect(OUT, 443);
  },
  'made a disk of, which is mounted': ({ root }) => {
    root('losetup -P /dev/loop3 Documents/tools.img').read(IMAGE);
    root('mount /dev/loop3p1 /srv/t');
    root('/srv/t/bin/setup').connect(OUT, 443);
  },
  'made a disk of, whichever is free': ({ root }) => {
    root('losetup -f --show Documents/tools.img').read(IMAGE);
    root('mount -t ext4 /dev/loop7 /srv/t');
    root('/srv/t/setup').connect(OUT, 443);
  },
  'shown by a FUSE program to its user': ({ log, shell }) => {
    shell.run('/usr/bin/squashfuse -o ro Documents/tools.img t').read(IMAGE);
    log.wait(MINUTE);
    shell.run('./t/setup').connect(OUT, 443);
  },
  'shown by udisks': ({ log, shell }) => {
    shell.run('/usr/bin/udisksctl loop-setup -f Documents/tools.img').read(IMAGE);
    shell.run('/usr/bin/udisksctl mount -b /dev/loop0');
    log.wait(MINUTE);
    shell.run('/usr/bin/python3 /media/ops/TOOLS/setup.py').connect(OUT, 443);
  },
  'mounted, and copied from there': ({ log, shell, root }) => {
    root('mount Documents/tools.img /mnt').read(IMAGE);
    shell.run('/bin/cp /mnt/setup bin/setup').read('/mnt/setup').write('/home/ops/bin/setup');
    root('umount /mnt');
    log.wait(HOUR);
    shell.run('./bin/setup').connect(OUT, 443);
  },
};

for (const [says, act] of Object.entries(SHOWN))
  test(`what runs out of an image is the image's content: ${says}`, async () => {
    const facts = saved();
    act(facts);
    inOrder(firesAt(await scanLog(facts.log), 'AN0656', 'medium'), [
      ['file.placed', 'shows, out of the image,', 'setup'],
      ['content.executed', 'setup'],
    ]);
  });

const OTHERS: Readonly<Record<string, (facts: Facts) => void>> = {
  'another image lies there now': ({ root }) => {
    root('mount Documents/tools.img /mnt').read(IMAGE);
    root('ls /mnt');
    root('umount /mnt');
    root('mount /srv/images/own.img /mnt').read('/srv/images/own.img');
    root('/mnt/setup').connect(OUT, 443);
  },
  'a file that was looked at there has its name': ({ root }) => {
    root('mount Documents/tools.img /mnt').read(IMAGE);
    root('file /mnt/setup').read('/mnt/setup');
    root('umount /mnt');
    root('mount /dev/sdb1 /mnt');
    root('/mnt/setup').connect(OUT, 443);
  },
  'it is beside, or above': ({ root }) => {
    root('mount Documents/tools.img /srv/t').read(IMAGE);
    root('/srv/tools/setup').connect(OUT, 443);
    root('/srv/setup').connect(OUT, 443);
  },
  'the disk is another': ({ root }) => {
    root('losetup /dev/loop3 Documents/tools.img').read(IMAGE);
    root('mount /dev/sdb1 /srv/t');
    root('/srv/t/setup').connect(OUT, 443);
  },
  'the disk was undone': ({ root, shell }) => {
    shell.run('/usr/bin/udisksctl loop-setup -f Documents/tools.img').read(IMAGE);
    shell.run('/usr/bin/udisksctl loop-delete -b /dev/loop0');
    root('/media/ops/STICK/setup').connect(OUT, 443);
  },
  'the image is only copied': ({ root }) => {
    root('dd if=Documents/tools.img of=/dev/sdb').read(IMAGE).write('/dev/sdb');
    root('mount /dev/sdc1 /mnt');
    root('/mnt/setup').connect(OUT, 443);
  },
};

for (const [says, act] of Object.entries(OTHERS))
  test(`what runs where an image was shown is none of it: ${says}`, async () => {
    const facts = saved();
    act(facts);
    silent(await scanLog(facts.log));
  });
