import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { ROOT } from '../../scripts/lib/tree.ts';
import type { FileFormat } from './contract.ts';
import { maildropFormat } from './maildrop/format.ts';
import { procmailFormat } from './procmail/format.ts';
import { decodeAll, formatOf, ofKind } from './recorded.test-support.ts';

const folderOf = (program: string): string => join(ROOT, 'src/decoders', program, 'recordings/default');
const truthOf = (program: string) =>
  JSON.parse(readFileSync(join(folderOf(program), 'truth.json'), 'utf8')) as { folders: Record<string, number> };

function recorded(program: string, file: string) {
  const content = readFileSync(join(folderOf(program), 'mx1', file));
  const format = formatOf(content);
  return { format: format.id, ...decodeAll(format, content) };
}

/** Which files messages came to lie in, counted. */
function counts(names: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of names) found[name] = (found[name] ?? 0) + 1;
  return found;
}

const read = (format: FileFormat, text: string) => decodeAll(format, Buffer.from(text));
const said = (format: FileFormat, text: string) =>
  ofKind(read(format, text).events, 'mail.delivered').map(each => [each.time, each.channel, each.text, each.recipient]);

const STAMP = Date.UTC(2026, 10, 21, 15, 42, 7);
const FROM = 'From a@example.net  Sat Nov 21 15:42:07 2026\n';

test('procmail recorded: every message lies where the log says, and nowhere else', () => {
  const { folders } = truthOf('procmail');
  for (const user of ['clerk', 'dev']) {
    const { format, events, verdicts } = recorded('procmail', `procmail-${user}.log`);
    assert.equal(format, 'procmail-log');
    assert.ok(verdicts.every(each => each.tag !== 'reject'));
    const into = ofKind(events, 'mail.delivered').filter(each => each.channel === 'mailbox');
    const names = into.map(each => {
      const name = each.text.replace(/ \(\d+ bytes\)$/, '').replace(/\/(new\/.*|\d+)$/, '');
      return name.startsWith('/') ? name : `/home/${user}/mail/${name}`;
    });
    const own = Object.entries(folders).filter(([name, count]) => name.includes(user) && count > 0);
    assert.deepEqual(counts(names.sort()), Object.fromEntries(own.sort()));
  }
});

test('procmail recorded: what was run, what failed, and what syslog got', () => {
  const { events } = recorded('procmail', 'procmail-dev.log');
  const notices = ofKind(events, 'mail.notice');
  const run = new Set(notices.filter(each => each.what === 'command-run').map(each => each.text));
  assert.deepEqual([...run].sort(), [
    ' cat > /dev/null; /bin/true "a b"',
    '/bin/sh,-c,exit 3',
    '/usr/bin/formail,-A,X-Seen: yes',
    'echo,42',
  ]);
  assert.deepEqual(
    notices.filter(each => each.what === 'warning').map(each => each.text),
    ['Program failure (3) of "/bin/sh"'],
  );
  const clerk = ofKind(recorded('procmail', 'procmail-clerk.log').events, 'mail.delivered');
  assert.deepEqual(
    clerk.filter(each => each.channel === 'command').map(each => each.text),
    ['/usr/sbin/sendmail -oi friend@example.net (494 bytes)', '/usr/bin/sort -o /dev/null (544 bytes)'],
  );
  assert.equal(clerk.filter(each => each.channel === 'discard').length, 1);
  const syslog = ofKind(recorded('procmail', 'mail.log').events, 'mail.notice').filter(
    each => each.program === 'procmail',
  );
  assert.deepEqual(
    syslog.map(each => each.text),
    ['Suspicious rcfile "/home/intern/.procmailrc"'],
  );
});

test('maildrop recorded: every message lies where the log says, and nowhere else', () => {
  const { folders } = truthOf('maildrop');
  for (const user of ['clerk', 'dev']) {
    const { format, events, verdicts } = recorded('maildrop', `maildrop-${user}.log`);
    assert.equal(format, 'maildrop-log');
    assert.ok(verdicts.every(each => each.tag !== 'reject'));
    const delivered = ofKind(events, 'mail.delivered');
    const names = delivered
      .filter(each => each.channel === 'mailbox')
      .map(each => each.text.replace(/ \(\d+ bytes\)$/, ''));
    assert.deepEqual(
      counts(names.sort()),
      Object.fromEntries(
        Object.entries(folders)
          .filter(([name]) => name.includes(user))
          .sort(),
      ),
    );
    assert.deepEqual(
      delivered
        .filter(each => each.channel !== 'mailbox')
        .map(each => `${each.channel} ${each.text.replace(/ \(\d+ bytes\)$/, '')}`)
        .sort(),
      ['command | /usr/bin/sort -o /dev/null', 'relay ! friend@example.net'],
    );
    assert.deepEqual(
      ofKind(events, 'mail.notice').map(each => each.text),
      ['not delivered: | exit 75'],
    );
  }
});

test('no subject of a recorded message is in any event, and no event counts beside those of the MTA', () => {
  for (const [program, files] of [
    ['procmail', ['procmail-clerk.log', 'procmail-dev.log']],
    ['maildrop', ['maildrop-clerk.log', 'maildrop-dev.log']],
  ] as const) {
    const events = files.flatMap(file => recorded(program, file).events);
    assert.doesNotMatch(JSON.stringify(events), /hello|forward me|evil|var\/mail\/root|list of bounces/);
    for (const each of ofKind(events, 'mail.delivered')) assert.deepEqual([each.queueId, each.recipient], ['', '']);
  }
});

test('a subject or a note cannot pass for a folder', () => {
  assert.deepEqual(
    said(procmailFormat, `${FROM} Subject:   Folder: /var/mail/root\t\t9\n  Folder: box\t\t\t    345\n`),
    [[STAMP, 'mailbox', 'box (345 bytes)', '']],
  );
  assert.deepEqual(said(procmailFormat, `${FROM}  Folder: "a\tb"\t 12\n`), [
    [STAMP, 'mailbox', '"a\tb" (12 bytes)', ''],
  ]);
  // Outside of a block: LOG= of the owner, or what a program wrote.
  assert.deepEqual(said(procmailFormat, `${FROM} Subject: x\nnote\n  Folder: /var/mail/root\t9\n`), []);
  assert.deepEqual(said(procmailFormat, '  Folder: /var/mail/root\t9\n'), []);
  const block = 'Date: Sat Nov 21 15:42:07 2026\nFrom: a@example.net\nSubj: File: /var/mail/root  (9)\n';
  assert.deepEqual(said(maildropFormat, `${block}File: /home/c/mail/x (1)  (345)\n\nFile: /var/mail/root  (9)\n`), [
    [STAMP, 'mailbox', '/home/c/mail/x (1) (345 bytes)', ''],
  ]);
});

test('messages alike in one second are two where their senders differ', () => {
  const block = (sender: string) => `From ${sender}  Sat Nov 21 15:42:07 2026\n  Folder: box\t345\n`;
  assert.equal(said(procmailFormat, block('a@b') + block('c@d')).length, 2);
  assert.equal(said(procmailFormat, block('a@b') + block('a@b')).length, 1, 'a record read twice');
});

test('a session can be left and taken up in the middle of a block', () => {
  for (const [format, text] of [
    [procmailFormat, `${FROM} Subject: x\n  Folder: box\t345\n`],
    [maildropFormat, 'Date: Sat Nov 21 15:42:07 2026\nFrom: a@b\nSubj: x\nFile: box  (345)\n'],
  ] as const) {
    const whole = said(format, text);
    const lines = text
      .split('\n')
      .slice(0, -1)
      .map(each => Buffer.from(each));
    for (let cut = 0; cut <= lines.length; cut++) {
      const times: number[] = [];
      const context = { source: 0, defaultHost: 'h', notAfter: STAMP as never, zoneOffsetMinutes: 0, latenessMs: 5000 };
      const emit = (event: { readonly time: number }) => void times.push(event.time);
      let session = format.open(context, emit);
      lines.forEach((line, index) => {
        if (index === cut) {
          const data = structuredClone(session.snapshot());
          session = format.open(context, emit);
          session.restore(data);
        }
        session.pushLine(line, 0, line.length, 0);
      });
      session.tick(Number.POSITIVE_INFINITY);
      assert.deepEqual(
        times,
        whole.map(each => each[0]),
      );
    }
  }
});

test('a short log is known by one line of procmail, between what programs wrote', () => {
  const program = '/bin/sh: 0: cannot open /no/such/program: No such file\n';
  for (const own of [
    'procmail: Program failure (2) of "/no/such/program"\n',
    'procmail: [285] Sat Nov 21 15:42:10 2026\n',
    '  Folder: /var/mail/dev\t\t\t\t\t    551\n',
  ]) {
    assert.ok(procmailFormat.recognise(Buffer.from(own)) > 0.9, own);
    assert.ok(procmailFormat.recognise(Buffer.from(program + own)) > 0.5, own);
    assert.ok(procmailFormat.recognise(Buffer.from(program.repeat(4) + own)) < 0.5, own);
  }
  assert.equal(procmailFormat.recognise(Buffer.from('procmail: root\npostmaster: root\n')), 0);
});

test('other logs are none of theirs', () => {
  for (const text of [
    'From a@b  Sat Nov 21 15:42:07 2026\nSubject: x\n\nbody\n',
    'Date: x\nFrom: y\nSubject: z\n\nbody\n',
    '',
  ]) {
    assert.equal(procmailFormat.recognise(Buffer.from(text)), 0);
    assert.equal(maildropFormat.recognise(Buffer.from(text)), 0);
  }
});

test('no bytes make them throw', () => {
  const words = [
    FROM,
    ' Subject:',
    '  Folder: ',
    '\t',
    '345\n',
    'procmail: ',
    '[1] Sat Nov 21 15:42:07 2026\n',
    'Executing "',
    'Date: Sat Nov 21 15:42:07 2026\n',
    'From: ',
    'Subj: ',
    'File: ',
    '(',
    ')',
    '\n',
    '\0',
    '\r',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 30 }), parts => {
      read(procmailFormat, parts.join(''));
      read(maildropFormat, parts.join(''));
    }),
    { numRuns: 300 },
  );
});
