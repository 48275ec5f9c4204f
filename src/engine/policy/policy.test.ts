import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExceptionEntry, InventoryEntry } from '../../config/config.ts';
import { defaultConfig } from '../../config/default-config.ts';
import { epochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import { approve, except } from './approve.ts';
import { isDestination } from './scope.ts';
import { underPolicy } from './under-policy.ts';

const finding: Finding = {
  analytic: 'AN1310',
  host: 'mx1',
  key: 'k',
  severity: 'medium',
  title: '',
  story: '',
  steps: [{ id: 's', time: epochMs(Date.UTC(2026, 2, 31, 23)), kind: 'store.read', summary: '', ref: null }],
  links: [],
  entities: [
    { kind: 'user', value: 'backup' },
    { kind: 'process', value: '/usr/bin/rsync (pid 12)' },
    { kind: 'file', value: '/var/mail/clerk' },
    { kind: 'address', value: '192.0.2.9:873' },
  ],
  missing: [],
  factors: [],
  wouldChange: [],
  next: [],
  exercise: false,
};
const entry: InventoryEntry = {
  id: 'nightly',
  analytic: 'AN1310',
  host: 'mx1',
  user: 'backup',
  executable: '/usr/bin/rsync',
  path: '/var/mail',
  destination: '192.0.2.9',
  owner: 'ops',
  purpose: 'backup',
  expires: '2026-03-31',
};
const severityWith = (...inventory: InventoryEntry[]) => approve([finding], inventory).findings[0]?.severity;

test('an entry that names this work lowers it, says whose it is, and is counted', () => {
  const { findings, counts } = approve([finding], [entry]);
  assert.equal(findings[0]?.severity, 'informational');
  assert.deepEqual(findings[0]?.factors, [
    {
      name: 'approved: nightly',
      weight: -10,
      evidence: 'backup; owner ops, until 2026-03-31; would be medium without',
      reason: 'An owner answers for this work until the day that the entry names.',
      steps: finding.steps.slice(0, 1).map(step => step.id),
      tunable: null,
    },
  ]);
  assert.deepEqual(counts, [{ entry, findings: 1 }]);
});

test('an approved finding no longer says that an entry would lower it', () => {
  const change = (setting: string) => ({ weight: -10, what: 'w', why: 'y', setting });
  const wouldChange = [change('inventory'), change('baseline'), change('')];
  const { findings } = approve([{ ...finding, wouldChange }], [entry]);
  assert.deepEqual(
    findings[0]?.wouldChange.map(each => each.setting),
    ['baseline', ''],
  );
});

test('an entry hides only what it names: each scope that differs leaves the finding as it is', () => {
  for (const other of [
    { analytic: 'AN0380' as const },
    { host: 'mx2' },
    { user: 'clerk' },
    { executable: '/usr/bin/rsync2' },
    { path: '/var/mailbox' },
    { destination: '192.0.2.90' },
  ]) {
    assert.equal(severityWith({ ...entry, ...other }), 'medium', JSON.stringify(other));
  }
});

test('an expired entry and one that names no work hide nothing', () => {
  assert.equal(severityWith({ ...entry, expires: '2026-03-30' }), 'medium');
  assert.equal(
    severityWith({ id: 'all', analytic: 'AN1310', owner: 'ops', purpose: 'quiet', expires: '2099-01-01' }),
    'medium',
  );
});

test('what rides in an approved job is not approved: another destination, another program', () => {
  const also = (kind: 'address' | 'process', value: string) => ({
    ...finding,
    entities: [...finding.entities, { kind, value }],
  });
  assert.equal(approve([also('address', '203.0.113.66:80')], [entry]).findings[0]?.severity, 'medium');
  assert.equal(approve([also('process', '/usr/bin/curl (pid 13)')], [entry]).findings[0]?.severity, 'medium');
});

test('an entry with several destinations covers what reaches only these', () => {
  const destination = ['198.51.100.7', '192.0.2.9'];
  assert.equal(severityWith({ ...entry, destination }), 'informational');
  assert.equal(severityWith({ ...entry, destination: ['198.51.100.7', '192.0.2.90'] }), 'medium');
  const further = {
    ...finding,
    entities: [...finding.entities, { kind: 'address' as const, value: '203.0.113.66:80' }],
  };
  assert.equal(approve([further], [{ ...entry, destination }]).findings[0]?.severity, 'medium');
});

test('a host by itself approves nothing', () => {
  assert.equal(severityWith({ id: 'h', host: 'mx1', owner: 'ops', purpose: 'quiet', expires: '2099-01-01' }), 'medium');
});

const term = { owner: 'ops', purpose: 'reports', expires: '2026-12-31' };

test('an entry of one kind says nothing to another analytic', () => {
  assert.equal(severityWith({ ...entry, analytic: undefined, kind: 'backup' }), 'informational');
  assert.equal(severityWith({ ...entry, analytic: undefined, kind: 'sender' }), 'medium');
});

const flood: Finding = {
  ...finding,
  analytic: 'AN1009',
  entities: [{ kind: 'mailbox', value: 'Sales@example.org' }],
  next: ['Ask the owner.'],
};

test('a noisy mailbox is lowered; a critical one is marked and keeps its severity', () => {
  const noisy = approve([flood], [{ id: 'n', kind: 'noisy-mailbox', mailbox: 'sales@example.org', ...term }]);
  assert.equal(noisy.findings[0]?.severity, 'informational');
  const critical = approve([flood], [{ id: 'c', kind: 'critical-mailbox', mailbox: 'sales@example.org', ...term }]);
  assert.equal(critical.findings[0]?.severity, 'medium');
  assert.match(critical.findings[0]?.next[0] ?? '', /Work depends on this mailbox \(reports\): talk to ops/);
  assert.equal(critical.counts[0]?.findings, 1);
  const other = approve([flood], [{ id: 'o', kind: 'noisy-mailbox', mailbox: 'info@example.org', ...term }]);
  assert.equal(other.findings[0]?.severity, 'medium');
});

test('mail past the governed relays is called out, mail through them is not, and no relay entry says nothing', () => {
  const sent = (value: string): Finding => ({
    ...finding,
    analytic: 'AN0380',
    severity: 'low',
    story: 'Mail went out.',
    entities: [{ kind: 'address', value }],
  });
  const relay: InventoryEntry = { id: 'r', kind: 'relay', destination: '192.0.2.25', ...term };
  const past = approve([sent('203.0.113.5:25')], [relay]).findings[0];
  assert.equal(past?.severity, 'medium');
  assert.equal(past.story, 'Mail went out. It does not go through a governed relay.');
  assert.deepEqual(past.factors, [
    {
      name: 'bypasses the governed relays',
      weight: 1,
      evidence: '203.0.113.5:25 is in no relay entry',
      reason: 'Mail of the site goes through its relays, where it is filtered and logged.',
      steps: finding.steps.slice(0, 1).map(step => step.id),
      tunable: null,
    },
  ]);
  assert.deepEqual(approve([sent('192.0.2.25:587')], [relay]).findings[0]?.factors, []);
  assert.deepEqual(approve([sent('203.0.113.5:443')], [relay]).findings[0]?.factors, []);
  assert.deepEqual(approve([sent('203.0.113.5:25')], []).findings[0]?.factors, []);
});

test('a relay that is named by its host is known by the addresses of the host; without them nothing is called out', () => {
  const sent: Finding = {
    ...finding,
    analytic: 'AN0380',
    severity: 'low',
    entities: [{ kind: 'address', value: '192.0.2.25:25' }],
  };
  const relay: InventoryEntry = { id: 'r', kind: 'relay', destination: 'relay.example.org', ...term };
  const through = approve([sent], [relay], [{ name: 'relay.example.org', addresses: ['192.0.2.25'] }]);
  assert.deepEqual(
    [through.findings[0]?.severity, through.findings[0]?.factors, through.counts.length],
    ['low', [], 1],
  );
  const past = approve([sent], [relay], [{ name: 'relay.example.org', addresses: ['192.0.2.26'] }]).findings[0];
  assert.deepEqual([past?.severity, past?.factors[0]?.name], ['medium', 'bypasses the governed relays']);
  const unknown = approve([sent], [relay]).findings[0];
  assert.deepEqual([unknown?.severity, unknown?.factors], ['low', []]);
  assert.match(unknown?.missing.at(-1) ?? '', /^Whether 192\.0\.2\.25:25 is the relay relay\.example\.org/);
});

test('a download from a service of the enterprise is one step less, from another one it is told', () => {
  const run = (value: string): Finding => ({ ...finding, analytic: 'AN0321', entities: [{ kind: 'service', value }] });
  const own: InventoryEntry = { id: 's', kind: 'enterprise-service', destination: 'chat.example.org', ...term };
  assert.equal(approve([run('files.chat.example.org')], [own]).findings[0]?.severity, 'low');
  const other = approve([run('mail.example.net')], [own]).findings[0];
  assert.equal(other?.severity, 'medium');
  assert.equal(other.factors[0]?.name, 'not a service of the enterprise');
});

test('destinations: an address with any port, a domain with all below it, never a longer name that ends alike', () => {
  const cases: [value: string, destination: string, fits: boolean][] = [
    ['192.0.2.9:25', '192.0.2.9', true],
    ['192.0.2.90:25', '192.0.2.9', false],
    ['192.0.2.9:25', '192.0.2.9:587', false],
    ['clerk@example.org', 'example.org', true],
    ['clerk@badexample.org', 'example.org', false],
    ['mx.example.org:25', 'example.org', true],
    ['mx.example.org.evil.test', 'example.org', false],
    ['clerk@example.org', 'clerk@example.org', true],
    ['other@example.org', 'clerk@example.org', false],
  ];
  for (const [value, destination, fits] of cases)
    assert.equal(isDestination(value, destination), fits, `${value} in ${destination}`);
});

const exception: ExceptionEntry = {
  id: 'known',
  path: '/var/mail',
  user: 'backup',
  owner: 'ops',
  reason: 'until the new server',
  expires: '2026-03-31',
};

test('an exception hides what it names, keeps it, and counts it; what it does not name stays', () => {
  const other = { ...finding, key: 'other', entities: [{ kind: 'user' as const, value: 'clerk' }] };
  const { findings, excepted } = except([finding, other], [exception]);
  assert.deepEqual(findings, [other]);
  assert.deepEqual(excepted, [{ entry: exception, findings: [finding], lastTime: Date.UTC(2026, 2, 31, 23) }]);
  assert.deepEqual(except([finding], [{ ...exception, expires: '2026-03-30' }]).findings, [finding]);
});

test('what entries did is said with owner and end, and so is an entry that ended before the evidence', () => {
  const config = { ...defaultConfig([]), exceptions: [exception], inventory: [{ ...entry, expires: '2026-03-30' }] };
  const { findings, problems } = underPolicy([finding], config, Date.UTC(2026, 2, 31, 23));
  assert.deepEqual(findings, []);
  assert.deepEqual(
    problems.map(({ code, source }) => [code, source]),
    [
      ['N_EXCEPTED', 'exception known'],
      ['N_EXPIRED', 'inventory nightly'],
    ],
  );
  assert.match(
    problems[0]?.message ?? '',
    /of ops \(until the new server\) hid 1 finding\(s\), last on 2026-03-31T23:00:00\.000Z/,
  );
  assert.deepEqual(underPolicy([], config, Number.NaN).problems, []);
});
