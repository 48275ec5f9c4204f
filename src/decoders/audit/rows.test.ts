import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { filesUnder, ROOT } from '../../../scripts/lib/tree.ts';
import { atOnce, byLine, cwd, path, replay, syscall, tallied } from './replay.test-support.ts';

const LATENESS_MS = 5000;
const logs = filesUnder('src/analytics').filter(file => /\/fires\.[^/]*\/audit\.log\.gz$/.test(file));
/** One of each third: recordings under several rule sets, raw and enriched. */
const recordings = [0, 1, 2].map(third => logs[Math.floor((third * logs.length) / 3)] as string);
const bytesOf = (file: string): Buffer => gunzipSync(readFileSync(join(ROOT, file)));

/** What is put into a line to break it. */
const PUT = [
  '',
  ' ',
  '"',
  '=',
  '\0',
  '\x1d',
  '-',
  '9',
  'f',
  '(',
  'é',
  '\r',
  '9999999999999999999',
  '99999999999999999999',
  'a0=',
];
const ODD_LINES = ['', '\r', 'type=', 'type=PATH msg=audit(', 'node=a type=EOE', 'type=PROCTITLE msg=audit(1.000:1):'];

/** What is read line by line and what is read at once are the same, whatever the blocks. */
function assertSame(bytes: Buffer, blockBytes: number): void {
  const one = byLine(bytes, LATENESS_MS);
  const many = atOnce(bytes, blockBytes, LATENESS_MS);
  assert.deepEqual(many.events, one.events);
  assert.deepEqual(many.tally, tallied(one.verdicts));
  assert.deepEqual(many.drops, one.drops);
}

for (const file of recordings)
  test(`${file}: many lines at once say what they say one by one`, () => {
    const bytes = bytesOf(file);
    assert.ok(byLine(bytes, LATENESS_MS).events.length > 100);
    for (const blockBytes of [bytes.length, 65_536, 4099]) assertSame(bytes, blockBytes);
  });

test('so do lines that are broken, cut, repeated, out of order and end in CR', () => {
  const lines = recordings.flatMap(file => bytesOf(file).toString('latin1').split('\n').slice(200, 500));
  const line = fc.nat(lines.length - 1).map(at => lines[at] as string);
  const broken = fc
    .record({
      line,
      at: fc.nat(160),
      cut: fc.nat(4),
      put: fc.constantFrom(...PUT),
    })
    .map(({ line: text, at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut));
  const run = fc
    .record({ from: fc.nat(lines.length - 40), length: fc.integer({ min: 1, max: 40 }) })
    .map(({ from, length }) => lines.slice(from, from + length));
  const text = fc.oneof(
    { weight: 3, arbitrary: run },
    { weight: 3, arbitrary: fc.array(broken, { minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_LINES).map(odd => [odd]) },
  );
  const node = fc.constantFrom('', '', 'node=mx1 ', 'node=mx2.example.org ', 'node= ');
  const part = fc.record({ text, node }).map(each => each.text.map(one => each.node + one));
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 12 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 9000 }),
      (parts, cr, size) => {
        assertSame(
          Buffer.from(
            parts
              .flat()
              .map(text => text + (cr ? '\r\n' : '\n'))
              .join(''),
            'latin1',
          ),
          size,
        );
      },
    ),
    { numRuns: 400 },
  );
});

test('any bytes at all', () => {
  const letter = fc.constantFrom(...'type=SYSCALLPATHmsgaudit(1772.03:5) \n"\x1d\0a0=hx\r'.split(''));
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 400 }), fc.integer({ min: 1, max: 90 }), (text, size) =>
      assertSame(Buffer.from(`${text}\n`, 'latin1'), size),
    ),
    { numRuns: 500 },
  );
});

test('a line longer than what is scanned at once is read by itself, and what follows it is read', () => {
  const stamp = '1772000000.123:500';
  const long = `type=EXECVE msg=audit(${stamp}): argc=2 a0="x" a1="${'y'.repeat(400_000)}"\n`;
  const text = `${syscall(stamp, 59)}${long}${cwd(stamp, '/tmp')}${path(stamp, 0, '"/bin/x"', 'NORMAL', { inode: 7 })}`;
  const { events } = replay(text);
  assert.equal(events.length, 1);
  const [event] = events;
  assert.equal(event?.kind === 'process.started' && event.argv[1]?.length, 8191);
  assert.equal(event?.kind === 'process.started' && event.cwd, '/tmp');
});

test('more different names than are remembered: each is told as it is', () => {
  let text = '';
  let expected = 0;
  for (let i = 0; i < 40_000; i++) {
    const stamp = `${1772000000 + i}.000:${i}`;
    const name = `"/srv/${i}/${'long'.repeat(60)}"`;
    text += syscall(stamp, 87) + cwd(stamp, '/') + path(stamp, 0, name, 'DELETE', { inode: i });
    // Only what comes for the second time is remembered.
    text += path(stamp, 0, name, 'DELETE', { inode: i });
    expected += 1;
  }
  const { events } = replay(text);
  assert.equal(events.length, expected);
  for (const [i, event] of events.entries())
    if (event.kind !== 'file.deleted' || event.file.path !== `/srv/${i}/${'long'.repeat(60)}`)
      assert.fail(`event ${i}`);
});
