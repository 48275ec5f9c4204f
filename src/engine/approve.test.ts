import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InventoryEntry } from '../config/config.ts';
import { epochMs } from '../core/time.ts';
import type { Finding } from '../events/finding.ts';
import { approve } from './approve.ts';

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
    },
  ]);
  assert.deepEqual(counts, [{ entry, findings: 1 }]);
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

test('a host by itself approves nothing', () => {
  assert.equal(severityWith({ id: 'h', host: 'mx1', owner: 'ops', purpose: 'quiet', expires: '2099-01-01' }), 'medium');
});
