import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, factorsOf, firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Commands over SSH without a terminal: what they print goes to the client. */

const CLIENT = '203.0.113.66';

interface Story {
  readonly says: string;
  readonly severity: string | null;
  readonly telemetry?: { files?: boolean; network?: boolean };
  readonly act: (log: HostLog, mine: Delivered, other: Delivered) => void;
}

const STORIES: readonly Story[] = [
  {
    says: 'tar to standard output',
    severity: 'medium',
    act: (log, mine) => {
      log
        .remote('clerk', 'cd Maildir; tar cz .', CLIENT)
        .run('/bin/tar cz .', { cwd: '/home/clerk/Maildir' })
        .read(mine.path);
    },
  },
  {
    says: 'tar packed by a compressor that writes no file either',
    severity: 'medium',
    act: (log, mine) => {
      const [tar] = log.remote('clerk', 'tar c Maildir | xz', CLIENT).pipeline('/bin/tar c Maildir', '/usr/bin/xz');
      tar?.read(mine.path);
    },
  },
  {
    says: "the host's end of rsync(1), pulled from outside",
    severity: 'medium',
    act: (log, mine) => {
      const shell = log.remote('clerk', 'rsync --server --sender -logDtpre.iLsfx . Maildir/', CLIENT);
      shell.run('/usr/bin/rsync --server --sender -logDtpre.iLsfx . Maildir/').read(mine.path);
    },
  },
  {
    says: 'files fetched by sftp',
    severity: 'medium',
    act: (log, mine) => {
      log.remote('clerk', '/usr/lib/openssh/sftp-server', CLIENT).run('/usr/lib/openssh/sftp-server').read(mine.path);
    },
  },
  {
    says: "cat of somebody else's message",
    severity: 'medium',
    act: (log, _, other) => void log.remote('clerk', 'cat x', CLIENT).run(`/bin/cat ${other.path}`).read(other.path),
  },
  {
    says: 'a walker that comes on standard input',
    severity: 'medium',
    act: (log, mine) => void log.remote('clerk', 'python3 -', CLIENT).run('/usr/bin/python3 -').read(mine.path),
  },
  {
    says: 'a program of the person, that may do anything with what it reads',
    severity: 'medium',
    act: (log, mine) => void log.remote('clerk', './x', CLIENT).run('/home/clerk/.cache/x').read(mine.path),
  },
  {
    says: 'busybox, called for a tool that prints',
    severity: 'medium',
    act: (log, mine) => void log.remote('clerk', 'b', CLIENT).run('/bin/busybox cat Maildir').read(mine.path),
  },
  {
    says: 'busybox, called for one that counts',
    severity: null,
    act: (log, mine) => void log.remote('clerk', 'b', CLIENT).run('/bin/busybox wc -l Maildir').read(mine.path),
  },
  {
    says: 'the same where no file is ever seen written: it may lie in one',
    severity: 'low',
    telemetry: { files: false },
    act: (log, mine) => void log.remote('clerk', 'tar c Maildir', CLIENT).run('/bin/tar c Maildir').read(mine.path),
  },
  {
    says: 'tar into a file beside the Maildir',
    severity: null,
    act: (log, mine) => {
      const tar = log.remote('clerk', 'tar cf old.tar Maildir', CLIENT).run('/bin/tar cf old.tar Maildir');
      tar.write('/home/clerk/old.tar');
      tar.read(mine.path);
    },
  },
  {
    says: 'a copy of the whole home',
    severity: null,
    act: (log, mine) => void log.remote('clerk', 'tar c', CLIENT).run('/bin/tar c /home/clerk').read(mine.path),
  },
  {
    says: 'words looked for',
    severity: null,
    act: (log, mine) => void log.remote('clerk', 'grep', CLIENT).run('/bin/grep -rl x Maildir').read(mine.path),
  },
  {
    says: 'the same tar at a terminal, which shows it to nobody else',
    severity: null,
    act: (log, mine) => void log.shell('clerk').run('/bin/tar t Maildir').read(mine.path),
  },
  {
    says: 'the same tar in a job of cron, which has no client',
    severity: null,
    act: (log, mine) => void log.cron('clerk', 'tar c Maildir').run('/bin/tar c Maildir').read(mine.path),
  },
];

for (const { says, severity, telemetry, act } of STORIES) {
  test(`over ssh without a terminal: ${says}: ${severity ?? 'nothing'}`, async () => {
    const log = new HostLog({ ...telemetry });
    const [mine, other] = [log.deliver(), log.deliver({ to: 'buyer' })];
    log.wait(MINUTE);
    act(log, mine, other);
    const [alert] = (await scanLog(log)).filter(each => each.analytic === 'AN1310');
    const told = alert === undefined ? '' : `${alert.title}\n${factorsOf(alert).join('\n')}`;
    assert.equal(alert?.severity ?? null, severity, told);
    if (alert === undefined) return;
    assert.match(alert.story, /sent it out with \S+ to 203\.0\.113\.66\.$/);
    assert.ok(alert.links.some(link => link.strength === 'inferred' && /prints to its client/.test(link.why)));
    assert.ok(alert.steps.some(step => step.kind === 'session.output'));
  });
}

const WEB: Readonly<Record<string, (log: HostLog, mine: Delivered) => void>> = {
  'a page of the web server that counts messages': (log, mine) => {
    const shell = log.service('/usr/sbin/apache2', 'www-data').run(['/bin/sh', '-c', 'grep -c x']);
    shell.run(`/bin/grep -c ^From: ${mine.path}`).read(mine.path);
  },
  'webmail that is a program of the site, started without a shell': (log, mine) => {
    log.service('/usr/sbin/apache2', 'www-data').run('/srv/www/webmail.cgi').read(mine.path);
  },
  'a tool that the web server starts itself': (log, mine) => {
    log.service('/usr/sbin/php-fpm8.2', 'www-data').run(`/bin/cat ${mine.path}`).read(mine.path);
  },
  'a tool that a script of the site starts': (log, mine) => {
    const script = log.service('/usr/sbin/apache2', 'www-data').run('/srv/www/view.sh', { by: '/bin/sh' });
    script.run(`/bin/cat ${mine.path}`).read(mine.path);
  },
  'a tool that a shell starts of which no record tells what it runs': (log, mine) => {
    const shell = log.service('/usr/sbin/apache2', 'www-data').fork();
    shell.exe = '/bin/sh';
    shell.read('/home/clerk/index').run(`/bin/cat ${mine.path}`).read(mine.path);
  },
  'webmail that reads the store itself': (log, mine) => {
    log.service('/usr/sbin/php-fpm8.2', 'www-data').fork().read(mine.path);
  },
};

function webHost(): { log: HostLog; mine: Delivered } {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  const mine = log.deliver();
  log.wait(MINUTE);
  return { log, mine };
}

for (const [says, act] of Object.entries(WEB))
  test(`${says}: informational at most`, async () => {
    const { log, mine } = webHost();
    act(log, mine);
    atMostAt(await scanLog(log), 'informational');
  });

test('a web shell is told to pack a store, and the page is the way out', async () => {
  const { log, mine } = webHost();
  const shell = log.service('/usr/sbin/apache2', 'www-data').run(['/bin/sh', '-c', 'tar c /home/clerk | base64']);
  shell.pipeline('/bin/tar c /home/clerk/Maildir', '/usr/bin/base64')[0]?.read(mine.path);
  const alert = firesAt(await scanLog(log), 'AN1310', 'medium');
  assert.ok(alert.steps.some(step => step.summary.endsWith('prints to the web server that runs it')));
});
