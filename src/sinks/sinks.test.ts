import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { json } from './json.ts';
import { widthOf, wrap } from './layout.ts';
import { markdown } from './markdown.ts';
import { codeBlock, codeSpan, markdownText } from './markdown-text.ts';
import { ndjson } from './ndjson.ts';
import { pretty } from './pretty.ts';
import { printable, shellWord } from './printable.ts';
import { rawExcerpt } from './raw-excerpt.ts';
import type { ScanView } from './scan-view.ts';
import { alertOf, HOSTILE, hostileAlert, sourceOf, viewOf } from './view.test-support.ts';

const shown = (view: ScanView, width = 100, color = false): string => [...pretty(view, { width, color })].join('');
const report = (view: ScanView): string => [...markdown(view)].join('');

const hostileView = (): ScanView => ({
  ...viewOf([hostileAlert()], {
    sources: [sourceOf({ name: HOSTILE, host: HOSTILE, rejected: new Map([[HOSTILE, 1]]) })],
    problems: [{ code: HOSTILE, source: HOSTILE, message: HOSTILE, level: 'unreadable' }],
    absent: [{ telemetry: HOSTILE, unlocks: HOSTILE, analytics: [], blind: [] }],
    evictions: new Map([[HOSTILE, 1]]),
  }),
  evidence: [HOSTILE],
});

test('pretty tells the story, the timeline with raw records and their places, the links and what is missing', () => {
  const text = shown(viewOf([alertOf()]));
  for (const part of [
    'Read     1 file, 1,200 lines, 900 events, 2 rejected',
    'Period   2026-03-01T09:00:00.000Z to 2026-03-01T10:00:00.000Z (UTC)',
    'HIGH  Attachment executed after delivery',
    '  1  2026-03-01T09:30:00.000Z  mail.delivered  Message 4XyZ was delivered to bob@example.com.',
    '     mail.log, byte 120',
    '     | Mar  1 09:30:00 mx1 postfix/local[812]: 4XyZ: to=<bob@example.com>, relay=local',
    '     inferred: there is no record of this step',
    '    inferred     1 mail.delivered → 2 file.created: bob owns both',
    '    - File creation under /home is not audited on mx1.',
    '  Why high, +40 points in all',
    '    +40   executed: an execve record (steps 1, 2)',
    '          To run it does the harm. ScriptInterpreters: bash; met by /usr/bin/bash.',
    '    +2    if it had connected out: no network evidence covers mx1',
    '    −10   if an inventory entry approved it: none does',
    '    1.  Isolate mx1.',
    '  - memory cap processesMax was hit: 3 entries forgotten early',
    '  - execve records: would unlock what was executed (AN0656 blind; AN0321 limited)',
    "  watchpost scan '/evidence/mx 1' --format markdown -o report.md",
    '  watchpost explain mail.log --rejects-only',
  ]) {
    assert.ok(text.includes(part), `${part}\n\n${text}`);
  }
});

test('nothing alerted is never shown as nothing happened', () => {
  const text = shown(viewOf([]));
  assert.match(text, /Alerts {3}none/);
  assert.match(text, /No alert is not proof that nothing happened/);
  assert.match(text, /execve records: would unlock what was executed/);
  assert.match(report(viewOf([])), /No alert is not proof/);
});

test('alerts that a filter hides are counted', () => {
  const view = { ...viewOf([alertOf(), alertOf({ id: 'wp-2' })]), alerts: [alertOf()] };
  assert.match(shown(view), /1 alert not shown/);
  assert.match(report(view), /1 alert not shown/);
  const outside = { ...viewOf([], { alertsOutside: 3 }), alerts: [] };
  assert.match(shown(outside), /3 alerts not shown, by --min-severity, --since or --until/);
  assert.equal((JSON.parse([...json(outside)].join('')) as { alertsHidden: number }).alertsHidden, 3);
  // What an exception hid and the user asked for stands beside the report's own.
  const excepted = { ...viewOf([alertOf()]), alerts: [alertOf({ id: 'wp-9' })] };
  assert.match(shown(excepted), /1 alert not shown/);
});

test('on a narrow terminal what happened stands below its time and kind', () => {
  const text = shown(viewOf([alertOf()]), 76);
  assert.match(text, /T09:30:00\.000Z {2}mail\.delivered\n {5}Message 4XyZ was delivered to bob@example\.com\.\n/);
});

test('no line of any terminal output is wider than the terminal', () => {
  const wide = alertOf({ title: '請求書'.repeat(40), story: `${'😀e\u0301'.repeat(90)} end`, next: ['x'.repeat(500)] });
  for (const width of [60, 80, 133]) {
    for (const line of shown({ ...hostileView(), alerts: [wide, hostileAlert()], evidence: ['e'] }, width).split(
      '\n',
    )) {
      const isCommand = line.startsWith('  watchpost ');
      assert.ok(isCommand || widthOf(line) <= width, `${width}: ${line}`);
    }
  }
});

test('no outsider can move the cursor, forge a line or turn text around, in any format', () => {
  const view = hostileView();
  const outputs = {
    pretty: shown(view),
    markdown: report(view),
    json: [...json(view)].join(''),
    ndjson: [...ndjson(view.alerts)].join(''),
  };
  for (const [name, text] of Object.entries(outputs)) {
    assert.doesNotMatch(text, /[^\n\x20-\x7e\u00a0-\u1fff\u2010-\u2027\u2030-\uffff]|[\u202a-\u202e\u200b]/, name);
  }
  for (const line of outputs.pretty.split('\n')) assert.doesNotMatch(line, /^\s*HIGH {2}forged/);
  for (const line of outputs.markdown.split('\n')) assert.doesNotMatch(line, /^\s*# forged/);
  assert.equal(outputs.ndjson.split('\n').length, 2);
});

test('colour changes nothing but colour', () => {
  const view = viewOf([alertOf()]);
  const colored = shown(view, 100, true);
  assert.notEqual(colored, shown(view));
  assert.equal(stripVTControlCharacters(colored), shown(view));
});

test('how long a scan took is in none of its outputs', () => {
  const all = (elapsedMs: number): string => {
    const view = viewOf([alertOf()], { elapsedMs });
    return shown(view) + report(view) + [...json(view)].join('') + [...ndjson(view.alerts)].join('');
  };
  assert.equal(all(1), all(999_999));
});

test('json is one document that holds every alert and all that was not seen', () => {
  const view = viewOf([alertOf()], { firstTime: Number.NaN });
  const document = JSON.parse([...json(view)].join('')) as Record<string, unknown>;
  assert.equal(document.schema, 'watchpost.scan/1');
  assert.deepEqual(document.alerts, [alertOf()]);
  assert.equal(document.firstTime, null);
  assert.deepEqual(document.evictions, { processesMax: 3 });
  assert.deepEqual(document.absent, view.report.absent);
  assert.deepEqual((JSON.parse([...json(viewOf([]))].join('')) as { alerts: unknown }).alerts, []);
});

test('ndjson is one alert a line and nothing else', () => {
  const lines = [...ndjson([alertOf(), alertOf({ id: 'wp-2' })])].join('').trimEnd().split('\n');
  assert.deepEqual(
    lines.map(line => JSON.parse(line) as unknown),
    [alertOf(), alertOf({ id: 'wp-2' })],
  );
  assert.equal([...ndjson([])].join(''), '');
});

test('printable leaves what has been made visible as it is', () => {
  assert.equal(printable('a\\x1bb \\ c'), 'a\\x1bb \\ c');
  assert.equal(printable(printable(HOSTILE)), printable(HOSTILE));
  assert.equal(printable('\u001b\\\n'), '\\x1b\\\\n');
  const long = printable('😀'.repeat(10_000));
  assert.ok(long.length < 9000 && long.isWellFormed());
});

test('of what auditd adds in names the terminal shows the login and the user', () => {
  const head =
    'type=SYSCALL msg=audit(1772357400.000:9): arch=c000003e syscall=59 success=yes ppid=1 pid=2 auid=1001 uid=0';
  const syscall = `${head} gid=0 tty=pts1 ses=4 comm="a" exe="/usr/bin/a" key=(null)`;
  const path = 'type=PATH msg=audit(1772357400.000:9): item=0 name="/usr/bin/a"';
  const shownOf = (line: string) => rawExcerpt([line, path]).lines[0];
  const plain =
    'type=SYSCALL msg=audit(1772357400.000:9): … ppid=1 pid=2 auid=1001 uid=0 … tty=pts1 ses=4 comm="a" exe="/usr/bin/a" key=(null)';
  assert.equal(shownOf(syscall), plain);
  const names = 'ARCH=x86_64 SYSCALL=execve AUID="ops" UID="root" GID="root" EUID="root"';
  assert.equal(shownOf(`${syscall}\\x1d${names}`), `${plain} … AUID="ops" UID="root"`);
  const forged = syscall.replace('/usr/bin/a', '/tmp/1\\\\x1dARCH=x UID=0');
  assert.equal(shownOf(forged), plain.replace('/usr/bin/a', '/tmp/1\\\\x1dARCH=x UID=0'));
});

test('where nothing was read, the path is told, and not all that could be missing', () => {
  const none = viewOf([], { sources: [] });
  assert.doesNotMatch(shown(none) + report(none), /would unlock|Would unlock/);
});

test('of many files those that were read as something come first', () => {
  const names = [...Array(20).keys()].map(i => `f${String(i).padStart(2, '0')}`);
  const sources = names.map((name, i) => sourceOf({ name, format: i % 4 === 3 ? 'syslog' : '' }));
  const text = shown(viewOf([], { sources }));
  assert.match(text, /^Sources {2}f03: syslog/m);
  assert.match(text, /f19: syslog.*\n {9}f00: not recognised/);
  assert.match(text, /^ {9}and 8 more files, 8 not recognised$/m);
  const all = names.map(name => sourceOf({ name, format: 'syslog' }));
  assert.match(shown(viewOf([], { sources: all })), /^ {9}and 8 more files$/m);
});

test('wrapping loses nothing but blanks at line ends', () => {
  for (const text of ['', 'a', 'word '.repeat(50), 'x'.repeat(95), `a ${'日'.repeat(33)} b`]) {
    assert.equal(wrap(text, 20).join(' ').replaceAll(' ', ''), text.replaceAll(' ', ''));
    for (const line of wrap(text, 20)) assert.ok(widthOf(line) <= 20);
    for (const none of [0, -9]) assert.deepEqual(wrap(text, none), wrap(text, 1));
  }
});

test('a file name in a suggested command cannot become another command', () => {
  assert.equal(shellWord('mail.log'), 'mail.log');
  assert.equal(shellWord("a'; rm -rf ~ #"), `'a'\\''; rm -rf ~ #'`);
  assert.equal(shellWord('$(id)'), "'$(id)'");
  assert.equal(shellWord('-rf'), "'-rf'");
});

test('markdown text forms no markup, link, mention or cell', () => {
  assert.equal(markdownText('see http://evil.example, now'), 'see `http://evil.example`, now');
  assert.equal(markdownText('the id (<a@b.example>).'), 'the id (`<a@b.example>`).');
  assert.equal(markdownText('@all #12 www.x.example a@b.example'), '`@all` `#12` `www.x.example` `a@b.example`');
  assert.equal(markdownText('a | *b* [c](d) <i> `e` &lt; \\'), 'a \\| \\*b\\* \\[c\\](d) \\<i\\> \\`e\\` \\&lt; \\\\');
  assert.equal(markdownText('1. one'), '`1`. one');
  assert.equal(markdownText('    # head'), '`#` head');
  assert.equal(codeSpan('a``b`'), '``` a``b` ```');
  assert.deepEqual(codeBlock(['x', '````', 'y\n```'], ' '), [' `````text', ' x', ' ````', ' y\\n```', ' `````']);
});
