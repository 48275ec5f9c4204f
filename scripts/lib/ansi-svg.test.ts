import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAnsi, svgOf } from './ansi-svg.ts';

test('colours become spans, other sequences go', () => {
  const lines = parseAnsi(
    '\x1b[1m\x1b[31mhigh\x1b[39m\x1b[22m rest\x1b[2K\r\n\x1b]8;;http://x\x07link\x1b]8;;\x07\n\n',
  );
  assert.deepEqual(
    lines.map(line => line.map(span => [span.text, span.style.colour, span.style.bold])),
    [
      [
        ['high', '#ff7b72', true],
        [' rest', '', false],
      ],
      [['link', '', false]],
    ],
  );
});

test('text cannot leave the picture', () => {
  const svg = svgOf('<script>&"\n', 'a "b"');
  assert.ok(svg.includes('&lt;script&gt;&amp;&quot;'));
  assert.ok(svg.includes('aria-label="a &quot;b&quot;"'));
  assert.ok(!svg.includes('<script'));
});

test('a long output is cut, and says so', () => {
  const svg = svgOf('line\n'.repeat(10), 'x', 4);
  assert.equal(svg.match(/>line</g)?.length, 4);
  assert.ok(svg.includes('… 6 more lines'));
});
