import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditPolicy, type PolicyRemark, unusedPolicy } from './audit-policy.ts';
import type { ExceptionEntry, InventoryEntry } from './config.ts';
import { defaultConfig } from './default-config.ts';

const TODAY = '2026-03-01';
const good: ExceptionEntry = {
  id: 'good',
  host: 'mx1',
  executable: '/usr/bin/rsync',
  path: '/srv/mail/archive',
  destination: '192.0.2.9',
  owner: 'mail team',
  reason: 'archive',
  expires: '2026-12-31',
};

const remarks = (...exceptions: ExceptionEntry[]): string[] =>
  auditPolicy({ ...defaultConfig([]), exceptions }, new Map(), TODAY).map(({ code, entry }) => `${code} ${entry}`);

test('an entry that names its work, its owner and a near end draws no remark', () => {
  assert.deepEqual(remarks(good), []);
});

test('an entry that covers nearly everything is told, whatever it hides behind', () => {
  const bare = { id: 'wide', owner: 'mail team', reason: 'quiet', expires: '2026-12-31' };
  for (const scope of [
    { path: '/' },
    { path: '/home' },
    { host: 'mx1', path: '/var/' },
    { user: 'root' },
    { executable: '/usr/bin/python3.11' },
    { executable: '/bin/bash', user: 'root', path: '/tmp' },
    { destination: 'org' },
    { destination: '0.0.0.0' },
    { destination: ['192.0.2.9', 'org'] },
  ]) {
    assert.deepEqual(remarks({ ...bare, ...scope }), ['W_POLICY_WIDE exception wide'], JSON.stringify(scope));
  }
  for (const scope of [
    { path: '/srv/mail/archive' },
    { user: 'backup' },
    { executable: '/usr/bin/rsync' },
    { mailbox: 'sales' },
  ]) {
    assert.deepEqual(remarks({ ...bare, ...scope }), [], JSON.stringify(scope));
  }
});

test('an entry with a pattern in it fits nothing, and is told what is accepted instead, at the place of the pattern', () => {
  const bare = { id: 'star', owner: 'mail team', reason: 'quiet', expires: '2026-12-31' };
  const told = (scope: Partial<ExceptionEntry>): PolicyRemark[] =>
    auditPolicy({ ...defaultConfig([]), exceptions: [{ ...bare, ...scope }] }, new Map(), TODAY);
  const cases: readonly (readonly [Partial<ExceptionEntry>, RegExp])[] = [
    [
      { user: '*', path: '/srv/mail/archive' },
      /^has a pattern in its user \("\*"\).*no user at all: that is every user$/,
    ],
    [{ host: 'mx*', user: 'backup' }, /in its host.*no host at all: that is every host$/],
    [{ executable: '/usr/lib/x/*' }, /in its executable.*the whole path of one program/],
    [{ path: '/home/*/Maildir' }, /in its path.*a folder covers all that lies below it$/],
    [{ destination: ['192.0.2.9', '*.example.org'] }, /in its destination.*example\.org covers all/],
    [{ mailbox: '*@example.org' }, /in its mailbox/],
    [{ sender: 'news*@example.net' }, /in its sender/],
  ];
  for (const [scope, says] of cases) {
    const [one, ...more] = told(scope);
    assert.deepEqual([one?.code, more.length], ['W_POLICY_PATTERN', 0], JSON.stringify(scope));
    assert.match(one?.message ?? '', says);
  }
  assert.deepEqual(
    told({ user: '*', mailbox: '*' }).map(({ code }) => code),
    ['W_POLICY_PATTERN', 'W_POLICY_PATTERN'],
  );
  // What stands there for people to read may have any sign.
  assert.deepEqual(told({ user: 'backup', reason: 'all of * on Sundays' }), []);
  const at = { file: 'watchpost.yaml', line: 7, column: 11 };
  const entry: InventoryEntry = { ...good, id: 'kept', purpose: 'archive' };
  const config = { ...defaultConfig([]), inventory: [entry], exceptions: [good, { ...good, id: 'b', user: '*' }] };
  const placed = auditPolicy(config, new Map([['exceptions[1].user', at]]), TODAY);
  assert.deepEqual(placed.find(({ code }) => code === 'W_POLICY_PATTERN')?.origin, at);
});

test('an entry inside another is told once, and only while the wider one counts', () => {
  const wider = { ...good, id: 'wider', destination: undefined, path: '/srv/mail' };
  assert.deepEqual(remarks(good, wider), ['W_POLICY_COVERED exception good']);
  assert.deepEqual(remarks(good, { ...good, id: 'same' }), ['W_POLICY_COVERED exception same']);
  assert.deepEqual(remarks(good, { ...wider, expires: '2026-02-28' }), ['W_POLICY_EXPIRED exception wider']);
  assert.deepEqual(remarks(good, { ...good, id: 'elsewhere', host: 'mx2' }), []);
});

test('of entries with several destinations the one whose places all lie in the other is inside it', () => {
  const wider = { ...good, id: 'wider', destination: ['192.0.2.9', 'example.org'] };
  assert.deepEqual(remarks(good, wider), ['W_POLICY_COVERED exception good']);
  assert.deepEqual(remarks({ ...good, destination: ['mx.example.org', '192.0.2.9:22'] }, wider), [
    'W_POLICY_COVERED exception good',
  ]);
  assert.deepEqual(remarks({ ...good, destination: ['192.0.2.9', '192.0.2.10'] }, wider), []);
});

test('no owner, an end that has passed, and an end far away', () => {
  for (const owner of ['TODO', 'n/a', '???', 'nobody', 'xxx'])
    assert.deepEqual(remarks({ ...good, owner }), ['W_POLICY_OWNER exception good'], owner);
  assert.deepEqual(remarks({ ...good, expires: '2026-02-28' }), ['W_POLICY_EXPIRED exception good']);
  assert.deepEqual(remarks({ ...good, expires: '2030-01-01' }), ['W_POLICY_LONG exception good']);
});

test('of entries that matched nothing only those still in force are told, at their place', () => {
  const entry: InventoryEntry = { ...good, id: 'idle', purpose: 'archive' };
  const config = {
    ...defaultConfig([]),
    inventory: [entry, { ...entry, id: 'busy' }, { ...entry, id: 'old', expires: '2026-01-01' }],
  };
  const origins = new Map([['inventory[0]', { file: 'watchpost.yaml', line: 4, column: 3 }]]);
  assert.deepEqual(
    unusedPolicy(config, origins, new Set(['inventory busy']), TODAY).map(({ code, entry: name, origin }) => [
      code,
      name,
      origin.line,
    ]),
    [['W_POLICY_UNUSED', 'inventory idle', 4]],
  );
});
