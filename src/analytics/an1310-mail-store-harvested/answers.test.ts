import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

interface Facts {
  readonly from?: string;
  readonly to?: string;
  /** Whose mail is looked at. */
  readonly owner?: string;
  readonly line?: string;
}

/** On a host that records no files clerk looks at a message and, seconds later, writes to somebody. */
async function looked({ from = 'anna@example.net', to = from, owner = 'clerk', line = `mail -s Re:X ${to}` }: Facts) {
  const log = new HostLog({ files: false, network: false });
  const { path } = log.deliver({ from, to: owner });
  log.wait(MINUTE);
  const shell = log.shell('clerk');
  shell.run(`/bin/grep -h ^Subject: ${path}`);
  log.wait(5 * SECOND);
  shell.run(`/usr/bin/${line}`);
  const alerts = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN1310');
  return alerts.map(({ severity }) => severity).join();
}

test('who looks at the own mail and writes to its sender answers it', async () => {
  assert.equal(await looked({}), 'informational');
  assert.equal(await looked({ to: 'Anna@Example.NET' }), 'informational');
});

test('to anybody else, by another tool, or of mail of somebody else it is no answer', async () => {
  assert.equal(await looked({ to: 'drop@example.com' }), 'low');
  assert.equal(await looked({ line: 'mail -s X -c drop@example.com anna@example.net' }), 'low');
  assert.equal(await looked({ line: 'curl -T x https://anna@example.net/' }), 'low');
  assert.equal(await looked({ owner: 'buyer' }), 'low');
});
