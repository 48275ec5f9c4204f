import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { syslogFormat } from './format.ts';
import { contextOf, read } from './replay.test-support.ts';

const SAID = 'postfix/qmgr[9]: 1A2B3C4D5E: removed';
const at = (line: string | Buffer, over = {}): string => {
  const { events } = read([line], over);
  return events[0] === undefined ? '-' : `${new Date(events[0].time).toISOString()} ${events[0].host}`;
};

test('every framing that syslogd, rsyslog, busybox and journalctl write', () => {
  const same = '2026-03-01T09:30:00.000Z mx1';
  for (const head of [
    'Mar  1 09:30:00 mx1',
    'Mar 01 09:30:00 mx1',
    'Mar 1 09:30:00 mx1',
    '<22>Mar  1 09:30:00 mx1',
    'Mar  1 2026 09:30:00 mx1',
    'Mar  1 09:30:00 2026 mx1',
    'Mar 01 09:30:00.000000 mx1',
    'Mar  1 09:30:00 mx1 mail.info',
    'Mar  1 09:30:00 <mail.info> mx1',
    '2026-03-01T09:30:00Z mx1',
    '2026-03-01T09:30:00+00:00 mx1',
    '2026-03-01T10:30:00.000000+01:00 mx1',
    '2026-03-01T10:30:00+0100 mx1',
    '2026-03-01T04:00:00-05:30 mx1',
    '2026-03-01 09:30:00 mx1',
    '2026-03-01 09:30:00,000 mx1',
    'Sun 2026-03-01 09:30:00 UTC mx1',
    'Sun 2026-03-01 10:30:00 CET mx1',
    '1772357400.000000 mx1',
    '@4000000069a4072200000000 mx1',
  ]) {
    assert.equal(at(`${head} ${SAID}`), same, head);
  }
  for (const head of [
    '<22>1 2026-03-01T09:30:00.000Z mx1 postfix/qmgr 9 - -',
    '1 2026-03-01T09:30:00Z mx1 postfix/qmgr 9 ID7 [a@1 x="]\\"" y="2"][b@2]',
    '<22>1 2026-03-01T09:30:00Z mx1 postfix/qmgr - - - \u{feff}',
  ]) {
    assert.equal(at(`${head}${head.endsWith('\u{feff}') ? '' : ' '}1A2B3C4D5E: removed`), same, head);
  }
});

test('microseconds are kept', () => {
  assert.equal(
    read([`2026-03-01T09:30:00.123456+00:00 mx1 ${SAID}`]).events[0]?.time,
    Date.UTC(2026, 2, 1, 9, 30, 0) + 123.456,
  );
});

test('a TAI64N label is read as tai64n(8) writes it; what only looks like one is no stamp', () => {
  // The label that the manual page takes apart: 935467455.787492500 s after the beginning of 1970 TAI.
  assert.equal(read([`@4000000037c219bf2ef02e94 mx1 ${SAID}`]).events[0]?.time, 935_467_445_787.492);
  for (const label of [
    '@4000000037c219bf2ef02e9',
    '@4000000037c219bf2ef02e94a',
    '@4000000037c219bfffffffff',
    '@4000000037C219BF2EF02E94',
    '@500000000000000000000000',
    '@4000000000000001000000000',
  ])
    assert.equal(read([`${label} mx1 ${SAID}`]).verdicts[0]?.tag, 'reject', label);
});

test('a line without a host has the default host; a zone of the context is applied', () => {
  assert.equal(at(`Mar  1 09:30:00 ${SAID}`), '2026-03-01T09:30:00.000Z given');
  assert.equal(at(`Mar  1 09:30:00 mx1 ${SAID}`, { zoneOffsetMinutes: 120 }), '2026-03-01T07:30:00.000Z mx1');
});

test('a log that runs from December into January goes on in the next year, and a late December line stays behind', () => {
  const years = read(
    ['Dec 31 23:59:58', 'Jan  1 00:00:00', 'Dec 31 23:59:59', 'Feb 28 00:00:00'].map(stamp => `${stamp} mx1 ${SAID}`),
    { latenessMs: 0 },
  ).events.map(each => new Date(each.time).getUTCFullYear());
  assert.deepEqual(
    years.sort((a, b) => a - b),
    [2025, 2025, 2026, 2026],
  );
});

test('stamps lie at or before the end of the evidence; a host that boots with an old clock does not move the year', () => {
  assert.equal(at(`Nov  3 09:30:00 mx1 ${SAID}`), '2025-11-03T09:30:00.000Z mx1');
  const times = read(
    ['Mar  5 10:00:00', 'Jan  1 00:00:07', 'Mar  5 10:00:09'].map(stamp => `${stamp} mx1 ${SAID}`),
  ).events.map(each => new Date(each.time).getUTCFullYear());
  assert.deepEqual(times, [2026, 2026, 2026]);
});

test('the 29th of February is put into a leap year, other days that do not exist are refused', () => {
  assert.equal(at(`Feb 29 09:30:00 mx1 ${SAID}`), '2024-02-29T09:30:00.000Z mx1');
  for (const stamp of [
    'Feb 30 09:30:00',
    '2026-02-29T09:30:00Z',
    'Mar  1 24:00:00',
    'Mar 32 09:30:00',
    '2026-13-01T00:00:00Z',
  ]) {
    assert.deepEqual(
      read([`${stamp} mx1 ${SAID}`]).verdicts[0],
      { tag: 'reject', reason: 'no syslog time stamp' },
      stamp,
    );
  }
});

test('lines that are not messages say so', () => {
  const reasons = read([
    '',
    '   ',
    '\tcontinued postfix/qmgr[9]: 1A2B3C4D5E: removed',
    '  Mar  1 09:30:00 mx1 postfix/qmgr[9]: 1A2B3C4D5E: removed',
    '-- Boot 0123 --',
    'Mar  1 09:30:00 mx1 lookup for opt failed',
    'Mar  1 09:30:00 mx1 NetworkManager[12]: x',
    'no stamp',
    'Mar  1 09:30:00',
    '{"a": 1}',
  ]).verdicts.map(each => (each.tag === 'emit' ? each.tag : `${each.tag} ${each.reason}`));
  assert.deepEqual(reasons, [
    'skip empty line',
    'skip empty line',
    'skip continuation line',
    'skip continuation line',
    'skip journal marker',
    'skip no program tag',
    'skip program not used',
    'reject no syslog time stamp',
    'reject syslog header ends early',
    'reject no syslog time stamp',
  ]);
});

test('carriage returns and zero bytes at the end of a line are not text', () => {
  assert.equal(read([`Mar  1 09:30:00 mx1 ${SAID}\r`, `Mar  1 09:30:01 mx1 ${SAID}\0`]).events.length, 2);
});

test("rsyslog's control escapes are put back, bytes that are not UTF-8 are replaced, UTF-8 is kept", () => {
  const [first] = read(['Mar  1 09:30:00 mx1 CRON[1]: (root) CMD (a#011b#012c #0123 #9)']).events;
  assert.equal(first?.kind === 'job.started' && first.command, 'a\tb\nc \n3 #9');
  const bytes = Buffer.concat([
    Buffer.from('Mar  1 09:30:00 mx1 CRON[1]: (root) CMD (gr\u00fc\u00df '),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(')'),
  ]);
  const [second] = read([bytes]).events;
  assert.equal(second?.kind === 'job.started' && second.command, 'gr\u00fc\u00df \ufffd\ufffd');
});

test('repetitions stand for so many messages, within reason', () => {
  const connect = 'postfix/smtpd[9]: connect from a.example[192.0.2.1]';
  const text = connect.slice(18);
  assert.equal(read([`Mar  1 09:30:00 mx1 postfix/smtpd[9]: message repeated 3 times: [ ${text}]`]).events.length, 3);
  assert.equal(
    read([`Mar  1 09:30:00 mx1 ${connect}`, 'Mar  1 09:30:05 mx1 last message repeated 2 times']).events.length,
    3,
  );
  assert.equal(
    read([`Mar  1 09:30:00 mx1 ${connect}`, 'Mar  1 09:30:05 mx2 last message repeated 2 times']).events.length,
    1,
  );
  const much = read([`Mar  1 09:30:00 mx1 postfix/smtpd[9]: message repeated 99999 times: [ ${text}]`]);
  assert.deepEqual([much.events.length, much.drops.get('repetition beyond the cap')], [256, 99743]);
});

test('a line longer than 64 KiB is cut, read as far as it goes, and told', () => {
  const { events, verdicts } = read([
    `Mar  1 09:30:00 mx1 ${SAID.replace('removed', `message-id=<${'x'.repeat(200_000)}>`).replace('qmgr', 'cleanup')}`,
  ]);
  assert.equal(verdicts[0]?.tag, 'reject');
  assert.equal(events.length, 1);
  assert.ok(events[0]?.kind === 'mail.identified' && events[0].messageId.length < 65_536);
});

test('the same line twice is one record, late ones are emitted and counted', () => {
  const lines = [
    `Mar  1 09:30:00 mx1 ${SAID}`,
    `Mar  1 09:30:00 mx1 ${SAID}`,
    `Mar  1 09:40:00 mx1 ${SAID}`,
    `Mar  1 09:31:00 mx1 ${SAID}`,
    `Mar  1 09:50:00 mx1 ${SAID}`,
  ];
  const { events, drops } = read(lines);
  assert.equal(events.length, 4);
  assert.deepEqual([...drops], [['duplicate line', 1]]);
  const late = read([...lines.slice(0, 3), `Mar  1 09:50:00 mx1 ${SAID}`, `Mar  1 09:31:00 mx1 ${SAID}`]);
  assert.equal(late.events.length, 4);
  assert.equal(late.drops.get('late'), 1);
});

test('events leave in the order of time, whatever the order of lines within the lateness', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4000), { minLength: 1, maxLength: 60 }), delays => {
      const start = Date.UTC(2026, 2, 1);
      const lines = delays.map((delay, i) => ({
        key: i * 700 + delay,
        line: `${new Date(start + i * 700).toISOString()} mx1 postfix/qmgr[9]: ${(0x1000000 + i).toString(16).toUpperCase()}: removed`,
      }));
      lines.sort((a, b) => a.key - b.key);
      const { events, drops } = read(lines.map(each => each.line));
      assert.deepEqual(
        events.map(each => each.time),
        delays.map((_, i) => start + i * 700),
      );
      assert.equal(drops.size, 0);
    }),
  );
});

test('recognises logs by their lines, and neither exim, dpkg, audit nor JSON', () => {
  assert.ok(syslogFormat.recognise(Buffer.from(`Mar  1 09:30:00 mx1 ${SAID}\nMar  1 09:30:00 mx1 ${SAID}\n`)) > 0.9);
  for (const other of [
    'type=SYSCALL msg=audit(1.2:3): arch=c000003e\n',
    '2026-03-01 09:30:00 1r2abc-000000-00 <= a@example.org H=x [192.0.2.1]\n',
    '2026-03-01 09:30:00 status installed foo:amd64 1.0\n',
    '{"MESSAGE":"x"}\n',
    '#fields\tts\tuid\n',
    'root:x:0:0:root:/root:/bin/sh\n',
  ]) {
    assert.equal(syslogFormat.recognise(Buffer.from(other)), 0, other);
  }
});

test('tells host, first time and whether years are missing', () => {
  const plain = Buffer.from(`junk\nMar  1 09:30:00 mx1 ${SAID}\n`);
  assert.equal(syslogFormat.hostOf(plain), 'mx1');
  assert.equal(syslogFormat.firstTime(plain, contextOf()), Date.UTC(2026, 2, 1, 9, 30));
  assert.equal(syslogFormat.yearless(plain), true);
  assert.equal(syslogFormat.yearless(Buffer.from(`2026-03-01T09:30:00Z mx1 ${SAID}\n`)), false);
});

test('a cap on held events lets the oldest go early and says so', () => {
  const lines = Array.from(
    { length: 200_002 },
    (_, i) => `Mar  1 09:30:00 mx1 postfix/qmgr[9]: ${(0x1000000 + i).toString(16).toUpperCase()}: removed`,
  );
  const { events, drops } = read(lines);
  assert.equal(events.length, 200_002);
  assert.ok((drops.get('held events emitted early') ?? 0) > 0);
});
