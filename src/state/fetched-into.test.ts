import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fetchedInto } from './fetched-into.ts';

const URL_ = 'https://x.example.net/d/tool.sh?v=2';
const CLAIMS: readonly (readonly [string, string])[] = [
  [`curl -o /tmp/a ${URL_}`, '/tmp/a'],
  [`curl -fsSLo a ${URL_}`, '/home/dev/a'],
  [`curl --output=a ${URL_}`, '/home/dev/a'],
  [`curl -O ${URL_}`, '/home/dev/tool.sh'],
  [`curl -sOL ${URL_}`, '/home/dev/tool.sh'],
  [`curl -fsSL ${URL_}`, ''],
  [`wget ${URL_}`, '/home/dev/tool.sh'],
  [`wget -qO /tmp/a ${URL_}`, '/tmp/a'],
  [`wget -qO- ${URL_}`, ''],
  [`wget -O - ${URL_}`, ''],
  [`wget -q -P /var/tmp ${URL_}`, '/var/tmp/tool.sh'],
  ['wget https://x.example.net/', ''],
  ['wget -i list', ''],
  [`wget --directory-prefix=/var/tmp ${URL_}`, '/var/tmp/tool.sh'],
  [`curl --output-dir /tmp -O ${URL_}`, '/tmp/tool.sh'],
  [`curl --output-dir /tmp -so a ${URL_}`, '/tmp/a'],
  [`aria2c -q -d /tmp/dl ${URL_}`, '/tmp/dl/tool.sh'],
  [`aria2c --dir=/tmp/dl --out=a ${URL_}`, '/tmp/dl/a'],
  [`axel -o a ${URL_}`, '/home/dev/a'],
  [`ssh -o a ${URL_}`, ''],
];
for (const [line, path] of CLAIMS)
  test(`${line}: ${path || 'no file'}`, () => {
    const argv = line.split(' ');
    assert.equal(fetchedInto(argv, argv[0] as string, '/home/dev'), path);
  });

test('no words make it throw', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 8 }), fc.constantFrom('curl', 'wget', 'x'), (argv, name) => {
      assert.equal(typeof fetchedInto(argv, name, '/'), 'string');
    }),
  );
});
