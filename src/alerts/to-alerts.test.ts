import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { sha256 } from '../core/hash.ts';
import { epochMs } from '../core/time.ts';
import { Alert } from '../events/alert.ts';
import type { Finding } from '../events/finding.ts';
import type { Ref } from '../events/ref.ts';
import type { EvidenceFile } from '../sources/contract.ts';
import { filterAlerts } from './filter-alerts.ts';
import { rawText } from './raw-text.ts';
import { toAlerts } from './to-alerts.ts';

const T0 = Date.UTC(2026, 2, 1, 9, 30);
const CONTENT = Buffer.from('first line\nsecond \xff line\r\nthird\nfourth \0 line\n', 'latin1');

function finding(change: Partial<Finding> = {}): Finding {
  return {
    analytic: 'AN0656',
    host: 'mx1',
    key: 'message-1',
    severity: 'high',
    title: 'Attachment executed',
    story: 'It ran.',
    steps: [],
    links: [],
    entities: [],
    missing: [],
    factors: [],
    wouldChange: [],
    next: [],
    exercise: false,
    ...change,
  };
}

function step(id: string, time: number, ref: Ref | null = null): Finding['steps'][number] {
  return { id, time: epochMs(time), kind: 'process.started', summary: `step ${id}`, ref };
}

const ref = (offset: number, length: number, next: Ref | null = null, source = 0): Ref => ({
  source,
  offset,
  length,
  next,
});

function files(t: { after(f: () => void): void }): (source: number) => EvidenceFile | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const stored = [CONTENT, gzipSync(CONTENT)].map((content, i) => {
    const path = join(folder, `${i}.log`);
    writeFileSync(path, content);
    const compression = i === 0 ? 'none' : 'gzip';
    const name = `host/${i}.log`;
    return { name, path, family: path, sizeBytes: content.length, mtimeMs: 0, compression, sample: CONTENT } as const;
  });
  return source => stored[source];
}

test('shows the raw record behind each step, from plain and from compressed evidence', async t => {
  const resolve = files(t);
  const steps = [step('a', T0, ref(0, 10)), step('b', T0 + 1, ref(11, 13, null, 1)), step('c', T0 + 2)];
  const [alert] = await toAlerts([finding({ steps })], resolve);
  assert.ok(alert);
  assert.deepEqual(alert.steps[0]?.raw, ['first line']);
  assert.deepEqual(alert.steps[0]?.ref, {
    source: 'host/0.log',
    offset: 0,
    length: 10,
    sha256: sha256('first line'),
    more: [],
  });
  assert.deepEqual(alert.steps[1]?.raw, ['second \\xff line']);
  assert.equal(alert.steps[1]?.ref?.sha256, sha256(CONTENT.subarray(11, 24)));
  assert.equal(alert.steps[2]?.ref, null);
  Alert.parse(alert);
});

test('lines that lie together are one piece that dd and sha256sum can check', async t => {
  const resolve = files(t);
  const apart = ref(32, 13, ref(11, 13, ref(0, 10)));
  const [alert] = await toAlerts([finding({ steps: [step('a', T0, apart)] })], resolve);
  const at = alert?.steps[0]?.ref;
  assert.deepEqual([at?.offset, at?.length, at?.more.map(m => m.offset)], [0, 24, [32]]);
  assert.deepEqual(alert?.steps[0]?.raw, ['first line', 'second \\xff line', 'fourth \0 line']);
  const args = [`if=${resolve(0)?.path}`, 'bs=1', `skip=${at?.offset}`, `count=${at?.length}`, 'status=none'];
  assert.equal(sha256(execFileSync('dd', args)), at?.sha256);
});

test('a record that is gone is said to be gone and harms nothing', async t => {
  const resolve = files(t);
  const steps = [step('a', T0, ref(1000, 10)), step('b', T0, ref(0, 10, null, 7))];
  const [alert] = await toAlerts([finding({ steps })], resolve);
  assert.deepEqual(
    alert?.steps.map(s => [s.raw.length, s.ref?.sha256]),
    [
      [1, ''],
      [0, ''],
    ],
  );
});

test('the id names analytic, host and story, and nothing else', async () => {
  const resolve = () => undefined;
  const id = async (change: Partial<Finding>) => (await toAlerts([finding(change)], resolve))[0]?.id;
  const same = await id({});
  assert.match(same ?? '', /^wp-[0-9a-f]{16}$/);
  assert.equal(await id({ severity: 'low', title: 'x', steps: [step('z', T0)] }), same);
  for (const change of [{ key: 'message-2' }, { host: 'mx2' }, { analytic: 'AN0321' as const }]) {
    assert.notEqual(await id(change), same);
  }
});

test('steps stand by time and else as the analytic tells them, alerts by severity, first seen and id', async () => {
  const findings = [
    finding({ key: '1', severity: 'low', steps: [step('b', T0 + 5), step('a', T0 + 5), step('c', T0)] }),
    finding({ key: '2', severity: 'critical', steps: [step('a', T0 + 9)] }),
    finding({ key: '3', severity: 'critical', steps: [step('a', T0 + 8)] }),
    finding({ key: '4', severity: 'critical', steps: [step('a', T0 + 8)] }),
  ];
  const alerts = await toAlerts(findings, () => undefined);
  assert.deepEqual(
    alerts.at(-1)?.steps.map(s => s.id),
    ['c', 'b', 'a'],
  );
  assert.deepEqual(
    [alerts[3]?.firstSeen, alerts[3]?.lastSeen],
    ['2026-03-01T09:30:00.000Z', '2026-03-01T09:30:00.005Z'],
  );
  assert.deepEqual(
    alerts.map(a => a.firstSeen.slice(-4)),
    ['008Z', '008Z', '009Z', '000Z'],
  );
  assert.deepEqual(await toAlerts(findings.toReversed(), () => undefined), alerts);
});

test('no text of an outsider reaches an alert with control or bidi characters', async () => {
  const evil = 'a\u001b[2J\nfake\u202egnp.exe\u0000';
  const hostile = finding({
    host: evil,
    title: evil,
    story: evil,
    steps: [{ ...step(evil, T0), summary: evil }],
    links: [{ from: evil, to: evil, kind: 'runs', strength: 'observed', why: evil }],
    entities: [{ kind: 'file', value: evil }],
    missing: [evil],
    factors: [
      {
        name: evil,
        weight: 1,
        evidence: evil,
        reason: 'r',
        steps: [evil],
        tunable: { name: 't', met: evil, limit: evil },
      },
    ],
    wouldChange: [{ weight: 1, what: evil, why: evil, setting: '' }],
    next: [evil],
  });
  const [alert] = await toAlerts([hostile], () => undefined);
  JSON.parse(JSON.stringify(alert), (_, value: unknown) => {
    if (typeof value === 'string') assert.doesNotMatch(value, /[\u0000-\u001f\u202e]/);
    return value;
  });
  assert.ok(alert?.title.includes('\\x1b[2J\\nfake\\u{202e}gnp.exe\\x00'));
});

test('what takes part twice is named once, where it was first named; a file of the same name is another thing', async () => {
  const process = { kind: 'process', value: '/usr/bin/rsync (pid 7)' } as const;
  const address = { kind: 'address', value: '198.51.100.30:873' } as const;
  const file = { kind: 'file', value: process.value } as const;
  const [alert] = await toAlerts([finding({ entities: [process, address, process, file] })], () => undefined);
  assert.deepEqual(alert?.entities, [process, address, file]);
});

test('bytes that are no UTF-8 are shown as such and the rest is left alone', () => {
  assert.equal(rawText(Buffer.from('häß 😀 \ufffd')), 'häß 😀 \ufffd');
  const mixed = Buffer.concat([
    Buffer.from('ä'),
    Buffer.from([0xc3]),
    Buffer.from('\ufffd'),
    Buffer.from([0xed, 0xa0, 0x80, 0xf4]),
  ]);
  assert.equal(rawText(mixed), 'ä\\xc3\ufffd\\xed\\xa0\\x80\\xf4');
});

test('the score is the sum of the factors, and what would raise it stands first', async () => {
  const factor = { evidence: 'e', reason: 'r', steps: ['a'], tunable: null };
  const change = { what: 'w', why: 'y', setting: '' };
  const [alert] = await toAlerts(
    [
      finding({
        factors: [
          { ...factor, name: 'a', weight: 3 },
          { ...factor, name: 'b', weight: -0.5 },
        ],
        wouldChange: [-10, 2, 0, 5].map(weight => ({ ...change, weight })),
      }),
    ],
    () => undefined,
  );
  assert.equal(alert?.score, 2.5);
  assert.deepEqual(
    alert?.wouldChange.map(each => each.weight),
    [5, 2, 0, -10],
  );
});

test('filters by severity and by any overlap in time', async () => {
  const findings = [
    finding({ key: '1', severity: 'low', steps: [step('a', T0), step('b', T0 + 60_000)] }),
    finding({ key: '2', severity: 'high' }),
  ];
  const alerts = await toAlerts(findings, () => undefined);
  const count = (minSeverity: Finding['severity'], since = -Infinity, until = Infinity) =>
    filterAlerts(alerts, { minSeverity, since, until }).length;
  assert.equal(count('informational'), 2);
  assert.equal(count('medium'), 1);
  assert.equal(count('low', T0 + 30_000, T0 + 40_000), 2);
  assert.equal(count('low', T0 + 60_001), 1);
  assert.equal(count('low', -Infinity, T0 - 1), 1);
});
