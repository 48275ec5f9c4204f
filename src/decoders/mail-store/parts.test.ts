import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NO_NAMES, TarNames, zipNames } from './archive-names.ts';
import { gunzipHead } from './gzip-head.ts';
import { envelopeDate, headerDate } from './mail-date.ts';
import { maildirName } from './maildir-name.ts';
import { realTypeOf } from './real-type.ts';
import { transferDecoder } from './transfer.ts';

const iso = (date: { time: number } | null): string | null =>
  date === null ? null : new Date(date.time).toISOString();

test('dates of headers: with weekday or without, old zones, comments, two-digit years', () => {
  const cases: readonly [string, string | null][] = [
    ['Sat, 21 Nov 2026 09:30:00 +0000 (UTC)', '2026-11-21T09:30:00.000Z'],
    ['21 Nov 26 09:30 -0130', '2026-11-21T11:00:00.000Z'],
    ['Thu, 1 Jan 98 00:00:00 EST', '1998-01-01T05:00:00.000Z'],
    ['Sat, 21 Nov 2026 23:59:60 +0000', '2026-11-21T23:59:59.000Z'],
    ['Tue, 31 Feb 2026 09:30:00 +0000', null],
    ['yesterday', null],
    ['', null],
  ];
  for (const [text, expected] of cases) assert.equal(iso(headerDate(text)), expected, text);
  assert.equal(headerDate('21 Nov 2026 09:30:00')?.zoned, false);
});

test('dates of From lines: asctime, with a zone before or behind the year', () => {
  const of = (text: string) => iso(envelopeDate(`From a b@example.net ${text}`));
  assert.equal(of('Sat Nov 21 09:30:00 2026'), '2026-11-21T09:30:00.000Z');
  assert.equal(of('Sat Nov  7 09:30 2026'), '2026-11-07T09:30:00.000Z');
  assert.equal(of('Sat Nov 21 09:30:00 +0200 2026'), '2026-11-21T07:30:00.000Z');
  assert.equal(of('Sat Nov 21 09:30:00 2026 -0500'), '2026-11-21T14:30:00.000Z');
  assert.equal(of('tomorrow'), null);
});

test('names in a Maildir: microseconds, size, flags; what is none', () => {
  assert.deepEqual(maildirName('1795264962.M438382P2844.ws1,S=888,W=916:2,RS'), {
    time: 1795264962438.382,
    sizeBytes: 888,
    flags: 'RS',
    base: '1795264962.M438382P2844.ws1,S=888,W=916',
  });
  assert.equal(maildirName('1795264961.2736_0.ws1')?.time, 1795264961000);
  assert.equal(maildirName('1795264961.2736_0.ws1')?.flags, '');
  for (const name of ['dovecot-uidlist', '17.x.y', 'note.txt', '1795264961.2736'])
    assert.equal(maildirName(name), null);
});

function decode(
  encoding: string,
  encoded: Buffer,
  cuts: readonly number[] = [],
): { content: Buffer; damaged: boolean } {
  const decoder = transferDecoder(encoding);
  const pieces: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts.map(each => each % (encoded.length + 1)).sort((a, b) => a - b), encoded.length]) {
    const block = Buffer.from(encoded.subarray(from, cut));
    pieces.push(Buffer.from(decoder.push(block)));
    block.fill(0x41);
    from = cut;
  }
  pieces.push(Buffer.from(decoder.end()));
  return { content: Buffer.concat(pieces), damaged: decoder.damaged };
}

const bytes = fc.uint8Array({ maxLength: 200 }).map(each => Buffer.from(each));
const cuts = fc.array(fc.nat(), { maxLength: 6 });

test('base64 comes back whatever the line length and the pieces', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 76 }), cuts, (content, width, at) => {
      const lines = content.toString('base64').replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
      assert.deepEqual(decode('base64', Buffer.from(lines), at), { content, damaged: false });
    }),
  );
  assert.deepEqual(
    decode('base64', Buffer.from('aGFybQ==bGVzcw==')).content.toString(),
    'harmless',
    'two behind each other',
  );
  assert.equal(decode('base64', Buffer.from('aGF!ybQ==')).damaged, true);
  assert.equal(decode('base64', Buffer.from('aGFyb')).damaged, true, 'one letter is no byte');
});

test('quoted-printable: escapes, soft ends, blanks at line ends, and what is no escape', () => {
  const plain = (text: string) => decode('quoted-printable', Buffer.from(text)).content.toString('latin1');
  assert.equal(plain('a=3Db=\r\nc  \r\nd\t=\n e'), 'a=bc\r\nd\t e');
  assert.equal(plain('100=ZZ'), '100=ZZ');
  assert.equal(decode('quoted-printable', Buffer.from('100=ZZ')).damaged, true);
  const quoted = fc.array(fc.constantFrom('=3D', '=\r\n', '=', ' ', '\t', '\r\n', '\n', 'x', '=4', '=e9'), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(quoted, cuts, (parts, at) => {
      const encoded = Buffer.from(parts.join(''));
      assert.deepEqual(decode('quoted-printable', encoded, at), decode('quoted-printable', encoded));
    }),
  );
});

test('uuencoded content as a transfer encoding, cut anywhere', () => {
  const encoded = Buffer.from("begin 644 x\n#86)C\n'9&5F9VAI:@``\n`\nend\n");
  const found = decode('x-uuencode', encoded);
  assert.equal(found.content.toString(), 'abcdefghij');
  assert.equal(found.damaged, false);
  fc.assert(fc.property(cuts, at => assert.deepEqual(decode('x-uuencode', encoded, at), found)));
  assert.equal(decode('x-uuencode', encoded.subarray(0, 20)).damaged, true);
});

test('content shows its type whatever it is called', async () => {
  const cases: readonly [Buffer | string, string][] = [
    [Buffer.from('\x7fELF\x02\x01\x01\x00\x00\x00', 'latin1'), 'application/x-elf'],
    [Buffer.from('\x7fELF\x02\x01\x01\x00AI\x02', 'latin1'), 'application/x-appimage'],
    ['#!/bin/sh\n', 'application/x-shellscript'],
    ['#! /usr/bin/env -S python3 -u\n', 'text/x-python'],
    ['\ufeff#!/usr/bin/perl -w\n', 'text/x-perl'],
    ['#!/opt/x/thing\n', 'text/x-script'],
    ['\n[Desktop Entry]\nExec=true\n', 'application/x-desktop'],
    ['<!DOCTYPE html>\n<html>', 'text/html'],
    ['  <script>', 'text/html'],
    ['<htmlx>', 'text/plain'],
    ['%PDF-1.7\n', 'application/pdf'],
    ['-----BEGIN PGP MESSAGE-----\n', 'application/pgp-encrypted'],
    ['name;value\n1;2\n', 'text/plain'],
    [Buffer.from([0, 1, 2, 3]), ''],
    ['', ''],
  ];
  for (const [content, expected] of cases) {
    const head = typeof content === 'string' ? Buffer.from(content) : content;
    assert.equal(await realTypeOf(head), expected, head.toString('latin1'));
  }
});

test('no beginning makes the look at it throw', async () => {
  const magic = fc.constantFrom(
    'PK\x03\x04',
    '\x1f\x8b\x08',
    'RIFF',
    '\x7fELF',
    '%PDF',
    'BM',
    'ID3',
    '\x89PNG\r\n\x1a\n',
    '',
  );
  const heads = fc
    .tuple(magic, fc.uint8Array({ maxLength: 300 }))
    .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest]));
  await fc.assert(
    fc.asyncProperty(heads, async head => {
      assert.equal(typeof (await realTypeOf(head)), 'string');
    }),
    { numRuns: 200 },
  );
});

/** A zip file of stored members, as far as names need it. */
function zip(names: readonly string[], flags = 0): Buffer {
  const locals = names.map(name => {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    return Buffer.concat([head, Buffer.from(name)]);
  });
  const central = Buffer.concat(
    names.map(name => {
      const head = Buffer.alloc(46);
      head.writeUInt32LE(0x02014b50);
      head.writeUInt16LE(flags, 8);
      head.writeUInt32LE(7, 24);
      head.writeUInt16LE(Buffer.byteLength(name), 28);
      return Buffer.concat([head, Buffer.from(name)]);
    }),
  );
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(central.length, 12);
  return Buffer.concat([...locals, central, end]);
}

test('names in a zip file: all, the first of many, protected, damaged', () => {
  const small = zip(['a/run.sh', 'b.txt']);
  const found = zipNames(small, small.length, 32);
  assert.deepEqual(found.members, [
    { name: 'a/run.sh', sizeBytes: 7, encrypted: false },
    { name: 'b.txt', sizeBytes: 7, encrypted: false },
  ]);
  assert.deepEqual([found.known, found.encrypted, found.damaged], ['all', false, false]);
  assert.equal(zipNames(zip(['x'], 1), 1000, 32).encrypted, true);
  const many = zip(Array.from({ length: 100 }, (_, i) => `f${i}`));
  assert.deepEqual([zipNames(many, many.length, 5).members.length, zipNames(many, many.length, 5).known], [5, 'some']);
  assert.deepEqual(zipNames(small.subarray(0, 40), 40, 32), { ...NO_NAMES, damaged: true });
  fc.assert(
    fc.property(fc.nat({ max: small.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
      const spoilt = Buffer.from(small);
      spoilt[at] = byte;
      assert.ok(zipNames(spoilt, spoilt.length, 8).members.length <= 8);
    }),
  );
});

function tarEntry(name: string, content: string, type = '0'): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write(type, 156);
  head.write('ustar\u000000', 257);
  head.fill(0x20, 148, 156);
  const sum = head.reduce((all, byte) => all + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([head, body]);
}

test('names in a tar archive, long ones too, however it comes in pieces', () => {
  const long = `deep/${'x'.repeat(200)}.py`;
  const content = Buffer.concat([
    tarEntry('cv/', '', '5'),
    tarEntry('cv/run.py', 'print()\n'),
    tarEntry('././@LongLink', `${long}\0`, 'L'),
    tarEntry('cut', '1'),
    Buffer.alloc(1024),
  ]);
  const read = (at: readonly number[]) => {
    const names = new TarNames(32);
    let from = 0;
    for (const cut of [...at.map(each => each % (content.length + 1)).sort((a, b) => a - b), content.length]) {
      names.push(content.subarray(from, cut));
      from = cut;
    }
    return names.end(true);
  };
  const whole = read([]);
  assert.deepEqual(
    whole.members.map(member => member.name),
    ['cv/run.py', long],
  );
  assert.deepEqual([whole.known, whole.damaged], ['all', false]);
  fc.assert(
    fc.property(cuts, at => assert.deepEqual(read(at), whole)),
    { numRuns: 50 },
  );
  const cut = new TarNames(32);
  cut.push(content.subarray(0, 700));
  assert.equal(cut.end(true).damaged, true);
});

test('a gzip bomb costs no more than the bound, damage no more than what came before', async () => {
  const packed = new Response(
    new Blob([new Uint8Array(30_000_000)]).stream().pipeThrough(new CompressionStream('gzip')),
  );
  const bomb = Buffer.from(await packed.arrayBuffer());
  assert.ok(bomb.length < 100_000);
  assert.equal((await gunzipHead(bomb, 65_536)).length, 65_536);
  assert.equal((await gunzipHead(Buffer.from('\x1f\x8b nonsense', 'latin1'), 100)).length, 0);
});
