import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** No record tells of files: where an unpacker put them stands in its words, else it is where it worked. */

const ARCHIVE = 'came out of an archive';

async function told(unpack: string, run: string): Promise<boolean> {
  const log = new HostLog({ files: false });
  log.desktop('dev').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  log.wait(MINUTE);
  const shell = log.shell('dev');
  shell.run(unpack, { cwd: '/home/dev/Downloads' });
  log.wait(MINUTE);
  shell.run(['/bin/bash', run], { cwd: '/home/dev/Downloads' });
  return factorsOf(storyOf(await scanLog(log), 'AN0321')).includes(ARCHIVE);
}

const INTO = '/usr/bin/unzip -q pictures.zip -d pictures';

test('what lies beside the folder that is named did not come out of it', async () => {
  assert.equal(await told(INTO, '/home/dev/Downloads/resize.sh'), false);
});

test('what lies in the folder that is named did', async () => {
  assert.equal(await told(INTO, '/home/dev/Downloads/pictures/install.sh'), true);
});

for (const unpack of ['/usr/bin/unzip -q pictures.zip', '/usr/bin/tar xzf pictures.tgz'])
  test(`where none is named it may lie there: ${unpack}`, async () => {
    assert.equal(await told(unpack, '/home/dev/Downloads/resize.sh'), true);
  });
