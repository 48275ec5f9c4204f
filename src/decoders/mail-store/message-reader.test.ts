import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAIL_LIMITS, type MailLimits, type ReadMessage } from './contract.ts';
import { readMessage } from './message-reader.ts';

const maildir = join(import.meta.dirname, 'recordings/procmail-maildir/new');
const recorded = readdirSync(maildir)
  .sort()
  .map(name => readFileSync(join(maildir, name)));
const [plain, label, archives, named, forwarded] = recorded as [Buffer, Buffer, Buffer, Buffer, Buffer];

const read = (content: Buffer | string, limits: Partial<MailLimits> = {}, offset = 0): Promise<ReadMessage> =>
  readMessage([Buffer.from(content)], offset, { ...MAIL_LIMITS, ...limits }, false);

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const SCRIPT = Buffer.from('#!/bin/sh\necho harmless\n');

test('headers tell when and for whom it came, and that delivery software brought it', async () => {
  const { identity, headerBytes, ...facts } = await read(plain);
  assert.deepEqual(facts, {
    messageId: '<store-1@mail.example.net>',
    returnPath: 'shipping@example.net',
    deliveredTo: 'clerk@example.org',
    receivedTime: Date.UTC(2026, 10, 21, 9, 1),
    dateTime: Date.UTC(2026, 10, 21, 9, 1),
    delivered: true,
    deleted: false,
    parts: 1,
    attachments: [],
    trouble: [],
  });
  assert.match(identity, /^[0-9a-f]{64}$/);
  assert.equal(plain.toString('latin1', headerBytes - 2, headerBytes), '\n\n');
  assert.notEqual(identity, (await read(label)).identity);
});

test('an attachment: declared as one thing, shown by its content to be another, where it lies', async () => {
  const at = 10_000;
  const { attachments } = await read(label, {}, at);
  assert.equal(attachments.length, 1);
  const [found] = attachments;
  assert.ok(found !== undefined);
  assert.deepEqual(
    [found.name, found.declaredType, found.realType, found.sizeBytes, found.sha256, found.part, found.state],
    ['label.pdf', 'application/pdf', 'application/x-shellscript', SCRIPT.length, sha(SCRIPT), '2', 'whole'],
  );
  const encoded = label.toString('latin1', found.offset - at, found.offset - at + found.length);
  assert.deepEqual(Buffer.from(encoded, 'base64'), SCRIPT);
});

test('names inside zip, tar and packed tar; names beyond ASCII', async () => {
  const inside = (await read(archives)).attachments.map(each => [
    each.name,
    each.membersKnown,
    ...each.members.map(member => member.name),
  ]);
  assert.deepEqual(inside, [
    ['parcel.zip', 'all', 'parcel/readme.txt', 'parcel/.lib/index'],
    ['cv.tar', 'all', 'cv/notes.txt', 'cv/run.py'],
    ['cv.tar.gz', 'some', 'cv/notes.txt', 'cv/run.py'],
  ]);
  const spelled = (await read(named)).attachments.map(each => [each.name, each.realType]);
  assert.deepEqual(spelled, [
    ['Rechnung März.pdf.desktop', 'application/x-desktop'],
    ['請求書.pdf', 'application/pdf'],
  ]);
});

test('a forwarded message is an attachment, and so is what it carries', async () => {
  const { attachments } = await read(forwarded);
  assert.deepEqual(
    attachments.map(each => [each.part, each.declaredType, each.within, each.name]),
    [
      ['2', 'message/rfc822', [], ''],
      ['2.2', 'application/pdf', [''], 'label.pdf'],
    ],
  );
  const inner = attachments[1];
  assert.ok(inner !== undefined && inner.offset > 0);
  assert.deepEqual(
    Buffer.from(forwarded.toString('latin1', inner.offset, inner.offset + inner.length), 'base64'),
    SCRIPT,
  );
  const packed = Buffer.concat([
    Buffer.from('Message-ID: <o@x>\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n'),
    Buffer.from(label.toString('base64').replace(/.{76}/g, '$&\n')),
  ]);
  const deep = (await read(packed)).attachments;
  assert.deepEqual(
    deep.map(each => [each.part, each.name, each.offset === -1, each.sha256 === sha(SCRIPT)]),
    [
      ['1', '', false, false],
      ['1.2', 'label.pdf', true, true],
    ],
  );
});

test('nothing of subject or text comes out', async () => {
  for (const content of recorded) {
    const told = JSON.stringify(await read(content));
    assert.ok(
      !told.includes('not to be shown anywhere') && !told.includes('See the label') && !told.includes('harmless'),
    );
  }
});

test('however it comes in pieces, the same is told', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(label, named, forwarded),
      fc.array(fc.nat(), { maxLength: 6 }),
      async (content, cuts) => {
        const pieces: Buffer[] = [];
        let from = 0;
        for (const cut of [...cuts.map(each => each % content.length).sort((a, b) => a - b), content.length]) {
          pieces.push(Buffer.from(content.subarray(from, cut)));
          from = cut;
        }
        assert.deepEqual(await readMessage(pieces, 0, MAIL_LIMITS, false), await read(content));
      },
    ),
    { numRuns: 40 },
  );
});

test('no bytes make it throw, and what it points at lies in the message', async () => {
  const line = fc.oneof(
    fc.constantFrom(
      'Content-Type: multipart/mixed; boundary="b"',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      'Content-Transfer-Encoding: quoted-printable',
      "Content-Disposition: attachment; filename*0*=utf-8''%e2%80%ae; filename*1=x",
      'Content-Type: application/zip; name="=?utf-8?B?4oCu?="',
      'Content-Type: =?x',
      'Received: ;;;',
      'Message-ID: <__proto__>',
      '--b',
      '--b--',
      '',
      'UEsDBBQ=',
      '=3D=',
    ),
    fc.string({ maxLength: 30 }),
    fc.uint8Array({ maxLength: 20 }).map(each => Buffer.from(each).toString('latin1')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), async (lines, end) => {
      const content = Buffer.from(lines.join(end), 'latin1');
      const { attachments } = await read(content, { depthMax: 6, partsMax: 20 });
      for (const { offset, length, sha256, state } of attachments) {
        assert.ok(offset >= -1 && offset + length <= content.length, `${offset}+${length} of ${content.length}`);
        assert.ok(/^(?:[0-9a-f]{64})?$/.test(sha256) && (sha256 !== '' || state !== 'whole'));
      }
    }),
    { numRuns: 300 },
  );
});

const nested = (depth: number): string => {
  let text = '';
  for (let i = 0; i < depth; i++) text += `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`;
  return `${text}Content-Type: application/x-sh; name=x.sh\n\necho\n`;
};

test('bounds: parts inside parts, parts beside parts, headers, sizes', async () => {
  assert.deepEqual(
    (await read(nested(5))).attachments.map(each => each.name),
    ['x.sh'],
  );
  const deep = await read(nested(200));
  assert.deepEqual([deep.attachments.length, deep.trouble.includes('depth-over-bound')], [0, true]);
  const wide = `Content-Type: multipart/mixed; boundary=b\n\n${'--b\nContent-Type: a/b\n\nx\n'.repeat(3000)}--b--\n`;
  const many = await read(wide);
  assert.ok(many.attachments.length <= 1000 && many.trouble.includes('mime-over-bound'));
  const long = await read(`X: ${'y'.repeat(2_000_000)}\n\ntext`);
  assert.deepEqual(long.trouble, ['mime-over-bound']);
  const large = await read(`Content-Type: a/b\n\n${'x'.repeat(100_000)}`, { attachmentBytesMax: 50_000 });
  assert.deepEqual(
    large.attachments.map(each => [each.state, each.sha256, each.sizeBytes]),
    [['over-bound', '', 100_000]],
  );
  const over = await read(`Content-Type: a/b\n\n${'x'.repeat(300_000)}`, { messageBytesMax: 100_000 });
  assert.deepEqual([over.trouble, over.attachments[0]?.state], [['bytes-over-bound'], 'damaged']);
});

test('messages in messages in messages end at the bound, in time that grows with their size only', async () => {
  let text = 'Content-Type: text/plain; name=in.txt\n\ninnermost';
  for (let i = 0; i < 60; i++) text = `Content-Type: message/rfc822\n\n${text}`;
  const { attachments, trouble, parts } = await read(text);
  assert.ok(attachments.length <= 26 && parts <= 30);
  assert.ok(trouble.includes('depth-over-bound'));
});

test('damage and keys are said: a cut message, bad base64, a protected zip, a PGP message', async () => {
  const cut = await readMessage([label.subarray(0, label.length - 30)], 0, MAIL_LIMITS, true);
  assert.deepEqual(
    [cut.trouble, cut.attachments[0]?.state, cut.attachments[0]?.sha256],
    [['cut-short'], 'damaged', ''],
  );
  const open = await read(label.subarray(0, label.length - 20));
  assert.ok(open.trouble.includes('no-end-boundary'));
  const part = (head: string, body: string) => read(`${head}\n\n${body}`).then(found => found.attachments[0]?.state);
  assert.equal(await part('Content-Type: a/b\nContent-Transfer-Encoding: base64', '!!!!'), 'damaged');
  assert.equal(await part('Content-Type: a/b', '-----BEGIN PGP MESSAGE-----\n'), 'encrypted');
  assert.equal(await part('Content-Type: application/pdf', '%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n'), 'encrypted');
});

test('deleted and not yet gone', async () => {
  assert.equal((await read('X-Mozilla-Status: 0009\nFrom: a@example.net\n\nx')).deleted, true);
  assert.equal((await read('X-Mozilla-Status: 0001\nFrom: a@example.net\n\nx')).deleted, false);
});
