import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { temporary, watchpost } from './run.test-support.ts';

const BACKUP = join(
  import.meta.dirname,
  '../analytics/an1310-mail-store-harvested/cases/quiet.nightly-backup-tar-rsync',
);
const HARVEST = join(import.meta.dirname, '../analytics/an1310-mail-store-harvested/cases/fires.forward-added');

interface Document {
  readonly alerts: {
    readonly id: string;
    readonly severity: string;
    readonly analytic: string;
    readonly entities: { kind: string; value: string }[];
  }[];
  readonly excepted: { readonly id: string; readonly findings: number; readonly alerts: { readonly id: string }[] }[];
  readonly problems: { readonly code: string; readonly source: string }[];
}

test('a draft is of no use until someone owns it; then it names this work, and is counted', t => {
  const cwd = temporary(t);
  const { code, stdout } = watchpost(['inventory', 'suggest', '-q', BACKUP], { cwd });
  assert.equal(code, 0);
  const draft = parse(stdout) as { inventory: { id: string; kind: string; executable: string; owner: string }[] };
  assert.equal(draft.inventory.length, 1);
  assert.equal(draft.inventory[0]?.kind, 'store-reader');
  writeFileSync(join(cwd, 'draft.yaml'), stdout);
  const unowned = watchpost(['config', 'check', 'draft.yaml'], { cwd });
  assert.equal(unowned.code, 2);
  assert.match(unowned.stderr, /draft\.yaml:\d+:\d+: inventory\[0\]\.owner is ""/);
  const owned = stdout
    .replace('owner: ""', 'owner: mail team')
    .replace('purpose: ""', 'purpose: nightly copy')
    .replace(/expires: .*/, 'expires: 2027-05-20');
  writeFileSync(join(cwd, 'draft.yaml'), owned);
  const good = watchpost(['config', 'check', 'draft.yaml', '--evidence', BACKUP], { cwd });
  assert.deepEqual([good.code, good.stderr], [0, '']);
  const document = JSON.parse(
    watchpost(['scan', '-q', '--format', 'json', '--config', 'draft.yaml', BACKUP], { cwd }).stdout,
  ) as Document;
  assert.ok(
    document.problems.some(each => each.code === 'N_APPROVED' && each.source === `inventory ${draft.inventory[0]?.id}`),
  );
  const idle = watchpost(['config', 'check', 'draft.yaml', '--evidence', HARVEST], { cwd });
  assert.equal(idle.code, 2);
  assert.match(idle.stderr, /draft\.yaml:\d+:\d+: inventory \S+ matched nothing in this evidence.*W_POLICY_UNUSED/);
});

test('an exception hides, says so with its owner and end, and --show-excepted shows what it hid', t => {
  const cwd = temporary(t);
  const scan = (...args: string[]) => watchpost(['scan', '-q', ...args, HARVEST], { cwd });
  const before = JSON.parse(scan('--format', 'json').stdout) as Document;
  const target = before.alerts.find(alert => alert.severity !== 'informational');
  const user = target?.entities.find(each => each.kind === 'user')?.value ?? '';
  assert.notEqual(user, '');
  const file =
    'exceptions: [{ id: known, analytic: AN1310, user: USER, owner: mail team, reason: agreed move, expires: 2027-01-31 }]';
  writeFileSync(join(cwd, 'watchpost.yaml'), file.replace('USER', user));
  const after = JSON.parse(scan('--format', 'json').stdout) as Document;
  assert.ok(!after.alerts.some(alert => alert.id === target?.id));
  assert.deepEqual(
    after.excepted.map(({ id, findings }) => [id, findings]),
    [['known', 1]],
  );
  assert.equal(after.excepted[0]?.alerts[0]?.id, target?.id);
  const pretty = scan('--format', 'pretty').stdout.replace(/\s+/g, ' ');
  assert.match(
    pretty,
    /Hidden exception known of mail team \(agreed move\) hid 1 finding, last on 2026-\S+Z; it ends on 2027-01-31/,
  );
  const shown = scan('--format', 'ndjson', '--show-excepted').stdout;
  assert.ok(shown.includes(target?.id ?? '?'));
});

test('wide, covered, ownerless and ended entries are told at their line, with exit code 2', t => {
  const cwd = temporary(t);
  writeFileSync(
    join(cwd, 'watchpost.yaml'),
    `exceptions:
  - { id: all, user: root, owner: ops, reason: noise, expires: 2027-01-01 }
  - { id: less, user: root, path: /srv/x, owner: TODO, reason: noise, expires: 2027-01-01 }
inventory:
  - { id: gone, user: backup, owner: ops, purpose: copy, expires: 2020-01-01 }
`,
  );
  const { code, stderr, stdout } = watchpost(['config', 'check'], { cwd });
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /watchpost\.yaml:2:5: exception all covers nearly everything on every host.*W_POLICY_WIDE/);
  assert.match(stderr, /watchpost\.yaml:3:5: exception less is covered by exception all.*W_POLICY_COVERED/);
  assert.match(stderr, /watchpost\.yaml:3:5: exception less has no owner.*W_POLICY_OWNER/);
  assert.match(stderr, /watchpost\.yaml:5:5: inventory gone of ops expired on 2020-01-01.*W_POLICY_EXPIRED/);
});

test('a pattern, which nothing fits, is told at its line and column without any evidence', t => {
  const cwd = temporary(t);
  writeFileSync(
    join(cwd, 'watchpost.yaml'),
    `exceptions:
  - { id: all, user: '*', path: /srv/mail/archive, owner: ops, reason: noise, expires: 2027-01-01 }
inventory:
  - id: copies
    user: backup
    destination:
      - 192.0.2.9
      - '*.example.org'
    owner: ops
    purpose: copy
    expires: 2027-01-01
`,
  );
  const { code, stderr, stdout } = watchpost(['config', 'check'], { cwd });
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(
    stderr,
    /watchpost\.yaml:2:22: exception all has a pattern in its user \("\*"\) and fits nothing.*W_POLICY_PATTERN/,
  );
  assert.match(stderr, /watchpost\.yaml:7:7: inventory copies has a pattern in its destination.*W_POLICY_PATTERN/);
  writeFileSync(
    join(cwd, 'watchpost.yaml'),
    'exceptions: [{ id: all, path: /srv/mail/archive, owner: ops, reason: noise, expires: 2027-01-01 }]',
  );
  assert.equal(watchpost(['config', 'check'], { cwd }).code, 0);
});

test('the list says what still counts', t => {
  const cwd = temporary(t);
  writeFileSync(
    join(cwd, 'watchpost.yaml'),
    'inventory: [{ id: gone, kind: backup, user: backup, owner: ops, purpose: copy, expires: 2020-01-01 }, { id: far, kind: relay, destination: 192.0.2.25, owner: ops, purpose: relay, expires: 2999-01-01 }]',
  );
  const lines = watchpost(['inventory', 'list'], { cwd })
    .stdout.trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { id: string; inForce: boolean });
  assert.deepEqual(
    lines.map(({ id, inForce }) => [id, inForce]),
    [
      ['gone', false],
      ['far', true],
    ],
  );
  assert.match(
    watchpost(['inventory', 'list', '--format', 'pretty'], { cwd }).stdout,
    /^gone {2}backup {2}ENDED 2020-01-01 {2}owner ops$/m,
  );
  assert.equal(readFileSync(join(cwd, 'watchpost.yaml'), 'utf8').startsWith('inventory'), true);
});

test('mailboxes: whose they are, those of nobody first, by host', t => {
  const cwd = temporary(t);
  const evidence = join(import.meta.dirname, '../engine/identity/recordings/mx1');
  writeFileSync(join(cwd, 'c.yaml'), 'hosts:\n  - name: mx1\n    addresses: [192.0.2.7, "2001:DB8:0::7"]\n');
  const pretty = watchpost(['inventory', 'mailboxes', '-q', '--config', 'c.yaml', '--format', 'pretty', evidence], {
    cwd,
  });
  assert.equal(pretty.code, 0);
  assert.match(pretty.stdout, /^2 mailboxes with mail map to no account\n {2}archive /);
  assert.match(pretty.stdout, /clerk +11 delivered, last [^\n]+\n {6}clerk on mx1; in sales\n/);
  assert.match(pretty.stdout, /1 host\n {2}mx1: 192\.0\.2\.7, 2001:DB8:0::7\n$/);
  const rows = watchpost(['inventory', 'mailboxes', '-q', '--unmapped', evidence], { cwd }).stdout.trim().split('\n');
  assert.deepEqual(
    rows.map(row => (JSON.parse(row) as { mailbox: string; kind: string }).mailbox),
    ['archive', 'visitor@box.example.net'],
  );
  writeFileSync(
    join(cwd, 'bad.yaml'),
    'hosts:\n  - name: mx1\n    addresses: [mx1.example.org]\nidentity:\n  files: [{ path: people.csv }]\n',
  );
  const bad = watchpost(['config', 'check', 'bad.yaml'], { cwd });
  assert.equal(bad.code, 3);
  assert.match(bad.stderr, /hosts\[0\]\.addresses\[0\] is "mx1\.example\.org"; expected an IP address/);
  assert.match(bad.stderr, /identity\.files\[0\]\.path is "people\.csv"; expected an absolute path/);
});
