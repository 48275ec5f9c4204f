import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE, SECOND } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** The number of a file is given to another: what is known of the one says nothing of the other. */

const OUT = '203.0.113.67';
const DOWN = '/home/dev/Downloads';

/** A browser holds the name with an empty file, and moves the download over it; the rules record files being written only. */
function downloaded(): { log: HostLog; placeholder: { inode: number } } {
  const log = new HostLog();
  const browser = log.desktop('dev').run('/usr/lib/chromium/chromium').connect(OUT, 443);
  browser.write(`${DOWN}/pack.zip.crdownload`).write(`${DOWN}/pack.zip`);
  const placeholder = log.records.node(`${DOWN}/pack.zip`, 1002);
  log.wait(SECOND);
  log.records.reuse('/home/dev/.cache/chromium/f_0001', placeholder);
  browser.write('/home/dev/.cache/chromium/f_0001');
  log.records.forget(`${DOWN}/pack.zip`);
  log.wait(MINUTE);
  return { log, placeholder };
}

test('the download that was moved over the empty file keeps its name', async () => {
  const { log } = downloaded();
  const shell = log.shell('dev');
  shell.run('/usr/bin/7z x -y pack.zip', { cwd: DOWN }).write(`${DOWN}/pack/game.jar`);
  log.wait(10 * SECOND);
  shell.run('/usr/bin/java -jar game.jar', { cwd: `${DOWN}/pack` }).connect(OUT, 80);
  firesAt(await scanLog(log), 'AN0321', 'medium');
});

test('what got the number of a download is none', async () => {
  const log = new HostLog();
  const browser = log.desktop('dev').run('/usr/lib/firefox/firefox').connect(OUT, 443);
  browser.write(`${DOWN}/notes.pdf`);
  const node = log.records.node(`${DOWN}/notes.pdf`, 1002);
  log.wait(MINUTE);
  const shell = log.shell('dev');
  log.records.reuse('/home/dev/src/count.sh', node);
  shell.run('/usr/bin/vim src/count.sh').write('/home/dev/src/count.sh');
  log.wait(MINUTE);
  shell.run('/bin/bash src/count.sh').read('/home/dev/src/count.sh').connect(OUT, 443);
  assert.deepEqual(
    (await scanLog(log)).filter(({ severity }) => severity !== 'informational'),
    [],
  );
});

test('an own file made under the name of a download that is gone is none', async () => {
  const { log } = downloaded();
  const shell = log.shell('dev');
  shell.run('/usr/bin/git archive HEAD --format=zip', { cwd: '/home/dev/src' }).write(`${DOWN}/pack.zip`);
  log.wait(MINUTE);
  shell.run('/usr/bin/unzip pack.zip -d /home/dev/copy', { cwd: DOWN }).write('/home/dev/copy/run.sh');
  shell.run('/bin/bash /home/dev/copy/run.sh').read('/home/dev/copy/run.sh').connect(OUT, 80);
  assert.deepEqual(
    (await scanLog(log)).filter(({ severity }) => severity !== 'informational'),
    [],
  );
});
