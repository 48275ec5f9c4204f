import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { argumentPaths } from './tool-words.ts';
import { writtenByWords } from './written-by-words.ts';

/** As much of a process as its words need. */
const ran = (line: string): ProcessState =>
  ({ exe: `/usr/bin/${line.split(' ')[0]}`, argv: line.split(' '), cwd: '/home/a' }) as unknown as ProcessState;
const files = (line: string) => argumentPaths(ran(line));
const written = (line: string) => writtenByWords(ran(line));

test('what stands behind options of ssh and its like is no file, and neither is what is said to the other host', () => {
  const options = '-o StrictHostKeyChecking=no -P 2222 -i .ssh/id -l ops -J jump -c aes128-ctr -oPort=22';
  assert.deepEqual(files(`scp ${options} -r /srv/m.tgz ops@h.example.net:/tmp/`), ['/srv/m.tgz']);
  assert.deepEqual(files('scp -q h:/srv/x in/'), ['/home/a/in']);
  assert.deepEqual(files('ssh -p 2222 -oA=no -i k ops@h.example.net tar xf /srv/m.tgz'), []);
  assert.deepEqual(files('scp -- -x y h:'), ['/home/a/-x', '/home/a/y']);
  assert.deepEqual(files('sftp -P 22 -b commands h'), ['/home/a/commands'], 'what it is told to do');
  assert.deepEqual(files('ssh -vF settings h'), ['/home/a/settings']);
  assert.deepEqual(files('scp -Fsettings -S /tmp/p x h:'), ['/home/a/settings', '/tmp/p', '/home/a/x']);
  assert.ok(files('cp -P 2222 x').includes('/home/a/2222'), 'other programs have other options');
});

test('what a program writes is told by its words: the target, the archive, what is left in place of a file', () => {
  assert.deepEqual(written('cp /var/mail/b /tmp/x'), ['/tmp/x', '/tmp/x/b']);
  assert.deepEqual(written('dd of=/tmp/x if=/var/mail/b'), ['/tmp/x']);
  assert.deepEqual(written('dd if=/var/mail/b'), []);
  assert.deepEqual(written('xz -9 /tmp/x'), ['/tmp/x.xz']);
  assert.deepEqual(written('gpg -c -o /tmp/y x'), ['/tmp/y']);
  assert.deepEqual(written('tar -C /home/b -czf /tmp/m.tgz Maildir'), ['/tmp/m.tgz']);
  assert.deepEqual(written('scp -P 22 h:/srv/x /tmp/in'), ['/tmp/in', '/tmp/in/x']);
});

test('what is only read is not written, and where no word says so anything may be', () => {
  assert.deepEqual(written('scp -P 22 /tmp/x h:/srv/'), []);
  assert.deepEqual(written('rsync -a /tmp/x h:/srv/'), []);
  assert.deepEqual(written('ssh h cat'), []);
  for (const line of ['unzip x.zip', 'tar xf x.tar', 'gzip -d x.gz', 'python3 x.py', 'gzip -c x'])
    assert.equal(written(line), null, line);
});
