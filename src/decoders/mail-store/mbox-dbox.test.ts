import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MessageRange } from './contract.ts';
import { DboxIndex, isDbox } from './dbox-index.ts';
import { envelopeSender, MboxIndex } from './mbox-index.ts';

const recorded = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'recordings', name));

function inMbox(content: Buffer, cuts: readonly number[] = []): MessageRange[] {
  const found: MessageRange[] = [];
  const index = new MboxIndex(range => found.push(range));
  let from = 0;
  for (const cut of [...cuts.map(each => each % (content.length + 1)).sort((a, b) => a - b), content.length]) {
    // A block is only valid during the call.
    const block = Buffer.from(content.subarray(from, cut));
    index.push(block, from);
    block.fill(0x58);
    from = cut;
  }
  index.end();
  return found;
}

const texts = (content: Buffer, ranges: readonly MessageRange[]): string[] =>
  ranges.map(({ offset, length }) => content.toString('latin1', offset, offset + length));

const cuts = fc.array(fc.nat(), { maxLength: 8 });

test('an mbox by procmail: five messages, whatever the blocks', () => {
  const content = recorded('procmail-mbox');
  const whole = inMbox(content);
  assert.equal(whole.length, 5);
  assert.deepEqual(
    whole.map(range => envelopeSender(range.envelope)),
    Array(5).fill('shipping@example.net'),
  );
  for (const text of texts(content, whole)) assert.match(text, /^Return-Path: /);
  // What procmail quoted is text: `>From here on`.
  assert.match(texts(content, whole)[0] as string, /\n>From here on/);
  assert.ok(whole.every(range => range.time > Date.UTC(2026, 10, 21) && !range.zoned));
  fc.assert(
    fc.property(cuts, at => assert.deepEqual(inMbox(content, at), whole)),
    { numRuns: 50 },
  );
});

test('what mutt puts away has a Content-Length', () => {
  const content = recorded('mutt-sent-mbox');
  const found = inMbox(content);
  assert.equal(found.length, 1);
  assert.match(texts(content, found)[0] as string, /^Date: [\s\S]*\nContent-Length: \d+\n/);
  assert.deepEqual(found[0]?.trouble, []);
});

const mbox = (...parts: readonly string[]): Buffer => Buffer.from(parts.join('\n'));
const FROM = 'From a@example.net Sat Nov 21 09:30:00 2026';

test('a From line begins a message after an empty line, with a date or headers behind it', () => {
  const begins = (...parts: readonly string[]): number => inMbox(mbox(...parts)).length;
  assert.equal(begins(FROM, 'A: 1', '', 'x', '', FROM, 'B: 2', '', 'y'), 2);
  assert.equal(begins(FROM, 'A: 1', '', 'x', FROM, 'B: 2', '', 'y'), 2, 'dated, and a header follows');
  assert.equal(begins(FROM, 'A: 1', '', 'x', FROM, 'not a header', '', 'y'), 1, 'no empty line, no header');
  assert.equal(
    begins(FROM, 'A: 1', '', 'x', '', 'From now on', 'Note: this is text', '', 'y'),
    2,
    'RFC 4155 names no date',
  );
  assert.equal(begins(FROM, 'A: 1', '', 'x', '', 'From now on it is', 'text', '', 'y'), 1);
  assert.equal(begins('From - Sat Nov 21 10:42:00 2026', 'X-Mozilla-Status: 0001', '', 'x'), 1);
  assert.equal(begins('no mbox at all', '', 'x'), 0);
});

test('a true Content-Length covers what looks like a message; a wrong one hides nothing', () => {
  const inner = `${FROM}\nC: 3\n\nquoted\n`;
  const body = `text\n\n${inner}`;
  const covered = mbox(FROM, `Content-Length: ${body.length}`, '', `${body}`, FROM, 'B: 2', '', 'y', '');
  const found = inMbox(covered);
  assert.equal(found.length, 2);
  assert.deepEqual(
    found.map(range => range.trouble),
    [['ambiguous-end'], []],
  );
  for (const length of [3, body.length - 10, body.length + 40, 900_000_000_000]) {
    const wrong = mbox(FROM, `Content-Length: ${length}`, '', `${body}`, FROM, 'B: 2', '', 'y', '');
    const shown = texts(wrong, inMbox(wrong)).join('');
    assert.equal(inMbox(wrong).length, 3, `claimed ${length} of ${body.length}`);
    assert.match(shown, /C: 3/);
  }
});

test('no bytes make it throw, and messages lie apart and in order', () => {
  const line = fc.oneof(
    fc.constantFrom(FROM, 'From x', '', 'Content-Length: 12', 'content-length: 99999999999999999', 'A: b', '>From y'),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'), cuts, (lines, end, at) => {
      const content = Buffer.from(lines.join(end));
      const whole = inMbox(content);
      assert.deepEqual(inMbox(content, at), whole);
      let previous = 0;
      for (const { offset, length } of whole) {
        assert.ok(offset >= previous && length >= 0 && offset + length <= content.length);
        previous = offset + length;
      }
    }),
    { numRuns: 400 },
  );
});

function inDbox(content: Buffer, at: readonly number[] = []): { ranges: MessageRange[]; broken: string } {
  const ranges: MessageRange[] = [];
  const index = new DboxIndex(range => ranges.push(range));
  let from = 0;
  for (const cut of [...at.map(each => each % (content.length + 1)).sort((a, b) => a - b), content.length]) {
    const block = Buffer.from(content.subarray(from, cut));
    index.push(block);
    block.fill(0x58);
    from = cut;
  }
  index.end();
  return { ranges, broken: index.broken };
}

test('dbox by Dovecot: one message a file and three in one, with when and where they came', () => {
  const single = recorded('dovecot-sdbox/mailboxes/INBOX/dbox-Mails/u.1');
  assert.ok(isDbox(single));
  const one = inDbox(single);
  assert.equal(one.broken, '');
  assert.equal(one.ranges.length, 1);
  assert.match(texts(single, one.ranges)[0] as string, /^Return-Path: [\s\S]*--\n$/);
  const many = recorded('dovecot-mdbox/storage/m.1');
  const three = inDbox(many);
  assert.deepEqual(
    three.ranges.map(range => range.envelope),
    ['INBOX', 'INBOX', 'Archive/2026'],
  );
  const first = three.ranges[0]?.time ?? 0;
  assert.equal(new Date(first).toISOString().slice(0, 10), '2026-11-21');
  assert.ok(three.ranges.every(range => range.zoned && Math.abs(range.time - first) <= 2000));
  fc.assert(
    fc.property(cuts, at => assert.deepEqual(inDbox(many, at), three)),
    { numRuns: 50 },
  );
});

test('a dbox file that was cut or spoilt is told as far as it goes', () => {
  const many = recorded('dovecot-mdbox/storage/m.1');
  const cut = inDbox(many.subarray(0, 3000));
  assert.deepEqual(
    cut.ranges.map(range => range.trouble),
    [[], ['cut-short']],
  );
  assert.equal(inDbox(Buffer.from('3 M1e C0\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')).broken, 'not a dbox file');
  fc.assert(
    fc.property(fc.nat({ max: many.length - 1 }), fc.nat({ max: 255 }), cuts, (where, byte, at) => {
      const spoilt = Buffer.from(many);
      spoilt[where] = byte;
      const { ranges } = inDbox(spoilt, at);
      for (const { offset, length } of ranges) assert.ok(offset >= 0 && offset + length <= spoilt.length);
    }),
    { numRuns: 300 },
  );
});
