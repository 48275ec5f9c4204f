import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A person takes figures out of mail and uploads them to a server of the own domain. */
async function told(
  read: (paths: readonly string[]) => string,
  count = 2,
  host = 'files.example.org',
): Promise<string> {
  const log = new HostLog();
  const paths = Array.from({ length: count }, () => log.deliver({ to: 'clerk' }).path);
  const shell = log.shell('clerk');
  log.wait(MINUTE);
  const reader = shell.run(read(paths));
  for (const path of paths) reader.read(path);
  reader.write('/home/clerk/sums.csv');
  const url = `http://${host}/figures/`;
  shell.run(`/usr/bin/curl -T /home/clerk/sums.csv ${url}`).read('/home/clerk/sums.csv').connect('198.51.100.30', 80);
  return (await scanLog(log)).map(({ severity }) => severity).join();
}

test('who names a few of the own messages works with these, and whoever reads a box may gather it', async () => {
  const named = (paths: readonly string[]): string => `/usr/bin/ripmime -i ${paths.join(' ')}`;
  assert.equal(await told(named), 'informational');
  assert.equal(await told(named, 4), 'low', 'more than a few');
  assert.equal(await told(named, 3), 'informational', 'a few');
  const elsewhere = '-d /home/clerk/a /home/clerk/b /home/clerk/c /home/clerk/d';
  assert.equal(await told(paths => `${named(paths)} ${elsewhere}`), 'informational', 'words of other places');
  assert.equal(await told(paths => `${named(paths)} /home/clerk/Maildir`, 1), 'low', 'the box beside a message');
  assert.equal(await told(() => '/usr/bin/tar c /home/clerk/Maildir'), 'low', 'the box is named');
  assert.equal(await told(() => '/home/clerk/bin/month'), 'low', 'nothing is named');
  assert.equal(await told(named, 2, 'files.example.net'), 'medium', 'another domain');
});
