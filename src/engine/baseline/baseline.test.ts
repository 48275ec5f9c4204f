import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DAY_MS, epochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import { usualMost } from '../../state/baseline/known.ts';
import { inLightOf } from './apply.ts';
import { Baseline } from './baseline.ts';
import { diffBaselines } from './diff.ts';
import { BaselineFileError, readBaseline, writeBaseline } from './file.ts';
import { learn } from './learn.ts';
import { Recorder } from './recorder.ts';
import { sightingOf } from './sightings.ts';

const DAY0 = Date.UTC(2026, 2, 2, 3);

function sent(day: number, change: Partial<Finding> = {}): Finding {
  return {
    analytic: 'AN0380',
    host: 'mx1',
    key: `k${day}`,
    severity: 'low',
    title: '',
    story: '',
    steps: [{ id: 's', time: epochMs(DAY0 + day * DAY_MS), kind: 'sender.started', summary: '', ref: null }],
    links: [],
    entities: [
      { kind: 'user', value: 'report' },
      { kind: 'job', value: '/opt/report/run' },
      { kind: 'process', value: `/usr/sbin/sendmail (pid ${100 + day})` },
      { kind: 'recipient', value: 'board@example.org' },
    ],
    missing: [],
    factors: [],
    wouldChange: [],
    next: [],
    exercise: false,
    measures: { messages: 1, bytesMax: 20_000 + day, attachments: 1 },
    ...change,
  };
}

const nobody = () => new Recorder(() => false);

function after(days: number, change: Partial<Finding> = {}): Baseline {
  const baseline = new Baseline();
  for (let day = 0; day < days; day++) learn(baseline, nobody(), [sent(day, change)]);
  return baseline;
}

const judged = (baseline: Baseline, finding: Finding) => {
  const [found] = inLightOf(baseline, [finding]);
  return { severity: found?.severity, factor: found?.factors.at(-1)?.name, evidence: found?.factors.at(-1)?.evidence };
};

test('a job of three days and of the usual shape is a habit; before that it is only known', () => {
  assert.equal(judged(after(0), sent(9)).severity, 'low');
  const two = judged(after(2), sent(9));
  assert.deepEqual([two.severity, two.factor], ['low', 'seen here before']);
  const three = judged(after(3), sent(9));
  assert.deepEqual([three.severity, three.factor], ['informational', 'a habit of this host']);
  assert.match(three.evidence ?? '', /seen on 3 days since 2026-03-02.*would be low without/);
});

test('the same job with another size, another place or more files is unlike itself', () => {
  const known = after(10);
  const big = judged(known, sent(11, { measures: { messages: 1, bytesMax: 9_000_000, attachments: 1 } }));
  assert.deepEqual([big.severity, big.factor], ['medium', 'unlike its own history']);
  assert.match(big.evidence ?? '', /bytesMax 9000000, usual up to 40/);
  const away = sent(11).entities.map(each => (each.kind === 'recipient' ? { ...each, value: 'x@example.net' } : each));
  assert.match(judged(known, sent(11, { entities: away })).evidence ?? '', /never before to x@example\.net/);
});

test('what alerts does not train: not in one go, and not day after day', () => {
  const taught = after(30, { severity: 'medium' });
  assert.equal(taught.things.size, 0);
  assert.equal(judged(taught, sent(31)).severity, 'low');
  const one = new Baseline();
  learn(
    one,
    nobody(),
    Array.from({ length: 50 }, (_, i) => sent(0, { key: `k${i}` })),
  );
  assert.equal(judged(one, sent(9)).severity, 'low', 'fifty times on one day is one day');
});

test('a day does not speak for itself, and evidence read twice counts once', () => {
  const baseline = after(5);
  assert.equal(judged(baseline, sent(0)).severity, 'low');
  const before = baseline.things.list()[0]?.times;
  learn(baseline, nobody(), [sent(4)]);
  assert.equal(baseline.things.list()[0]?.times, before);
});

test('a user, another program or another host is another thing', () => {
  const keys = [
    sent(1),
    sent(1, { host: 'mx2' }),
    sent(1, { entities: sent(1).entities.filter(each => each.kind !== 'job') }),
    sent(1, { entities: sent(1).entities.map(each => (each.kind === 'user' ? { ...each, value: 'clerk' } : each)) }),
  ].map(finding => sightingOf(finding)?.key);
  assert.equal(new Set(keys).size, 4);
  assert.equal(sightingOf(sent(1, { entities: [{ kind: 'user', value: 'root' }] })), null);
});

test('the robust bound stands on the middle of the values, not on the odd one', () => {
  assert.equal(usualMost([100, 100, 100, 100, 1_000_000]), 200);
  assert.ok(Number.isNaN(usualMost([])));
  assert.ok(Math.abs(usualMost([10, 12, 14, 16, 18]) - (14 + 5 * 1.4826 * 2)) < 1e-9);
});

test('a file is whole or refused, private, and the same when read again', t => {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'deep', 'baseline');
  const baseline = after(4);
  baseline.cover('mx1', { from: 5, to: 9 });
  baseline.frozen = true;
  writeBaseline(path, baseline);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const again = readBaseline(path);
  assert.deepEqual(again.snapshot(), baseline.snapshot());
  const bytes = readFileSync(path);
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] as number) ^ 1;
  writeFileSync(path, bytes);
  assert.throws(
    () => readBaseline(path),
    (error: unknown) => error instanceof BaselineFileError && error.code === 'E_BASELINE_DAMAGED',
  );
  assert.throws(
    () => readBaseline(join(folder, 'none')),
    (error: unknown) => error instanceof BaselineFileError && error.code === 'E_BASELINE_MISSING',
  );
});

test('spans that touch become one, and what lies in them is covered', () => {
  const baseline = new Baseline();
  baseline.cover('mx1', { from: 10, to: 20 });
  baseline.cover('mx1', { from: 30, to: 40 });
  baseline.cover('mx1', { from: 20, to: 30 });
  assert.deepEqual(baseline.covered.get('mx1'), [{ from: 10, to: 40 }]);
  assert.deepEqual(
    [9, 10, 39, 40].map(hour => baseline.isCovered('mx1', hour)),
    [false, true, true, false],
  );
  assert.equal(baseline.isCovered('mx2', 15), false);
});

test('a comparison tells what is new, gone, and where to', () => {
  const older = after(3);
  const newer = after(3);
  learn(newer, nobody(), [
    sent(3, { entities: [...sent(3).entities, { kind: 'recipient', value: 'new@example.net' }] }),
  ]);
  learn(newer, nobody(), [sent(3, { host: 'mx2' })]);
  const { things } = diffBaselines(older, newer);
  assert.deepEqual(
    things.appeared.map(thing => thing.key.split(' ')[0]),
    ['mx2'],
  );
  assert.deepEqual(
    things.places.map(({ places }) => places),
    [['new@example.net']],
  );
  assert.deepEqual(
    diffBaselines(newer, older).things.gone.map(thing => thing.key.split(' ')[0]),
    ['mx2'],
  );
  assert.deepEqual(diffBaselines(older, older), {
    mailboxes: { appeared: [], gone: [], changed: [] },
    things: { appeared: [], gone: [], places: [] },
  });
});
