import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LearnedDomains } from '../mail/domains.ts';
import { IDENTITY_KINDS, type IdentityKind } from './contract.ts';
import { loadIdentity } from './identity.ts';
import { parseMainCf, recogniseMainCf } from './main-cf.ts';
import { parseLdif, parsePeopleCsv, recogniseLdif, recognisePeopleCsv } from './people.ts';
import { parsePostfixMap } from './postfix-map.ts';

test('main.cf: values go on, refer to each other, and a reference to itself ends', () => {
  const said = parseMainCf(
    'mydomain = example.org\nmyhostname = mx1.${mydomain}\nmydestination = $myhostname, $(mydomain)\n  localhost\nrecipient_delimiter = -\nvirtual_alias_domains = hash:/etc/postfix/domains b.example.net\na = $b\nb = $a\nnonsense\n',
  );
  assert.deepEqual(said.accountDomains, ['mx1.example.org', 'example.org', 'localhost']);
  assert.deepEqual(said.virtualDomains, ['b.example.net']);
  assert.equal(said.recipientDelimiter, '-');
  assert.deepEqual(said.maps, [{ parameter: 'virtual_alias_domains', type: 'hash', path: '/etc/postfix/domains' }]);
  assert.deepEqual(said.problems, [{ line: 9, reason: 'no parameter with a value' }]);
});

test('tables: quoted patterns, continued lines, what is wrong by its line', () => {
  const { entries, problems } = parsePostfixMap(
    '  early\n"john smith"@example.org  clerk\ninfo@example.org anna,\n  bert\nempty@example.org\ninfo@example.org carl\n"open x\n',
  );
  assert.deepEqual(
    [...entries],
    [
      ['john smith@example.org', ['clerk']],
      ['info@example.org', ['anna', 'bert']],
    ],
  );
  assert.deepEqual(
    problems.map(each => each.line),
    [1, 5, 6, 7],
  );
});

test('virtusertable of Sendmail: %1 is the local part, error: is nobody', () => {
  const text = '@second.example.net %1@example.org\n@third.example.net error:nouser No such user\n';
  const passwd = 'clerk:x:1003:1003::/home/clerk:/bin/sh\n';
  const domains = new LearnedDomains();
  domains.learn('example.org', 'account');
  const who = loadIdentity({ passwd: [passwd], texts: [{ kind: 'virtual', name: 'v', host: '', text }], domains });
  assert.equal(who.mailboxOf('clerk+x@second.example.net'), 'clerk');
  assert.equal(who.mailboxOf('clerk@third.example.net'), 'clerk@third.example.net');
});

test('an account that a directory names with its domain is itself', () => {
  const who = loadIdentity({
    passwd: ['clerk@corp.example.org:*:70001:70001::/home/corp.example.org/clerk:/bin/bash\n'],
    domains: new LearnedDomains(),
  });
  assert.equal(who.mailboxOf('clerk@corp.example.org'), 'clerk@corp.example.org');
  assert.equal(who.accountOf('Clerk@corp.example.org'), 'clerk@corp.example.org');
});

test('no content of any kind makes reading or folding throw', () => {
  const kinds = Object.keys(IDENTITY_KINDS) as IdentityKind[];
  const piece = fc.constantFrom(
    'a',
    'b@x.test',
    '@x.test',
    '@y.test',
    ':',
    ' ',
    ',',
    '\n',
    '"',
    '%1',
    ':include:/a',
    'dn: a',
    'mail:: ',
    'uid: b',
    '=',
    '$a',
    'mail,uid\n',
    '|',
    '\\',
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom(...kinds),
          fc.oneof(
            fc.string(),
            fc.array(piece).map(parts => parts.join('')),
          ),
        ),
      ),
      fc.string(),
      (files, address) => {
        const texts = files.map(([kind, text], i) => ({
          kind,
          name: `etc/${i}/a`,
          host: i % 2 === 0 ? '' : 'mx1',
          text,
        }));
        const who = loadIdentity({ texts, domains: new LearnedDomains() });
        for (const each of ['a', 'b@x.test', 'a@y.test', address]) {
          assert.equal(typeof who.mailboxOf(each), 'string');
          assert.ok(Array.isArray(who.onHost('mx1').describe(each).accounts));
          assert.equal(typeof who.onHost('mx1').accountOf(each), 'string');
        }
        for (const { text } of texts)
          for (const by of [recogniseMainCf, recogniseLdif, recognisePeopleCsv]) assert.ok(by(Buffer.from(text)) >= 0);
        parseLdif(address);
        parsePeopleCsv(address);
      },
    ),
  );
});
