import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, zstdCompressSync } from 'node:zlib';
import type { ExplainedLine } from './explain-lines.ts';
import { explainSink } from './explain-sink.ts';
import { FIRING, temporary, watchpost } from './run.test-support.ts';

interface Line {
  source: string;
  line: number;
  offset: number;
  verdict: string;
  reason: string;
  events: string[];
  host: string;
  text: string;
}

const linesOf = (args: string[], cwd?: string): Line[] => {
  const { code, stdout, stderr } = watchpost(['explain', ...args], cwd === undefined ? {} : { cwd });
  assert.equal(code, 0, stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Line);
};

test('tells the verdict on every line, at its offset, with the events it became part of', () => {
  for (const name of ['mail.log.gz', 'audit.log.gz']) {
    const content = gunzipSync(readFileSync(join(FIRING, name)));
    const lines = linesOf([join(FIRING, name)]);
    assert.equal(lines.length, content.toString('latin1').trimEnd().split('\n').length);
    for (const [i, line] of lines.entries()) {
      assert.equal(line.line, i + 1);
      assert.ok(content.toString('utf8', line.offset).startsWith(line.text.slice(0, 40)));
      assert.ok(
        line.verdict === 'emit' ? line.events.length > 0 !== (line.reason !== '') : line.reason !== '',
        JSON.stringify(line),
      );
    }
    assert.ok(lines.some(line => line.events.length > 0));
  }
});

test('all records of one audit event are told to be part of what it became', () => {
  const lines = linesOf([join(FIRING, 'audit.log.gz')]);
  const execve = lines.findIndex(line => line.text.startsWith('type=EXECVE'));
  const stamp = /audit\([^)]*\)/.exec(lines[execve]?.text ?? '')?.[0] ?? '';
  const parts = lines.filter(line => line.text.includes(stamp) && /^type=(?:SYSCALL|EXECVE|PATH) /.test(line.text));
  assert.ok(parts.length >= 3);
  for (const part of parts) assert.ok(part.events.includes('process.started'), part.text);
});

test('shows rejected lines alone, with hostile bytes made visible', t => {
  const cwd = temporary(t);
  const good = 'Mar  1 09:30:00 mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n';
  const bad = 'Mar 99 09:30:00 mx1 postfix/qmgr[812]: \u001b[31m\u202e\n';
  writeFileSync(join(cwd, 'mail.log'), zstdCompressSync(Buffer.from(good.repeat(20) + bad)));
  const { stdout } = watchpost(['explain', '--rejects-only', '--format', 'pretty', 'mail.log'], { cwd });
  assert.match(stdout, /^ +21 {2}reject /m);
  assert.match(stdout, /\\x1b\[31m\\u\{202e\}/);
  assert.match(stdout, /emit 20, reject 1/);
  const [line, ...rest] = linesOf(['--rejects-only', 'mail.log'], cwd);
  assert.deepEqual([line?.line, line?.verdict, rest], [21, 'reject', []]);
});

test('stops at --limit and says that there is more', () => {
  const { stdout } = watchpost(['explain', '--limit', '3', '--format', 'json', join(FIRING, 'audit.log.gz')]);
  const document = JSON.parse(stdout) as { files: { lines: Line[]; totals: { cut: boolean } }[] };
  assert.equal(document.files[0]?.lines.length, 3);
  assert.equal(document.files[0]?.totals.cut, true);
});

test('a file that no decoder knows is told with the formats that come near, in records on standard error', t => {
  const cwd = temporary(t);
  const known = 'Mar  1 09:30:00 mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n';
  writeFileSync(join(cwd, 'notes'), 'only some\nwords\n');
  writeFileSync(join(cwd, 'mostly-notes'), `only some\nwords\nand\n${known}`);
  writeFileSync(join(cwd, 'system.journal'), 'LPKSHHRH\0\0\0\0');
  const { code, stdout } = watchpost(['explain', '--format', 'pretty', 'notes', 'mostly-notes'], { cwd });
  assert.match(stdout, /^notes: recognised by nothing$/m);
  assert.match(stdout, /^mostly-notes: recognised by nothing \(nearest: syslog 25 %\)$/m);
  assert.equal(code, 4);
  writeFileSync(join(cwd, 'pretty.json'), '{\n  "a": 1\n}\n');
  assert.match(
    watchpost(['explain', '-q', 'pretty.json'], { cwd }).stderr,
    /JSON that stands over several lines.*jq -c \. FILE/,
  );
  const records = watchpost(['explain', '--quiet', 'notes', 'system.journal'], { cwd });
  assert.equal(records.stdout, '');
  assert.match(records.stderr, /notes: no decoder knows this content/);
  assert.match(records.stderr, /system\.journal: is a binary journal of systemd.*journalctl --file FILE -o export/);
  assert.equal(records.code, 4);
});

test('a log whose daemon was told to write other stamps is read on both sides of the change', t => {
  const cwd = temporary(t);
  const rest = 'mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n';
  const old = `Mar  1 09:31:00 ${rest}`;
  const iso = `2026-03-01T09:30:00.000000+00:00 ${rest}`;
  for (const content of [iso + old, old + iso]) {
    writeFileSync(join(cwd, 'mail.log'), content);
    const lines = linesOf(['mail.log'], cwd);
    assert.deepEqual(
      lines.map(line => line.verdict),
      ['emit', 'emit'],
    );
  }
});

test('a central log is told host by host', t => {
  const cwd = temporary(t);
  const of = (host: string, second: number) =>
    `Mar  1 09:30:0${second} ${host} postfix/qmgr[812]: 4C1D2E3F5A: removed\n`;
  writeFileSync(join(cwd, 'central.log'), of('mx1', 0) + of('mx2', 0) + of('mx1', 1));
  assert.deepEqual(
    linesOf(['central.log'], cwd).map(line => line.host),
    ['mx1', 'mx2', 'mx1'],
  );
  const { stdout } = watchpost(['explain', '--format', 'pretty', 'central.log'], { cwd });
  assert.match(stdout, /^ {2}hosts {2}mx1 2, mx2 1$/m);
});

test('a line that is too long is told, and the lines after it are read', t => {
  const cwd = temporary(t);
  const good = 'Mar  1 09:30:00 mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n';
  writeFileSync(join(cwd, 'mail.log'), `${good.repeat(5)}${'x'.repeat(3_000_000)}\n${good}`);
  const lines = linesOf(['mail.log'], cwd);
  assert.deepEqual(
    lines.map(line => line.verdict),
    ['emit', 'emit', 'emit', 'emit', 'emit', 'reject', 'emit'],
  );
  assert.match(lines[5]?.reason ?? '', /longer than/);
});

test('a mail store is told message by message: names, sizes, types, hashes, and no text', () => {
  const mbox = join(import.meta.dirname, '../decoders/mail-store/recordings/procmail-mbox');
  const { code, stdout } = watchpost(['explain', '-q', '--format', 'pretty', mbox]);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^[^\n]+procmail-mbox: mail store: mbox\n {6}1 {2}2026-11-21T09:01:00\.000Z \(received\) {2}573 bytes, 1 part\n/,
  );
  assert.match(stdout, /label\.pdf {2}application\/pdf, is application\/x-shellscript, 24 bytes, sha256 1e965ac9/);
  assert.match(stdout, /parcel\.zip {2}application\/zip[^\n]+\n {11}holds parcel\/readme\.txt, 11 bytes\n/);
  assert.match(stdout, /\n5 messages\n\n$/);
  const subjects = readFileSync(mbox, 'utf8').match(/^Subject: .*$/gm) ?? [];
  assert.ok(subjects.length >= 5);
  const json = watchpost(['explain', '-q', '--format', 'json', '--limit', '2', mbox]).stdout;
  for (const subject of subjects) {
    assert.ok(!stdout.includes(subject.slice(9)), subject);
    assert.ok(!json.includes(subject.slice(9)), subject);
  }
  const { files } = JSON.parse(json) as { files: { lines: { message: number; sha256: string }[]; totals: unknown }[] };
  assert.deepEqual(
    files[0]?.lines.map(each => each.message),
    [1, 2],
  );
  assert.deepEqual(files[0]?.totals, { messages: 5, cut: true });
  const index = join(
    import.meta.dirname,
    '../decoders/mail-store/recordings/dovecot-mdbox/storage/dovecot.map.index.log',
  );
  assert.match(watchpost(['explain', '-q', '--format', 'pretty', index]).stdout, /mail store: index, holds no mail\n/);
});

test('how stamps are read that name no zone is said in every form, and nothing of those that name one', t => {
  const cwd = temporary(t);
  writeFileSync(join(cwd, 'old.log'), 'Mar  1 09:30:00 mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n');
  writeFileSync(join(cwd, 'new.log'), '2026-03-01T09:30:00Z mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n');
  const told = (name: string, ...args: string[]) => watchpost(['explain', ...args, name], { cwd });
  const pretty = told('old.log', '--format', 'pretty', '--timezone', '+02:00').stdout;
  assert.match(pretty, /^old\.log: .*\n {2}its stamps name no zone: read as \+02:00, or as --timezone says\n/);
  assert.doesNotMatch(told('new.log', '--format', 'pretty').stdout, /zone/);
  const zoneOf = (name: string): string => {
    const { files } = JSON.parse(told(name, '--format', 'json').stdout) as { files: { zone: string }[] };
    return files.map(({ zone }) => zone).join();
  };
  assert.deepEqual([zoneOf('old.log'), zoneOf('new.log')], ['+00:00', '']);
  assert.match(told('old.log').stderr, /old\.log: its stamps name no zone; they are read as \+00:00/);
  assert.equal(told('old.log', '-q').stderr, '');
  assert.doesNotMatch(told('new.log').stderr, /zone/);
});

test('on a terminal a line of a log stands beside what became of it where there is room, else below', () => {
  const text = `Mar  1 09:30:00 mx1 postfix/qmgr[812]: ${'x'.repeat(150)}`;
  const line: ExplainedLine = {
    number: 7,
    offset: 0,
    verdict: 'skip',
    reason: 'of no use',
    events: [],
    host: '',
    bytes: Buffer.alloc(0),
  };
  const rows = (width: number) =>
    explainSink('pretty', { rejectsOnly: false, color: false, width }).line(line, text).join('').trimEnd().split('\n');
  const [head, first, second, ...more] = rows(80);
  assert.equal(head, '      7  skip    of no use');
  assert.equal(first, `         ${text.slice(0, 71)}`);
  assert.equal(second, `         ${text.slice(71, 141)}…`);
  assert.deepEqual(more, []);
  const [beside, ...none] = rows(160);
  assert.deepEqual([beside?.length, none], [160, []]);
  assert.ok(beside?.endsWith('x…'));
});
