import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../state/notices.ts';
import type { ProcessState } from '../state/processes.ts';
import type { Taint } from '../state/taint.ts';
import type { World } from '../state/world.ts';
import { type ContentCase, ContentCases } from './content-cases.ts';
import { at, REF, taintOf } from './mail-facts.test-support.ts';

const DAY = 86_400_000;
const process = (pid: number, facts: Partial<ProcessState> = {}): ProcessState =>
  ({
    pid,
    host: 'ws1',
    uid: 1003,
    exe: '/home/clerk/x',
    script: '',
    argv: ['x'],
    tty: '',
    parent: null,
    controlled: null,
    classBits: 0,
    recentChildren: [],
    ...facts,
  }) as unknown as ProcessState;

function kept(seen: readonly string[] = ['network.connected'], accepts: (taint: Taint) => boolean = () => true) {
  const watches: { readonly from: number; readonly forMs: number }[] = [];
  const world = {
    seen: (_host: string, kind: string) => seen.includes(kind),
    hosts: new Map(),
    network: {
      watch: (_host: string, from: number, forMs: number) => {
        watches.push({ from, forMs });
        return { flows: [] };
      },
      contactOf: () => null,
    },
  } as unknown as World;
  const cases = new ContentCases(accepts);
  return {
    cases,
    watches,
    tell: (facts: object) => cases.take({ host: 'ws1', time: at(100), ref: REF, ...facts } as unknown as Notice, world),
    all: (): readonly ContentCase[] => [...cases.cases.values()],
  };
}
const executed = (pid: number, facts: object = {}) => ({
  kind: 'content.executed',
  process: process(pid),
  taint: taintOf(),
  path: '/home/clerk/x',
  how: 'binary',
  strength: 'observed',
  event: { order: 1 },
  ...facts,
});
const connected = (pid: number, event: object = {}, taint = taintOf()) => ({
  kind: 'controlled.connected',
  process: process(pid),
  taint,
  event: { family: 'ipv4', address: '203.0.113.9', port: 443, outcome: 'ok', order: 2, ...event },
});
const persists = (path: string, facts: object = {}) => ({
  kind: 'persistence.written',
  process: process(1),
  taint: taintOf(),
  path,
  ...facts,
});

test('a run is told once a process and file; one that is seen makes an inferred one sure', () => {
  const of = kept();
  const [guess, sure] = [taintOf({}, { why: 'guess' }), taintOf({}, { why: 'sure' })];
  of.tell(executed(1, { strength: 'inferred', taint: guess }));
  of.tell(executed(1, { strength: 'inferred', taint: sure }));
  assert.equal(of.all()[0]?.runs[0]?.strength, 'inferred');
  of.tell(executed(1, { taint: sure }));
  of.tell(executed(1, { strength: 'inferred', taint: guess }));
  of.tell(executed(2));
  of.tell(executed(1, { path: '/home/clerk/y' }));
  assert.deepEqual(
    of.all()[0]?.runs.map(({ pid, path, strength, taint }) => [pid, path, strength, taint.step.why]),
    [
      [1, '/home/clerk/x', 'observed', 'sure'],
      [2, '/home/clerk/x', 'observed', ''],
      [1, '/home/clerk/y', 'observed', ''],
    ],
  );
});

test('a run that is seen of another origin leaves the history as it was', () => {
  const of = kept();
  of.tell(executed(1, { strength: 'inferred' }));
  of.tell(executed(1, { taint: taintOf({ id: 'other' }) }));
  const [run] = of.all()[0]?.runs ?? [];
  assert.deepEqual([run?.strength, run?.taint.origin.id], ['observed', 'o']);
});

test('a run that was seen keeps the history it was seen with', () => {
  const of = kept();
  of.tell(executed(1, { taint: taintOf({}, { why: 'first' }) }));
  of.tell(executed(1, { taint: taintOf({}, { why: 'second' }) }));
  assert.equal(of.all()[0]?.runs[0]?.taint.step.why, 'first');
});

test('runs of one origin are one case, whatever was run; else of one file, for a month', () => {
  const of = kept();
  of.tell(executed(1));
  of.tell(executed(2, { path: '/tmp/y' }));
  assert.equal(of.all().length, 1);
  const other = taintOf({ id: 'other' });
  of.tell(executed(3, { taint: other, time: at(100 + 30 * DAY - 1) }));
  assert.equal(of.all().length, 1, 'the same file');
  const late = kept();
  late.tell(executed(1));
  late.tell(executed(2, { taint: other, time: at(100 + 30 * DAY) }));
  assert.equal(late.all()[0]?.runs.length, 1, 'after a month another story');
  const nameless = kept();
  nameless.tell(executed(1, { path: '' }));
  nameless.tell(executed(2, { path: '', taint: other }));
  assert.equal(nameless.all().length, 2, 'content that is no file is told by where it came from');
  const users = kept();
  users.tell(executed(1));
  users.tell(executed(2, { taint: other, process: process(2, { uid: 1004 }) }));
  assert.equal(users.all().length, 2);
});

test('only content that the analytic asks for is taken', () => {
  const of = kept([], ({ origin }) => origin.kind === 'mail');
  of.tell(executed(1, { taint: taintOf({ kind: 'download' }) }));
  assert.equal(of.all().length, 0);
});

test('the host is watched once, for ten minutes from the first run, where it records no connections', () => {
  const blind = kept([]);
  blind.tell(executed(1));
  blind.tell(executed(2, { time: at(200) }));
  assert.deepEqual(blind.watches, [{ from: 100, forMs: 600_000 }]);
  const seen = kept();
  seen.tell(executed(1));
  assert.deepEqual([seen.watches, seen.all()[0]?.watch], [[], null]);
});

test('who started it is told as far as it is known', () => {
  const of = kept();
  of.tell(executed(1));
  of.tell(executed(2, { process: process(2, { parent: process(3, { exe: '/bin/bash', classBits: 8 }) }) }));
  assert.deepEqual(
    of.all()[0]?.runs.map(({ parent, parentClass }) => [parent, parentClass]),
    [
      ['', 0],
      ['/bin/bash', 8],
    ],
  );
});

test('a connection is told once a process and place, in both families', () => {
  const of = kept();
  of.tell(connected(1));
  assert.equal(of.all().length, 0, 'of content that was not run');
  of.tell(executed(1));
  for (const pid of [1, 1, 2]) of.tell(connected(pid));
  of.tell(connected(1, { port: 80, outcome: 'failed' }));
  of.tell(connected(1, { family: 'ipv6', address: '2001:db8::9' }));
  assert.deepEqual(
    of.all()[0]?.connections.map(({ pid, destination, failed }) => [pid, destination, failed]),
    [
      [1, '203.0.113.9:443', false],
      [2, '203.0.113.9:443', false],
      [1, '203.0.113.9:80', true],
      [1, '[2001:db8::9]:443', false],
    ],
  );
});

/** Where a program that got its own text from `url` at 30, as process 1, connects to; none when that is the fetch. */
function reaches(url: string, port: number, facts: object = {}, origin: object = {}): readonly string[] {
  const of = kept();
  const taint = taintOf({ basis: 'fetched', pid: 1, ...origin }, { object: url });
  of.tell(executed(1, { taint }));
  of.tell({ ...connected(1, { port }, taint), process: process(1, { execTime: at(30), ...facts }) });
  return (of.all()[0]?.connections ?? []).map(each => each.destination);
}

test('the connection by which a program gets its own text is no reaching out', () => {
  for (const [url, port] of [
    ['http://files.example.net/x', 80],
    ['https://files.example.net/x', 443],
    ['ftp://files.example.net/x', 21],
    ['http://files.example.net:8000/x', 8000],
  ] as const) {
    assert.deepEqual(reaches(url, port), [], url);
    assert.deepEqual(reaches(url, port + 1), [`203.0.113.9:${port + 1}`], `${url}, and elsewhere`);
  }
});

test('any other connection of what was fetched is reaching out', () => {
  const url = 'https://files.example.net/x';
  const out = ['203.0.113.9:443'];
  assert.deepEqual(reaches(url, 443, { execTime: at(31) }), out, 'the same process after it became another program');
  assert.deepEqual(reaches(url, 443, { pid: 2 }), out, 'a child, or whoever else runs it');
  assert.deepEqual(reaches(url, 443, {}, { basis: 'client-wrote' }), out, 'a download that was saved before');
  assert.deepEqual(reaches('files.example.net', 443), out, 'from where is not known');
  const child = (start: number) => process(3, { start: at(start) });
  assert.deepEqual(reaches(url, 443, { recentChildren: [child(31)] }), out, 'it has started something since');
  assert.deepEqual(reaches(url, 443, { recentChildren: [child(30)] }), out, 'in the very millisecond');
  assert.deepEqual(reaches(url, 443, { recentChildren: [child(29)] }), [], 'what it started as another program');
});

test('what runs as content from a system place is brought along, whatever stands there', () => {
  const of = kept();
  of.tell(executed(1, { path: '/usr/bin/tool' }));
  of.tell(executed(2, { path: '/home/clerk/x' }));
  for (const pid of [1, 2, 3]) of.tell(connected(pid));
  assert.deepEqual(
    of.all()[0]?.connections.map(each => each.standing),
    ['brought', 'unknown', 'unknown'],
  );
});

test('what is left behind belongs to content that was run', () => {
  const of = kept();
  of.tell(persists('/home/clerk/.profile'));
  of.tell(executed(1));
  of.tell(persists('/home/clerk/.profile'));
  of.tell(persists('/home/clerk/.bashrc', { strength: 'inferred' }));
  assert.deepEqual(
    of.all()[0]?.persistence.map(({ path, strength }) => [path, strength]),
    [
      ['/home/clerk/.profile', 'observed'],
      ['/home/clerk/.bashrc', 'inferred'],
    ],
  );
});

test('of very many the first are kept', () => {
  const of = kept();
  for (let i = 0; i < 99; i++) of.tell(executed(i, { taint: taintOf({ id: `o${i}` }) }));
  for (let i = 0; i < 99; i++) of.tell(connected(i, {}, taintOf({ id: 'o0' })));
  for (let i = 0; i < 99; i++) of.tell(persists(`/home/clerk/${i}`, { taint: taintOf({ id: 'o0' }) }));
  of.tell(executed(0, { taint: taintOf({ id: 'o0' }) }));
  const [found] = of.all();
  const ids = found?.origins.map(each => each.origin.id);
  assert.deepEqual(ids, ['o0', 'o1', 'o2', 'o3', 'o4', 'o5']);
  for (const list of [found?.runs, found?.connections, found?.persistence]) assert.equal(list?.length, 12);
});
