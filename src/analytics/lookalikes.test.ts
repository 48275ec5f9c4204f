import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { DAY, type Delivered, HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, factorsOf, scanLog, storyOf } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** Ordinary work of which there is no recording, seen in full: nothing above informational, of any analytic. */
const HOME = '/home/clerk';

interface Facts {
  readonly log: HostLog;
  readonly mine: Delivered;
  readonly other: Delivered;
  readonly shell: Process;
  /** The mail client saves what was attached, or the browser what was downloaded; returns the client. */
  readonly attached: (path: string) => Process;
  readonly downloaded: (path: string) => Process;
}

function workplace(): Facts {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const mine = log.deliver();
  const other = log.deliver({ to: 'buyer' });
  log.shell('clerk').run('/usr/bin/mutt').read(mine.path);
  log.wait(MINUTE);
  const attached = (path: string): Process => {
    const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(mine.path);
    client.write(`${path}.part`).rename(`${path}.part`, path);
    log.wait(MINUTE);
    return client;
  };
  const downloaded = (path: string): Process => {
    const client = log.desktop('clerk').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
    client.write(`${path}.part`).rename(`${path}.part`, path);
    log.wait(MINUTE);
    return client;
  };
  return { log, mine, other, shell: log.shell('clerk'), attached, downloaded };
}

const ATTACHMENTS: Readonly<Record<string, (facts: Facts) => void>> = {
  'a document is viewed, printed and drawn small': ({ log, attached }) => {
    const path = '/tmp/mozilla_clerk0/rechnung.pdf';
    const viewer = attached(path).run(`/usr/bin/evince ${path}`).read(path);
    viewer.run('/usr/bin/lp').connect('198.51.100.40', 631);
    log.desktop('clerk').run(`/usr/bin/evince-thumbnailer ${path}`).read(path).write(`${HOME}/.cache/thumbnails/x.png`);
  },
  'a text is opened in the office program, which looks for news': ({ log, attached }) => {
    const path = `${HOME}/Documents/plan.odt`;
    attached(path);
    const office = log.desktop('clerk').run(`/usr/bin/libreoffice ${path}`, { by: '/bin/sh' });
    const program = office.run(`/usr/lib/libreoffice/program/soffice.bin ${path}`).read(path);
    program.write(`${HOME}/.config/libreoffice/4/user/registrymodifications.xcu`).connect('203.0.113.99', 443);
  },
  'a table is read by a program of its reader, which talks to a database': ({ shell, attached }) => {
    const path = `${HOME}/Documents/q3.csv`;
    attached(path);
    const report = shell.run(`/usr/bin/python3 ${HOME}/bin/rep.py ${path}`).read(`${HOME}/bin/rep.py`);
    report.read(path).connect('198.51.100.3', 5432);
  },
  'pictures are unpacked and opened in a program with scripts of its own': ({ log, shell, attached }) => {
    const path = `${HOME}/Downloads/fotos.zip`;
    attached(path);
    shell.run(`/usr/bin/unzip ${path}`).read(path).write(`${HOME}/Downloads/f/1.jpg`);
    const gimp = log.desktop('clerk').run('/usr/bin/gimp f/1.jpg').read(`${HOME}/Downloads/f/1.jpg`);
    gimp.run(['/usr/bin/python3', '/usr/lib/gimp/2.0/plug-ins/x.py']);
  },
  'a key is imported, and its network is asked': ({ shell, attached }) => {
    const path = `${HOME}/Downloads/key.asc`;
    attached(path);
    const gpg = shell.run(`/usr/bin/gpg --import ${path}`).read(path).write(`${HOME}/.gnupg/pubring.kbx`);
    gpg.run('/usr/bin/dirmngr').connect('203.0.113.7', 443);
  },
  'a patch is applied, built and tested': ({ shell, attached }) => {
    const path = `${HOME}/Downloads/fix.patch`;
    attached(path);
    shell.cwd = `${HOME}/src/app`;
    shell.run(`/usr/bin/git am ${path}`).read(path).write('src/main.c');
    const make = shell.run('/usr/bin/make check').read('Makefile');
    make.run('/usr/bin/gcc -o t src/main.c').read('src/main.c').write('t');
    make.run('./t').connect('198.51.100.9', 443);
  },
  'a filter unpacks it': ({ log }) => {
    const parts = '/var/lib/amavis/tmp/a/parts';
    const amavis = log.service('/usr/sbin/amavisd-new', 'amavis', { by: '/usr/bin/perl' });
    amavis.write(`${parts}/p001`).run('/usr/bin/file -b p001').read(`${parts}/p001`);
    amavis.run('/usr/bin/7z x p001').read(`${parts}/p001`).write(`${parts}/p002`);
    amavis.connect('127.0.0.1', 10025);
  },
  'a list manager gets it by an alias': ({ log }) => {
    const { agent } = log.pipeTo('dev', 'mailman post list');
    const wrapper = agent.run('/usr/lib/mailman/mail/mailman post list');
    wrapper.run('/usr/bin/python3 /usr/lib/mailman/bin/post').connect('127.0.0.1', 25);
  },
};

const DOWNLOADS: Readonly<Record<string, (facts: Facts) => void>> = {
  'a key for a remote host is used': ({ shell, downloaded }) => {
    const path = `${HOME}/Downloads/vm.pem`;
    downloaded(path);
    shell.run(`/bin/chmod 600 ${path}`).chmod(path, 0o600);
    shell.run(`/usr/bin/ssh -i ${path} u@h`).read(path).connect('203.0.113.8', 22);
  },
  'a tunnel is set up from a downloaded profile': ({ shell, downloaded }) => {
    const path = `${HOME}/Downloads/vpn.ovpn`;
    downloaded(path);
    const sudo = shell.run(`/usr/bin/sudo openvpn ${path}`);
    const root = { who: { ...shell.who, uid: 0 } };
    sudo.run(`/usr/sbin/openvpn ${path}`, root).read(path).connect('203.0.113.8', 1194);
  },
  'a notebook reads a table': ({ shell, downloaded }) => {
    const path = `${HOME}/Downloads/d.csv`;
    downloaded(path);
    const notebook = shell.run('/usr/bin/jupyter notebook', { by: '/usr/bin/python3' });
    notebook.run('/usr/bin/python3 -m ipykernel_launcher -f x.json').read(path).connect('127.0.0.1', 5000);
  },
  'a film is played by a program that asks for its cover': ({ log, downloaded }) => {
    const path = `${HOME}/Downloads/talk.mkv`;
    downloaded(path);
    log.desktop('clerk').run(`/usr/bin/vlc ${path}`).read(path).connect('203.0.113.9', 443);
  },
  'libraries come from an index and are used': ({ shell }) => {
    const library = `${HOME}/.local/lib/python3/site-packages/requests/__init__.py`;
    const pip = shell.run('/usr/bin/pip3 install requests', { by: '/usr/bin/python3' }).connect('203.0.113.3', 443);
    pip.write('/tmp/pip-x/requests.whl').read('/tmp/pip-x/requests.whl').write(library);
    shell.run('/usr/bin/python3 app.py').read(`${HOME}/app.py`).read(library).connect('198.51.100.7', 443);
  },
  'data is fetched while browsing, and an own program reads it': ({ log, shell }) => {
    log.desktop('clerk').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
    const wget = shell.run('/usr/bin/wget https://data.example.org/x.json').connect('203.0.113.3', 443);
    wget.write(`${HOME}/x.json`);
    const own = shell.run(`/usr/bin/python3 ${HOME}/bin/a.py x.json`).read(`${HOME}/bin/a.py`);
    own.read(`${HOME}/x.json`).connect('198.51.100.7', 443);
  },
  'a tool chain is updated as on the days before': ({ log }) => {
    for (let day = 0; day < 3; day++) {
      log.wait(DAY);
      const [curl, sh] = log.shell('clerk').pipeline('/usr/bin/curl -sSf https://sh.example.org', '/bin/sh');
      curl?.connect('203.0.113.3', 443);
      const fetch = sh?.run('/usr/bin/curl -o /tmp/x/init https://static').connect('203.0.113.3', 443);
      fetch?.write('/tmp/x/init');
      sh?.run('/tmp/x/init').connect('203.0.113.3', 443);
    }
  },
};

const STORES: Readonly<Record<string, (facts: Facts) => void>> = {
  'mail is put back from a backup by the administrator': ({ log }) => {
    const name = 'Maildir/cur/1772442000.M1.ws1';
    const shell = log.shell('ops');
    const cp = shell.run('/usr/bin/sudo cp -a /srv/b/clerk/Maildir /home/clerk').run('/bin/cp -a x y', {
      who: { ...shell.who, uid: 0 },
    });
    cp.read(`/srv/b/clerk/${name}`).write(`/home/clerk/${name}`);
  },
  'a script of the system copies all homes to the own server': ({ log, mine, other }) => {
    const job = log.service('/usr/local/sbin/backup.sh', 'root', { by: '/bin/bash' });
    const rsync = job.run('/usr/bin/rsync -a /home backup.example.org:/b');
    rsync.run('/usr/bin/ssh backup.example.org').connect('198.51.100.20', 22);
    rsync.read(mine.path).read(other.path);
  },
  'old mail is put away': ({ log, mine }) => {
    const job = log.cron('clerk', 'archivemail');
    const tool = job.run(`/usr/bin/archivemail -d 180 ${HOME}/Maildir`, { by: '/usr/bin/python3' });
    tool.read(mine.path).write(`${HOME}/Maildir_archive.gz`);
  },
  'a filter learns': ({ log, mine }) => {
    const filter = log.cron('clerk', 'bogo').run('/usr/bin/bogofilter -s -B Maildir').read(mine.path);
    filter.write(`${HOME}/.bogofilter/wordlist.db`);
  },
  'its owner reads a message, and some seconds later the news': ({ log, shell, mine }) => {
    shell.run('/usr/bin/less x').read(mine.path);
    log.wait(5000);
    shell.run('/usr/bin/curl https://news.example.net').connect('203.0.113.5', 443);
  },
};

const SENDERS: Readonly<Record<string, (facts: Facts) => void>> = {
  'a disk reports': ({ log }) => {
    const runner = log.service('/usr/sbin/smartd').run('/usr/share/smartmontools/smartd-runner', { by: '/bin/sh' });
    runner.run('/usr/bin/mail -s SMART root').run('/usr/sbin/sendmail -i root');
    log.submitted('root', 'ops@example.org', 900);
  },
  'a log is summed up': ({ log }) => {
    const job = log.cron('root', 'pflogsumm');
    job.run('/usr/sbin/pflogsumm /var/log/mail.log', { by: '/usr/bin/perl' }).read('/var/log/mail.log');
    job.run('/usr/bin/mail -s r root').run('/usr/sbin/sendmail -i root');
    log.submitted('root', 'ops@example.org', 3000);
  },
  'a person sends patches': ({ shell }) => {
    const git = shell.run('/usr/bin/git send-email --to=l@lists.example.net 0001.patch');
    git.run('/usr/lib/git-core/git-send-email 0001.patch', { by: '/usr/bin/perl' }).connect('198.51.100.7', 587);
  },
  'a person attaches a file': ({ log, shell }) => {
    const mutt = shell.run('/usr/bin/mutt -a /home/clerk/x.pdf -- a@example.net').read('/home/clerk/x.pdf');
    mutt.run('/usr/sbin/sendmail -oem a@example.net');
    log.submitted('clerk', 'a@mail.example.net', 200_000);
  },
};

for (const [group, acts] of Object.entries({ ATTACHMENTS, DOWNLOADS, STORES, SENDERS }))
  for (const [says, act] of Object.entries(acts))
    test(`${group.toLowerCase()}: ${says}`, async () => {
      const facts = workplace();
      act(facts);
      atMostAt(await scanLog(facts.log), 'informational');
    });

test('downloaded sources that are configured, built and run, and reach nothing: informational; a build that connects is not', async () => {
  const act = ({ shell, downloaded }: Facts): Process => {
    const path = `${HOME}/Downloads/top-3.tar.xz`;
    downloaded(path);
    shell.cwd = `${HOME}/src/top`;
    const tar = shell.run(`/bin/tar xf ${path}`).read(path).write('configure');
    tar.write('Makefile.in').write('top.c');
    shell.run('./configure', { by: '/bin/sh' }).read('configure').write('Makefile');
    const make = shell.run('/usr/bin/make').read('Makefile');
    const gcc = make.run('/usr/bin/gcc -o top top.c').read('top.c');
    gcc.run('/usr/bin/x86_64-linux-gnu-ld.bfd -o top').write('top').chmod('top', 0o755);
    shell.run('./top');
    return make;
  };
  const quiet = workplace();
  act(quiet);
  const alerts = await scanLog(quiet.log);
  atMostAt(alerts, 'informational');
  assert.ok(factorsOf(storyOf(alerts, 'AN0321')).includes('sources were built, and nothing reached out'));
  const loud = workplace();
  act(loud).run(['/bin/sh', '-c', 'curl']).run('/usr/bin/curl http://x').connect('203.0.113.66', 80);
  assert.equal(storyOf(await scanLog(loud.log), 'AN0321').severity, 'high');
});

for (const [says, telemetry] of [
  ['seen', {}],
  ['seen without files', { files: false }],
  ['seen by the programs that start alone', { files: false, network: false }],
] as const)
  test(`own mail is put into an archive, and a program of the home is used afterwards, ${says}`, async () => {
    const log = new HostLog(telemetry);
    const message = log.deliver();
    const shell = log.shell('clerk');
    shell.run('/bin/tar czf mail.tgz Maildir').write(`${HOME}/mail.tgz`).read(message.path);
    log.wait(MINUTE);
    shell.run(`${HOME}/bin/weather`).connect('198.51.100.9', 443);
    atMostAt(await scanLog(log), 'informational');
  });
