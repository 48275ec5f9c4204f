import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../events/event.ts';
import type { Plan } from './plan.ts';
import { ZoneWitness } from './zone-witness.ts';
import { namesNoZone, offsetText, zoneOf, zoneProblems, zonesOf } from './zones.ts';

const T = Date.UTC(2026, 10, 21, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const started = (pid: number, exe: string, time: number, host = 'mx1'): WatchEvent =>
  ({ kind: 'process.started', host, time, actor: { pid, exe } }) as unknown as WatchEvent;
const session = (pid: number, program: string, time: number): WatchEvent =>
  ({ kind: 'session.started', host: 'mx1', time, pid, program }) as unknown as WatchEvent;

/** What is found where daemons write so long after they started. */
function after(...apart: readonly number[]) {
  const witness = new ZoneWitness();
  apart.forEach((ms, i) => {
    witness.saw(started(100 + i, '/usr/lib/postfix/sbin/smtpd', T + i * MINUTE));
    witness.wrote('mx1', 'postfix/smtpd', 100 + i, T + i * MINUTE + ms);
  });
  return witness.found();
}

test('processes that both tell of give the zone, whichever comes first', () => {
  assert.deepEqual(after(2 * HOUR, 2 * HOUR + 900, 2 * HOUR + 59_000), [
    { host: 'mx1', minutes: 120, agreeing: 3, compared: 3 },
  ]);
  assert.equal(after(-5 * HOUR, -5 * HOUR + 1, -5 * HOUR - 4000)[0]?.minutes, -300);
  assert.equal(after(345 * MINUTE, 345 * MINUTE, 345 * MINUTE)[0]?.minutes, 345);
  const witness = new ZoneWitness();
  for (const pid of [7, 8, 9]) {
    witness.wrote('mx1', 'CRON', pid, T + HOUR);
    witness.saw(session(pid, '/usr/sbin/cron', T));
  }
  assert.equal(witness.found()[0]?.minutes, 60);
});

test('the zone that is right, too few, and those that do not agree say nothing', () => {
  assert.deepEqual(after(0, 10, 20, 30), []);
  assert.deepEqual(after(2 * HOUR, 2 * HOUR), [], 'two');
  assert.deepEqual(after(2 * HOUR, 2 * HOUR, 2 * HOUR, HOUR), [], 'summer time ended in between');
  assert.equal(after(2 * HOUR, 2 * HOUR, 2 * HOUR, 2 * HOUR, 5 * HOUR)[0]?.agreeing, 4);
  assert.deepEqual(after(14 * HOUR + 15 * MINUTE, 15 * HOUR, 16 * HOUR), [], 'no zone is so far away');
  assert.equal(after(14 * HOUR, 14 * HOUR, 14 * HOUR)[0]?.minutes, 840);
  assert.deepEqual(after(2 * HOUR + 61_000, 2 * HOUR + 7 * MINUTE, 2 * HOUR - 6000), [], 'no whole quarter of an hour');
});

test('only the same process of the same host, and the first that is told of it, is compared', () => {
  const witness = new ZoneWitness();
  for (const pid of [10, 11, 12]) {
    witness.saw(started(pid, '/usr/sbin/cron', T));
    witness.saw(started(pid + 10, '/usr/bin/sh', T));
    witness.saw(started(pid + 20, '/usr/sbin/cron', T, 'ws3'));
    for (const it of [pid, pid + 10, pid + 20, -1, 0, 1]) witness.wrote('mx1', 'CRON', it, T + HOUR);
    witness.wrote('mx1', 'CRON', pid, T + 3 * HOUR);
    witness.saw(started(-1, '', T));
  }
  assert.deepEqual(witness.found(), [{ host: 'mx1', minutes: 60, agreeing: 3, compared: 3 }]);
});

test('hosts are told apart, and one that is named in full is the same', () => {
  const witness = new ZoneWitness();
  for (const pid of [30, 31, 32]) {
    witness.saw(started(pid, '/usr/sbin/cron', T, 'ws3.example.org'));
    witness.wrote('ws3', 'cron', pid, T - HOUR);
    witness.saw(started(pid, '/usr/sbin/cron', T, 'mx1'));
    witness.wrote('mx1.example.org', 'cron', pid, T + HOUR);
  }
  const found = witness.found();
  assert.deepEqual(
    found.map(({ host, minutes }) => `${host} ${minutes}`),
    ['mx1 60', 'ws3 -60'],
  );
  const zones = zonesOf(found, 30);
  assert.deepEqual(
    ['mx1.example.org', 'ws3', 'mx2'].map(host => zoneOf(zones, host, 30)),
    [90, -30, 30],
  );
});

test("names in a log may be anybody's: hosts beyond a number are not compared", () => {
  const witness = new ZoneWitness();
  for (let i = 0; i < 300; i++)
    for (const pid of [30, 31, 32]) {
      witness.saw(started(pid, '/usr/sbin/cron', T, `h${i}`));
      witness.wrote(`h${i}`, 'cron', pid, T + HOUR);
    }
  assert.equal(witness.found().length, 256);
});

test('other events are no witness', () => {
  const witness = new ZoneWitness();
  for (const pid of [10, 11, 12]) {
    witness.saw({ ...started(pid, '/usr/sbin/cron', T), kind: 'process.exited' } as WatchEvent);
    witness.wrote('mx1', 'cron', pid, T + HOUR);
  }
  assert.deepEqual(witness.found(), []);
});

test('an offset reads as people write it', () => {
  assert.deepEqual([0, 120, -330, 345, -60].map(offsetText), ['+00:00', '+02:00', '-05:30', '+05:45', '-01:00']);
});

test('a zone is said to be applied only where a log is known by that host', () => {
  const found = [{ host: 'ws3', minutes: 60, agreeing: 3, compared: 3 }];
  const log = (host: string, id = 'syslog') =>
    [{ host, format: { id }, files: [{ file: { name: 'all.log' } }] }] as unknown as Plan['logs'];
  const said = (isApplied: boolean, logs: Plan['logs']) =>
    zoneProblems(found, 0, isApplied, logs).map(({ source, message }) => `${source} ${message.slice(35, 42)}`);
  assert.deepEqual(said(true, log('ws3.example.org')), ['all.log +01:00:']);
  for (const [isApplied, logs, source] of [
    [true, log('mx1'), 'ws3'],
    [true, log('ws3', 'audit'), 'ws3'],
    [false, log('ws3'), 'all.log'],
  ] as const)
    assert.deepEqual(said(isApplied, logs), [`${source} +00:00,`]);
});

test('a log names no zone where its first stamp is another moment in another zone', () => {
  const at = (time: (zone: number) => number): boolean =>
    namesNoZone({ firstTime: (_, { zoneOffsetMinutes }) => time(zoneOffsetMinutes) }, Buffer.alloc(0), T);
  assert.equal(
    at(zone => T - zone * MINUTE),
    true,
  );
  assert.equal(
    at(() => T),
    false,
  );
  assert.equal(
    at(() => Number.NaN),
    false,
    'it has no stamp',
  );
});
