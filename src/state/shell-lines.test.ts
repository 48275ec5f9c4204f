import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, isCommand } from './shell-lines.ts';

/** `name>file,file` of each command of a line that has an output. */
const outputs = (line: string): string =>
  commandsOf(line)
    .filter(each => each.outputs.length > 0)
    .map(each => `${each.words[0]}>${each.outputs.join(',')}`)
    .join(' ');

const LINES: readonly (readonly [line: string, says: string])[] = [
  ['grep x a b > /tmp/l', 'grep>/tmp/l'],
  ['cd /var/mail; grep -iE -B4 "a|b" buyer > /var/tmp/.l; xz /var/tmp/.l', 'grep>/var/tmp/.l'],
  ['cat a >>/tmp/l && cat b>>/tmp/l', 'cat>/tmp/l cat>/tmp/l'],
  ['> /tmp/l cat a', 'cat>/tmp/l'],
  ['cat a | gzip -c > /tmp/l.gz', 'cat>/tmp/l.gz gzip>/tmp/l.gz'],
  ['cat a > /tmp/l | wc > /tmp/n', 'cat>/tmp/l wc>/tmp/n'],
  ['for u in a b; do cat /var/mail/$u; done > /tmp/l', 'cat>/tmp/l'],
  ['for u in a b; do cat /var/mail/$u; done | gzip > /tmp/l; ls', 'cat>/tmp/l gzip>/tmp/l'],
  ['(cat a; cat b) > "/tmp/my list"', 'cat>/tmp/my list cat>/tmp/my list'],
  ["{ cat a; cat b; } >'/tmp/l'; echo done", 'cat>/tmp/l cat>/tmp/l'],
  ['if grep -q x a; then cat a > /tmp/l; else echo no; fi', 'cat>/tmp/l'],
  ['cat a &> /tmp/l', 'cat>/tmp/l'],
  ['cat a 1> /tmp/l 2> /tmp/e', 'cat>/tmp/l'],
  ['cat a >| /tmp/l', 'cat>/tmp/l'],
];
for (const [line, says] of LINES) test(`outputs of: ${line}`, () => assert.equal(outputs(line), says));

const NONE = [
  'cat a 2> /dev/null',
  'cat a 2>&1 | wc',
  'cat < /tmp/l',
  'echo "a > /tmp/l"',
  "awk '$1 > 3' a",
  'cat a > $f',
  'cat a > "/tmp/$x"',
  'cat a >&2',
  'cat a # > /tmp/l',
  'cat a \\> /tmp/l',
  'cat a > /tmp/*.l',
];
for (const line of NONE) test(`no output is known of: ${line}`, () => assert.equal(outputs(line), ''));

/** `pipeline:name<file,file` of each command. */
const inputs = (line: string): string =>
  commandsOf(line)
    .map(each => `${each.pipeline}:${each.words[0]}<${each.inputs.join(',')}`)
    .join(' ');

for (const [line, says] of [
  ['nc a 9 < /tmp/l', '0:nc</tmp/l'],
  ['cat a | nc b 9; ls', '0:cat< 0:nc< 2:ls<'],
  ['< /tmp/l nc a 9', '0:nc</tmp/l'],
  ['{ cat; cat; } < /tmp/l', '0:cat</tmp/l 1:cat</tmp/l'],
  ['cat <<< /tmp/l', '0:cat<'],
  ['cat << E', '0:cat<'],
  ['cat < $f', '0:cat<'],
] as const)
  test(`inputs and pipelines of: ${line}`, () => assert.equal(inputs(line), says));

test('a command is known by its program and by the words that no shell changes', () => {
  const [grep] = commandsOf('LC_ALL=C /bin/grep -i "a b" $f *.txt > /tmp/l');
  assert.ok(grep !== undefined);
  assert.equal(isCommand(grep, ['grep', '-i', 'a b', 'x', 'y.txt']), true);
  assert.equal(isCommand(grep, ['grep', '-i', 'x']), false, 'a word that stands there is missing');
  assert.equal(isCommand(grep, ['cat', '-i', 'a b']), false, 'another program');
  assert.equal(isCommand({ words: [] }, ['grep']), false);
});

test('a line without an end, of anything, is read to its end', () => {
  for (const line of ['((((', '> ', 'a >', '"', "'", '}) done fi', 'x'.repeat(20_000), ';|&'.repeat(5000), '`a > b`'])
    assert.ok(Array.isArray(commandsOf(line)), line.slice(0, 20));
});
