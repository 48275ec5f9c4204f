import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { WatchEvent } from '../../events/event.ts';
import { compareEvents } from '../../events/event.ts';
import { auditFormat } from '../audit/format.ts';
import { decodeAll, formatOf } from '../recorded.test-support.ts';
import { syslogFormat } from '../syslog/format.ts';
import { read, verdictOf } from '../syslog/replay.test-support.ts';

const CASES = '../../analytics/an0656-phishing-attachment-executed/cases';
const unpacked = (path: string) => gunzipSync(readFileSync(join(import.meta.dirname, path)));
const plain = (events: readonly WatchEvent[], movedMs: number) =>
  [...events].sort(compareEvents).map(({ ref: _, ...rest }) => {
    const { userName: __, ...event } = { userName: '', ...rest };
    return { ...event, time: event.time + movedMs };
  });

for (const [recording, recorded, movedMs] of [
  ['zip-hidden-child.syslog', 'fires.zip-hidden-child', 747_000],
  ['loader-memfd.rfc5424', 'fires.loader-memfd', 689_000],
] as const) {
  test(`${recording}: what audisp-syslog sent on gives the events of the audit log`, () => {
    const content = unpacked(`recordings/${recording}.gz`);
    assert.equal(formatOf(content), syslogFormat);
    const sent = decodeAll(syslogFormat, content);
    const raw = decodeAll(auditFormat, unpacked(`${CASES}/${recorded}/audit.log.gz`));
    assert.ok(raw.events.length > 50);
    assert.deepEqual(plain(sent.events, 0), plain(raw.events, movedMs));
    assert.deepEqual(
      sent.verdicts.filter(verdict => verdict.tag === 'reject'),
      [],
    );
  });
}

const NUMBERS: Readonly<Record<string, number>> = {
  SYSCALL: 1300,
  PATH: 1302,
  SOCKADDR: 1306,
  CWD: 1307,
  EXECVE: 1309,
  PROCTITLE: 1327,
  CONFIG_CHANGE: 1305,
  LOGIN: 1006,
  USER_START: 1105,
  USER_LOGIN: 1112,
};

test('what the kernel prints while nobody takes records gives the events of the audit log', () => {
  const log = unpacked(`${CASES}/fires.zip-hidden-child/audit.log.gz`);
  const lines = log
    .toString('latin1')
    .trimEnd()
    .split('\n')
    // The daemon's own records are never printed by a kernel.
    .filter(line => !line.startsWith('type=DAEMON'));
  const printed = lines.map((line, index) => {
    const [, type = '', rest = ''] = /^type=(\S+) msg=(.*)$/s.exec(line) ?? [];
    const seconds = Number(/audit\((\d+)/.exec(line)?.[1]);
    const stamp = new Date(seconds * 1000).toISOString().slice(11, 19);
    return `Nov 21 ${stamp} mx1 kernel: [${(4473.6 + index / 100).toFixed(6).padStart(12)}] audit: type=${NUMBERS[type] ?? 1999} ${rest}`;
  });
  const kernel = decodeAll(syslogFormat, Buffer.from(printed.join('\n'), 'latin1'));
  const raw = decodeAll(auditFormat, Buffer.from(lines.join('\n'), 'latin1'));
  assert.deepEqual(plain(kernel.events, 0), plain(raw.events, 0));
  assert.ok(kernel.events.some(event => event.kind === 'session.started'));
  assert.ok(kernel.events.some(event => event.kind === 'sensor.health'));
});

const RUN =
  'msg=audit(1772357400.100:91): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=2 ppid=100 pid=200 auid=1001 uid=1001 gid=1001 euid=1001 suid=1001 fsuid=1001 egid=1001 sgid=1001 fsgid=1001 tty=pts0 ses=7 comm="tool" exe="/usr/bin/tool" key=(null)';
const line = (program: string, text: string) => `Mar  1 09:30:00 mx1 ${program}: ${text}`;
const kinds = (...lines: string[]) => read(lines).events.map(event => [event.kind, event.host]);

test('the host is the one that the record names, else the one that the line names', () => {
  assert.deepEqual(kinds(line('audispd', `type=SYSCALL ${RUN}`)), [['process.started', 'mx1']]);
  assert.deepEqual(kinds(line('audispd', `node=ws7 type=SYSCALL ${RUN}`)), [['process.started', 'ws7']]);
  const inFull = (node: string) => kinds(line('audispd', `node=${node} type=SYSCALL ${RUN}`));
  assert.deepEqual(inFull('mx1.example.org'), [['process.started', 'mx1']], 'the same host by its full name');
  assert.deepEqual(inFull('mx11.example.org'), [['process.started', 'mx11.example.org']]);
  assert.deepEqual(inFull('mx1'), [['process.started', 'mx1']]);
  assert.deepEqual(kinds(line('tag_audit_log', `type=SYSCALL ${RUN}`)), [['process.started', 'mx1']]);
  assert.deepEqual(kinds(`Mar  1 09:30:00 audispd: type=SYSCALL ${RUN}`), [['process.started', 'given']]);
});

test('no other program’s words are audit records, and neither are a kernel’s others', () => {
  for (const program of ['logger', 'sshd', 'postfix/smtpd', 'audispd2', 'kernel'])
    assert.deepEqual(kinds(line(program, `type=SYSCALL ${RUN}`)), [], program);
  assert.equal(
    verdictOf('kernel', 'usb 1-1: new device audit: type=1300 audit(1772357400.100:91):'),
    'skip: message that tells of no lost records',
  );
  assert.equal(verdictOf('kernel', '[12.3 audit: type=1300'), 'skip: message that tells of no lost records');
  assert.equal(verdictOf('audispd', 'audispd initialized'), 'skip: message that tells of no lost records');
  assert.equal(verdictOf('audispd', 'queue is full - dropping event'), 'emit');
});

test('what audisp-syslog interprets is refused, not guessed at', () => {
  const interpreted = 'type=SYSCALL msg=audit(11/21/26 15:31:18) : arch=x86_64 syscall=execve success=yes exit=0';
  assert.equal(verdictOf('audisp-syslog', interpreted), 'reject: malformed audit stamp');
});

test('a stamp from another age holds nothing else back, and a cut record says that arguments are missing', () => {
  const wild = RUN.replace('1772357400.100', '9999999999.100');
  const cron = (second: number) =>
    `Mar  1 09:31:${String(second).padStart(2, '0')} mx1 CRON[7]: (clerk) CMD (/home/clerk/bin/report ${second})`;
  const { events } = read([line('audispd', `type=SYSCALL ${wild}`), ...Array.from({ length: 40 }, (_, i) => cron(i))]);
  assert.equal(events.length, 41);
  const execve = 'type=EXECVE msg=audit(1772357400.100:91): argc=3 a0="tool" a1="half';
  const cut = read([line('audispd', `type=SYSCALL ${RUN}`), line('audispd', execve)]).events[0];
  assert.ok(cut?.kind === 'process.started');
  assert.deepEqual([cut.argv, cut.argvCut], [['tool', 'half'], true]);
});

test('line ends of either kind, control characters and endless fields cost themselves alone', () => {
  const end = (text: string) => `${line('audispd', text)}\r`;
  const other = RUN.replace(':91)', ':92)');
  const { events, verdicts } = read([
    end(`type=SYSCALL ${RUN}`),
    end('type=CWD msg=audit(1772357400.100:91): cwd="/home/clerk#033[31m"'),
    line('audispd', `type=EXECVE msg=audit(1772357400.100:92): argc=2 a0="x" a1="${'y'.repeat(70_000)}"`),
    line('audispd', `type=SYSCALL ${other}`),
    line('audispd', `type=${'A'.repeat(60_000)} msg=audit(1772357400.100:93): x=1`),
    line('audispd', 'type=SYSCALL msg=audit(99999999999999999999.1:1): arch=c000003e'),
    line('audispd', 'node= type= msg='),
  ]);
  assert.deepEqual(
    verdicts.map(verdict => verdict.tag),
    ['emit', 'emit', 'reject', 'emit', 'skip', 'reject', 'reject'],
  );
  const [first, second] = events;
  assert.equal(first?.kind === 'process.started' && first.cwd, '/home/clerk\x1b[31m');
  assert.equal(second?.order, 92);
  assert.equal(events.length, 2);
});
