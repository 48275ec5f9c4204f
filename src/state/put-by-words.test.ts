import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { classOfPath } from './programs.ts';
import { putByWords } from './put-by-words.ts';

const put = (argv: readonly string[], exe = `/usr/bin/${argv[0]}`): string =>
  putByWords({ argv, exe, cwd: '/usr/lib/site', classBits: classOfPath(exe) } as unknown as ProcessState).join();
const line = (words: string): string => put(words.split(' '));

for (const [words, says] of [
  ['tee /usr/lib/x/run', '/usr/lib/x/run'],
  ['tee -a run ../b', '/usr/lib/site/run,/usr/lib/b'],
  ['cp -p /tmp/a /usr/lib/x/run', '/usr/lib/x/run,/usr/lib/x/run/a'],
  ['install a /usr/lib/x/run', '/usr/lib/x/run,/usr/lib/x/run/a'],
  ['install -m755 -t /usr/lib/x a', '/usr/lib/x,/usr/lib/x/x,/usr/lib/x/a'],
  ['mv a run', '/usr/lib/site/run,/usr/lib/site/run/a'],
  ['ln -sf /tmp/a /usr/bin/a', '/usr/bin/a,/usr/bin/a/a'],
  ['ln -s /tmp/a /usr/bin/', '/usr/bin,/usr/bin/a'],
  ['ln -s /tmp/a', '/usr/lib/site/a'],
  ['ln -s -t /usr/bin /tmp/a', '/usr/bin/bin,/usr/bin/a'],
  ['dd if=/tmp/a of=/usr/bin/a', '/usr/bin/a'],
  ['chmod 755 /usr/lib/x/run', '/usr/lib/x/run'],
  ['chmod u+x run b', '/usr/lib/site/run,/usr/lib/site/b'],
  ['touch -r /etc/hosts run', '/usr/lib/site/run'],
  ['curl -sSfo /usr/bin/a https://a.example.net/a', '/usr/bin/a'],
  ['wget -q -O run https://a.example.net/a', '/usr/lib/site/run'],
  ['wget -q -P /usr/bin https://a.example.net/a', '/usr/bin/a'],
  ['curl -sO https://a.example.net/a', '/usr/lib/site/a'],
  ['curl -s --output=/usr/bin/a https://a.example.net/a', '/usr/bin/a'],
  ['chmod a=rx run', '/usr/lib/site/run'],
] as const)
  test(`puts there: ${words}`, () => assert.equal(line(words), says));

test('a stream editor in place, and a shell by its line', () => {
  assert.match(put(['sed', '-i', 's/a/b/', '/usr/lib/x/run']), /,\/usr\/lib\/x\/run$/);
  assert.match(put(['perl', '-pi', '-e', 's/a/b/', '/usr/lib/x/run']), /,\/usr\/lib\/x\/run$/);
  assert.equal(put(['sh', '-c', 'cat a > /usr/lib/x/run'], '/usr/bin/dash'), '/usr/lib/x/run');
  assert.equal(put(['sh', '-c', 'echo a >> run; ls'], '/usr/bin/dash'), '/usr/lib/site/run');
});

for (const words of [
  'cat /usr/lib/x/run',
  'sed -n 1p /usr/lib/x/run',
  'chmod 644 /usr/lib/x/run',
  'chmod -x /usr/lib/x/run',
  'ls -l /usr/lib/x/run',
  'rm /usr/lib/x/run',
  'ln /usr/lib/x/run',
  'cp a host:/usr/lib/x/run',
  'curl -s https://a.example.net/usr/lib/x/run',
  'tee',
])
  test(`puts nothing there: ${words}`, () =>
    assert.doesNotMatch(words.startsWith('cp') ? line(words.replace('cp', 'scp')) : line(words), /usr\/lib\/x/));
