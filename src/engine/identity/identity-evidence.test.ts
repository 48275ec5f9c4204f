import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { ANALYTICS_ALL } from '../../analytics/registry.ts';
import type { Config } from '../../config/config.ts';
import { defaultConfig } from '../../config/default-config.ts';
import { FORMATS } from '../../decoders/registry.ts';
import { discover } from '../../sources/discover.ts';
import { loadIdentity } from '../../state/identity/identity.ts';
import { LearnedDomains } from '../../state/mail/domains.ts';
import { planEvidence } from '../plan.ts';
import type { ScanReport } from '../report.ts';
import { scan } from '../scan.ts';
import { type GatheredIdentity, gatherIdentity } from './gather.ts';

const RECORDINGS = join(import.meta.dirname, 'recordings/mx1');
const LOG = join(RECORDINGS, 'var/log/mail.log');
const scratch = mkdtempSync(join(tmpdir(), 'watchpost-identity-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const STANDARD = defaultConfig(ANALYTICS_ALL.map(each => each.meta));

async function gathered(folder: string, config: Config = STANDARD): Promise<GatheredIdentity> {
  const evidence = await discover([folder], { stdin: process.stdin, cwd: '/' });
  const plan = planEvidence(evidence, { formats: FORMATS, zoneOffsetMinutes: 0, latenessMs: 5000, year: 2026 });
  return gatherIdentity(plan, evidence, config);
}

async function report(folder: string, config: Config = STANDARD): Promise<ScanReport> {
  return scan({
    evidence: await discover([folder], { stdin: process.stdin, cwd: '/' }),
    config,
    only: null,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    zoneOffsetMinutes: 0,
    year: 2026,
    onProgress: () => {},
    clock: { now: () => 0 },
  });
}

/** Puts files into a folder, by path. */
function evidence(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(scratch, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test('what the files say of an address is what Postfix then did with it', async () => {
  const { texts } = await gathered(RECORDINGS);
  // Without the log: only the files teach the domains here.
  const who = loadIdentity({ texts, domains: new LearnedDomains() });
  const delivered = [
    ...readFileSync(LOG, 'latin1').matchAll(
      / ([0-9A-F]+): to=<([^>]+)>,(?: orig_to=<([^>]+)>,)? relay=(?:local|virtual).*\(delivered to m/g,
    ),
  ];
  const ends = new Map<string, Set<string>>();
  for (const [, , to = '', original = to] of delivered)
    ends.set(original, new Set([...(ends.get(original) ?? []), to.replace(/[+-].*@/, '@').toLowerCase()]));
  let single = 0;
  for (const [original, reached] of ends) {
    const mailbox = who.mailboxOf(original);
    if (reached.size > 1) {
      // A list is no one's mailbox.
      assert.equal(mailbox, original.replace('@example.org', ''), original);
      assert.equal(who.describe(mailbox).kind, 'list', original);
      continue;
    }
    single += 1;
    const [end = ''] = reached;
    assert.equal(mailbox, end.endsWith('@example.org') ? end.slice(0, -12) : end, original);
  }
  assert.equal(single, 19);
  assert.deepEqual([ends.get('info@example.org')?.size, ends.get('team@example.org')?.size], [2, 3]);
  assert.equal(who.mailboxOf('loop1@example.org'), 'loop1');
  assert.deepEqual(
    [
      'archive',
      'visitor@box.example.net',
      'visitor+x@box.example.net',
      'nobody@box.example.net',
      'x@elsewhere.test',
    ].map(each => who.describe(who.mailboxOf(each)).kind),
    ['command', 'virtual', 'virtual', 'virtual', 'unknown'],
  );
});

test('a scan lists every mailbox that got mail, and who is behind it', async () => {
  const { mailboxes, problems, sources } = await report(RECORDINGS);
  assert.deepEqual(
    mailboxes.map(({ mailbox, kind, accounts, groups, delivered }) => [mailbox, kind, accounts, groups, delivered]),
    [
      ['archive', 'command', [], [], 1],
      ['buyer', 'account', [{ account: 'buyer', host: 'mx1' }], ['sales'], 8],
      ['clerk', 'account', [{ account: 'clerk', host: 'mx1' }], ['sales'], 11],
      ['ops', 'account', [{ account: 'ops', host: 'mx1' }], ['mail'], 5],
      ['visitor@box.example.net', 'virtual', [], [], 2],
    ],
  );
  assert.equal(mailboxes[0]?.why, 'an alias that hands mail to a program');
  assert.deepEqual(
    problems
      .filter(each => each.code === 'N_IDENTITY_LINE' || each.code === 'N_NOT_RECOGNISED')
      .map(each => each.message),
    ['1 circle(s) of aliases, such as that of loop1'],
  );
  assert.equal(sources.find(each => each.name.endsWith('lists/team'))?.format, 'alias list (:include:)');
});

test('a table that main.cf names and the evidence lacks is said to be away', async () => {
  const folder = evidence('away', {
    'main.cf':
      'myhostname = mx1.example.org\nmydestination = example.org\nvirtual_alias_maps = ldap:/etc/postfix/people.cf, hash:/etc/postfix/virtual\nalias_maps =\nrelayhost =\n',
    virtual: 'a@example.org clerk\n',
  });
  const { texts, problems } = await gathered(folder);
  // Its path is not the one that main.cf names, and so it is not taken for that table.
  assert.deepEqual(
    texts.map(each => each.kind),
    ['main-cf'],
  );
  assert.match(problems.map(each => `${each.code} ${each.message}`).join(), /^N_IDENTITY_AWAY 2 lookup table/);
});

const LOG_LINE = (host: string): string =>
  `2026-11-21T10:00:00.000000+00:00 ${host} sshd[7]: Server listening on 192.0.2.1 port 22.\n`;
const PASSWD = (name: string): string => `root:x:0:0::/root:/bin/sh\n${name}:x:1000:1000::/home/${name}:/bin/sh\n`;

test('each host has its own accounts: by the logs beside them, by a folder of its name, by the configuration', async () => {
  const folder = evidence('hosts', {
    'a/auth.log': LOG_LINE('ws1'),
    'a/passwd': PASSWD('anna'),
    'collected/auth.log': LOG_LINE('ws2'),
    'files/ws2/etc/passwd': PASSWD('bert'),
    'central/all.log': `${LOG_LINE('ws1')}${LOG_LINE('ws3')}`,
  });
  const outside = join(evidence('outside', { 'passwd.ws3': PASSWD('carl') }), 'passwd.ws3');
  const { texts } = await gathered(folder, {
    ...STANDARD,
    identity: { ...STANDARD.identity, files: [{ path: outside, host: 'ws3' }] },
  });
  const who = loadIdentity({ texts, domains: new LearnedDomains() });
  assert.deepEqual(
    ['ws1', 'ws2', 'ws3', 'ws4'].map(host => [who.onHost(host).userName(1000), who.onHost(host).userName(0)]),
    // On a host whose accounts are not known only what all others agree on counts.
    [
      ['anna', 'root'],
      ['bert', 'root'],
      ['carl', 'root'],
      ['', 'root'],
    ],
  );
  assert.deepEqual(who.describe('root').accounts, [
    { account: 'root', host: 'ws1' },
    { account: 'root', host: 'ws2' },
    { account: 'root', host: 'ws3' },
  ]);
});

const CSV = `Name;mail;mailAlternateAddress;uid;host
"One; Person";a.one@example.org;one@example.net|ao@example.org;clerk;mx1
One Person;a.one@example.org;;cl17;ws1
Shared A;info@example.org;;anna;mx1
Shared B;info@example.org;;bert;mx1
Nobody;nobody@example.org;;;
`;
const LDIF = `version: 1

# someone
dn: uid=dora,ou=people,dc=example,dc=org
objectClass: inetOrgPerson
uid: dora
mail: dora.four@exam
 ple.org
mailAlternateAddress;lang-en: d4@example.org
proxyAddresses: SMTP:dora@example.net
proxyAddresses: X400:c=xx
cn:: RG9yYQ==
mail:: ZDVAZXhhbXBsZS5vcmc=
jpegPhoto:< file:///etc/shadow
host: ws1

dn: ou=groups,dc=example,dc=org
ou: groups

dn: uid=gone,dc=example,dc=org
changetype: delete
mail: gone@example.org
uid: gone
`;

test('lists of people as CSV and LDIF join addresses to accounts on hosts', async () => {
  const folder = evidence('people', {
    'people.csv': CSV,
    'people.ldif': LDIF,
    'mail.log': LOG_LINE('mx1'),
  });
  const { texts } = await gathered(folder);
  assert.deepEqual(texts.map(each => each.kind).sort(), ['directory', 'people']);
  const who = loadIdentity({ texts, domains: new LearnedDomains() });
  for (const each of ['a.one@example.org', 'One@example.net', 'ao+tag@example.org', 'clerk', 'cl17'])
    assert.equal(who.onHost('ws1').mailboxOf(each), 'clerk', each);
  assert.equal(who.mailboxOf('cl17'), 'cl17', 'which account it is, only its host tells');
  assert.deepEqual(who.describe('clerk').accounts, [
    { account: 'cl17', host: 'ws1' },
    { account: 'clerk', host: 'mx1' },
  ]);
  assert.deepEqual(
    [who.onHost('ws1').accountOf('ao@example.org'), who.onHost('mx1').accountOf('ao@example.org')],
    ['cl17', 'clerk'],
  );
  assert.equal(who.mailboxOf('info@example.org'), 'info@example.org');
  assert.deepEqual(
    who.describe('info@example.org').accounts.map(each => each.account),
    ['anna', 'bert'],
  );
  for (const each of ['dora.four@example.org', 'd4@example.org', 'dora@example.net', 'd5@example.org'])
    assert.equal(who.mailboxOf(each), 'dora', each);
  assert.equal(who.mailboxOf('gone@example.org'), 'gone@example.org');
  assert.deepEqual(
    who.problems.map(({ line, reason }) => [line, reason]),
    [[6, 'an address without an account']],
  );
});

test('huge and circular lists end, and it is told', async () => {
  const many = Array.from({ length: 12_000 }, (_, i) => `m${i}`).join('\n');
  const folder = evidence('huge', {
    'etc/aliases':
      'postmaster: root\nbig: :include:/etc/lists/big\nself: :include:/etc/lists/self\nnot: :include:/etc/lists/none\nroot: root\n',
    'etc/lists/big': many,
    'etc/lists/self': 'clerk\n:include:/etc/lists/self\n',
    'mail.log': LOG_LINE('mx1'),
  });
  const { texts } = await gathered(folder);
  const who = loadIdentity({ texts, domains: new LearnedDomains() });
  assert.equal(who.describe('big').kind, 'list');
  assert.equal(who.describe('big').targets.length, 64);
  assert.equal(who.mailboxOf('self'), 'clerk');
  assert.deepEqual(who.problems.map(each => each.reason).sort(), [
    '1 alias(es) include a list that is not in the evidence, such as not',
    'includes itself',
    'too many targets',
  ]);
});
