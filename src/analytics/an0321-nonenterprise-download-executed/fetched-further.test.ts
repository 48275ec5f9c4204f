import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** A script that somebody fetched and ran by hand, with no browsing before: what it speaks to decides. */
async function fetchedAndRun(address: string, port: number) {
  const log = new HostLog();
  const shell = log.shell('clerk');
  shell
    .run('/usr/bin/curl -sOJ https://chat.example.com/files/plan.py')
    .connect('203.0.113.82', 443)
    .write('/home/clerk/plan.py');
  log.wait(8 * SECOND);
  shell
    .run(['/usr/bin/python3', '-c', "exec(open('/home/clerk/plan.py').read())"])
    .read('/home/clerk/plan.py')
    .connect(address, port);
  return (await scanLog(log)).filter(alert => alert.analytic === 'AN0321');
}

test('it speaks by no port of the web to a host outside: medium', async () => {
  for (const [address, port] of [
    ['203.0.113.67', 9001],
    ['2001:db8::9', 4444],
  ] as const)
    assert.equal(storyOf(await fetchedAndRun(address, port), 'AN0321').severity, 'medium');
});

for (const [address, port] of [
  ['203.0.113.67', 443],
  ['203.0.113.67', 22],
  ['10.1.2.3', 5432],
  ['172.20.0.9', 3306],
  ['192.168.7.7', 6379],
  ['127.0.0.1', 9001],
  ['fd00::7', 5432],
] as const)
  test(`it speaks to ${address}, port ${port}: informational`, async () => {
    atMostAt(await fetchedAndRun(address, port), 'informational');
  });
