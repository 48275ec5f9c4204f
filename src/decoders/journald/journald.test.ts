import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { WatchEvent } from '../../events/event.ts';
import { auditFormat } from '../audit/format.ts';
import { JSON_FORMATS } from '../json-lines/records.ts';
import { readRecords } from '../json-lines/replay.test-support.ts';
import { syslogFormat } from '../syslog/format.ts';
import { journaldExportFormat } from './export.ts';
import { gist, readLog } from './replay.test-support.ts';

const here = import.meta.dirname;
const unpacked = (path: string) => gunzipSync(readFileSync(join(here, path)));
const json = JSON_FORMATS.find(format => format.id === 'journald-json');
assert.ok(json);
const CASES = '../../analytics/an0656-phishing-attachment-executed/cases';
const FORGED = 'entry in the name of a program that its writer is not';

test('what journald recorded reads the same in JSON and in the export format, fields with line ends and bytes included', () => {
  const asJson = readLog(json, unpacked('recordings/live.json.gz'));
  for (const blockBytes of [1, 7, 4096, 1_000_000]) {
    const asExport = readLog(journaldExportFormat, unpacked('fixtures/live.export.gz'), blockBytes);
    assert.deepEqual(gist(asExport.events), gist(asJson.events));
    assert.equal(asExport.reasons.get(FORGED), asJson.reasons.get(FORGED));
    assert.deepEqual(asExport.drops, new Map());
  }
  assert.deepEqual(
    asJson.events.flatMap(event =>
      event.kind === 'mail.delivered' ? [[event.host, event.recipient, event.channel]] : [],
    ),
    [
      ['mx1', 'clerk@example.org', 'mailbox'],
      ['mx1', 'clerk@example.org', 'mailbox'],
      ['mx1', 'clerk@example.org', 'mailbox'],
    ],
  );
  assert.deepEqual(
    asJson.events.flatMap(event => (event.kind === 'mail.submitted' ? [event.uid] : [])),
    [1002],
  );
});

test('lines that a person or a service wrote in the name of Postfix or sudo are counted and not believed', () => {
  const { events, reasons } = readLog(json, unpacked('recordings/live.json.gz'));
  assert.equal(reasons.get(FORGED), 4);
  assert.ok(!events.some(event => 'queueId' in event && event.queueId === 'AAAAAAAAAA'));
  assert.ok(!events.some(event => event.kind === 'mail.connected' && event.clientAddress !== '127.0.0.1'));
});

test('the ref of an entry in the export format is its very bytes', () => {
  const content = unpacked('fixtures/live.export.gz');
  const { events } = readLog(journaldExportFormat, content);
  for (const { ref } of events) {
    const text = content.toString('latin1', ref.offset, ref.offset + ref.length);
    assert.match(text, /^__CURSOR=/);
    assert.equal(content.toString('latin1', ref.offset + ref.length, ref.offset + ref.length + 2), '\n\n');
    assert.ok(!text.includes('\n\n'));
  }
});

for (const [name, recorded] of [
  ['attack', 'fires.thunderbird-elf-terminal'],
  ['lookalike', 'quiet.csv-own-script'],
] as const) {
  test(`${name}: the journal's audit entries are the events of audit.log, but for what a journal does not keep`, () => {
    const journal = readLog(json, unpacked(`converted/${name}.json.gz`));
    const audit = readLog(auditFormat, unpacked(`${CASES}/${recorded}/audit.log.gz`));
    assert.deepEqual(
      gist(readLog(journaldExportFormat, unpacked(`converted/${name}.export.gz`)).events),
      gist(journal.events),
    );
    const plain = (events: readonly WatchEvent[]) =>
      events
        .filter(event => !('queueId' in event) && !event.kind.startsWith('mail.') && event.order < 1_000_000)
        .map(({ ref: _, host: __, ...rest }) => ('userName' in rest ? { ...rest, userName: '' } : rest));
    // LOGIN, and what the audit daemon says of itself, are below journald's range of types.
    const kept = plain(audit.events).filter(
      event =>
        !(event.kind === 'session.started' && event.program === '') &&
        !(event.kind === 'sensor.health' && event.what === 'stopped'),
    );
    assert.ok(kept.length > 60);
    assert.deepEqual(plain(journal.events), kept);
    assert.ok(journal.events.every(event => event.host === 'ws3'));
  });

  test(`${name}: Postfix gives the same events through the journal as through its log file`, () => {
    const journal = readLog(json, unpacked(`converted/${name}.json.gz`));
    const log = readLog(syslogFormat, unpacked(`${CASES}/${recorded}/mail.log.gz`));
    const mail = (events: readonly WatchEvent[]) =>
      events
        .filter(event => event.kind.startsWith('mail.'))
        .map(({ ref: _, order: __, ...rest }) => JSON.stringify(rest))
        .sort();
    assert.ok(mail(log.events).length > 20);
    assert.deepEqual(mail(journal.events), mail(log.events));
  });
}

const ENTRY = {
  __REALTIME_TIMESTAMP: '1795253232500000',
  _HOSTNAME: 'mx1',
  _TRANSPORT: 'syslog',
  SYSLOG_IDENTIFIER: 'CRON',
  _PID: '77',
  MESSAGE: '(clerk) CMD (/home/clerk/bin/report)',
};
const read = (...entries: object[]) => readRecords('journald-json', entries);

test('values are text, bytes, several values, or left out', () => {
  const command = (entry: object) => read(entry).events.map(event => event.kind === 'job.started' && event.command);
  assert.deepEqual(command(ENTRY), ['/home/clerk/bin/report']);
  assert.deepEqual(command({ ...ENTRY, MESSAGE: [...Buffer.from('(clerk) CMD (/tmp/\u00e9)')] }), ['/tmp/\u00e9']);
  assert.deepEqual(command({ ...ENTRY, MESSAGE: ['(clerk) CMD (first)', '(clerk) CMD (second)'] }), ['first']);
  assert.deepEqual(command({ ...ENTRY, MESSAGE: [[40, 120, 41, 32, 67, 77, 68, 32, 40, 121, 41], 'z'] }), ['y']);
  assert.deepEqual(read({ ...ENTRY, MESSAGE: null }).verdicts, ['reject']);
  assert.deepEqual(read({ ...ENTRY, MESSAGE: { a: 1 } }).verdicts, ['skip']);
  assert.deepEqual(read({ ...ENTRY, MESSAGE: [999, -1] }).verdicts, ['skip']);
});

test('the time of the message goes before the time of its reception, and microseconds are kept', () => {
  assert.equal(read({ ...ENTRY, _SOURCE_REALTIME_TIMESTAMP: '1795253232123456' }).events[0]?.time, 1795253232123.456);
  assert.equal(read({ ...ENTRY, _SOURCE_REALTIME_TIMESTAMP: 'soon' }).events[0]?.time, 1795253232500);
  assert.deepEqual(read({ ...ENTRY, __REALTIME_TIMESTAMP: '-5' }).verdicts, ['reject']);
});

test('a writer whose file is not known is believed by what else is known of it', () => {
  const line = { ...ENTRY, SYSLOG_IDENTIFIER: 'postfix/smtpd', MESSAGE: 'connect from mail.example.net[203.0.113.6]' };
  const verdicts = (...entries: object[]) => read(...entries.map(entry => ({ ...line, ...entry }))).verdicts;
  const smtpd = '/usr/lib/postfix/sbin/smtpd';
  assert.deepEqual(verdicts({ _UID: '0' }), ['emit'], 'root');
  assert.deepEqual(verdicts({}), ['emit'], 'no trusted field at all');
  assert.deepEqual(verdicts({ _UID: '102', _COMM: 'smtpd' }), ['emit'], 'a service by its command');
  assert.deepEqual(verdicts({ _UID: '1003', _COMM: 'smtpd' }), ['reject'], 'a person by a command');
  assert.deepEqual(verdicts({ _UID: '33' }), ['reject'], 'a service that was gone');
  assert.deepEqual(
    verdicts({ _UID: '102', _EXE: smtpd }, { _UID: '102' }, { _UID: '33' }),
    ['emit', 'emit', 'reject'],
    'a service that was gone, seen before with its own file',
  );
  assert.deepEqual(verdicts({ _UID: '102', _EXE: `${smtpd} (deleted)` }), ['emit'], 'replaced by an upgrade');
  assert.deepEqual(verdicts({ _UID: '1003', _EXE: smtpd }), ['reject'], 'a daemon started by hand');
  assert.deepEqual(verdicts({ _UID: '102', _EXE: '/tmp/smtpd' }), ['reject'], 'the name alone');
});

test('a person may write as sudo by running sudo, a service may be a script', () => {
  const sudo = {
    ...ENTRY,
    SYSLOG_IDENTIFIER: 'sudo',
    MESSAGE: 'dev : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls',
  };
  assert.deepEqual(read({ ...sudo, _UID: '1002', _EXE: '/usr/bin/sudo' }).verdicts, ['emit']);
  assert.deepEqual(read({ ...sudo, _UID: '1002', _EXE: '/usr/bin/python3.11' }).verdicts, ['reject']);
  assert.deepEqual(read({ ...sudo, _UID: '1002', _COMM: 'sudo' }).verdicts, ['emit']);
  assert.deepEqual(read({ ...sudo, _UID: '1002' }).verdicts, ['reject']);
  const login = {
    ...ENTRY,
    SYSLOG_IDENTIFIER: 'sshd',
    MESSAGE: 'Accepted publickey for dev from 203.0.113.9 port 5 ssh2',
  };
  assert.deepEqual(read({ ...login, _UID: '105', _EXE: '/usr/lib/openssh/sshd-session' }).verdicts, ['emit']);
});

const AUDIT = {
  __REALTIME_TIMESTAMP: '1795253232500000',
  _SOURCE_REALTIME_TIMESTAMP: '1795253232494000',
  _HOSTNAME: 'mx1',
  _TRANSPORT: 'audit',
  _AUDIT_ID: '91',
  SYSLOG_IDENTIFIER: 'audit',
};
const SYSCALL =
  'arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=2 ppid=100 pid=200 auid=1001 uid=1001 gid=1001 euid=1001 suid=1001 fsuid=1001 egid=1001 sgid=1001 fsgid=1001 tty=pts0 ses=7 comm="tool" exe="/usr/bin/tool" key=(null)';

test('records of one event, spread over entries of any age of journald, are one event', () => {
  for (const [type, message] of [
    ['SYSCALL', `SYSCALL ${SYSCALL}`],
    ['SYSCALL', `<audit-1300> ${SYSCALL}`],
    ['AUDIT1300', `AUDIT1300 ${SYSCALL}`],
  ]) {
    const { events } = read({ ...AUDIT, _AUDIT_TYPE_NAME: type, MESSAGE: message }, ENTRY, {
      ...AUDIT,
      _AUDIT_TYPE_NAME: 'EXECVE',
      MESSAGE: 'EXECVE argc=2 a0="tool" a1=6120622063',
    });
    const started = events.find(event => event.kind === 'process.started');
    assert.deepEqual(started?.argv, ['tool', 'a b c']);
    assert.deepEqual([started?.time, started?.order, started?.host], [1795253232494, 91, 'mx1']);
  }
  assert.deepEqual(read({ ...AUDIT, MESSAGE: `SYSCALL ${SYSCALL}` }).verdicts, ['reject'], 'no type');
});

test('records that the kernel prints, and those that a dispatcher sends on, are audit records', () => {
  const record = `audit(1795253232.494:91): ${SYSCALL}`;
  const kernel = { ...ENTRY, _TRANSPORT: 'kernel', SYSLOG_IDENTIFIER: 'kernel' };
  const kinds = (entry: object) => read(entry).events.map(event => event.kind);
  assert.deepEqual(kinds({ ...kernel, MESSAGE: `audit: type=1300 ${record}` }), ['process.started']);
  assert.deepEqual(kinds({ ...kernel, MESSAGE: 'usb 1-1: new device type=1300' }), []);
  const dispatched = { ...ENTRY, SYSLOG_IDENTIFIER: 'audisp-syslog', MESSAGE: `type=SYSCALL msg=${record}` };
  assert.deepEqual(kinds({ ...dispatched, _UID: '0' }), ['process.started']);
  assert.deepEqual(kinds({ ...dispatched, _UID: '1003', _EXE: '/usr/bin/logger' }), []);
});

/** An entry in the export format; values given as bytes are written with their length. */
function entry(fields: Readonly<Record<string, string | Buffer>>): Buffer {
  const pieces = Object.entries(fields).flatMap(([name, value]) => {
    if (typeof value === 'string') return [Buffer.from(`${name}=${value}\n`)];
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(value.length));
    return [Buffer.from(`${name}\n`), size, value, Buffer.from('\n')];
  });
  return Buffer.concat([...pieces, Buffer.from('\n')]);
}

test('lengths and data that hold line ends, and data of every length, are read by bytes', () => {
  const command = (text: string) => Buffer.from(`(clerk) CMD (${text})`);
  for (const text of ['a\nb', 'a\r\nb', 'a\rb', 'a\n\n\nb', 'a\r\n\r\nb', 'MESSAGE=x\n\n__REALTIME_TIMESTAMP=1']) {
    const other = { ...ENTRY, __REALTIME_TIMESTAMP: '1795253233500000' };
    for (const junk of [0, 1, 9, 10, 13, 2570, 3338]) {
      const content = Buffer.concat([
        entry({ ...ENTRY, JUNK: Buffer.alloc(junk, 10), MESSAGE: command(text) }),
        entry({ ...other, JUNK: Buffer.alloc(junk, 13) }),
      ]);
      for (const blockBytes of [1, 3, 100_000]) {
        const { events, reasons } = readLog(journaldExportFormat, content, blockBytes);
        assert.deepEqual(
          events.map(event => event.kind === 'job.started' && event.command),
          [text, '/home/clerk/bin/report'],
        );
        assert.ok(!reasons.has('journal entry that is not in the export format'));
      }
    }
  }
});

test('a broken entry costs itself alone, and one cut off by the end of the file is told', () => {
  const next = entry({ ...ENTRY, __REALTIME_TIMESTAMP: '1795253233500000' });
  const good = (content: Buffer) => readLog(journaldExportFormat, content).events.length;
  const whole = entry(ENTRY);
  assert.equal(good(Buffer.concat([Buffer.from('no field here\nMESSAGE=x\n\n'), next])), 1);
  assert.equal(good(Buffer.concat([Buffer.from('MESSAGE\n\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff'), next, next])), 1);
  const tooLong = Buffer.concat([entry({ MESSAGE: Buffer.from('abc') }).subarray(0, -2), Buffer.from('d\n\n')]);
  assert.equal(good(Buffer.concat([tooLong, next])), 1);
  const cut = readLog(journaldExportFormat, Buffer.concat([next, whole.subarray(0, -1)]));
  assert.equal(cut.events.length, 1);
  assert.equal(cut.drops.get('entry cut off by the end of its file'), 1);
});

test('a field that nobody reads may be of any size', () => {
  const dump = entry({ ...ENTRY, COREDUMP: Buffer.alloc(3_000_000, 0xff), _COMM: 'cron' });
  const { events, reasons } = readLog(journaldExportFormat, dump);
  assert.equal(events.length, 0, 'a line longer than is read at all takes its entry along');
  assert.equal(reasons.get('journal entry that is not in the export format'), 1);
  const lines = entry({ ...ENTRY, COREDUMP: Buffer.from('0123456789abcde\n'.repeat(100_000)) });
  assert.equal(readLog(journaldExportFormat, lines).events.length, 1);
});
