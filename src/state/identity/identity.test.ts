import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LearnedDomains } from '../mail/domains.ts';
import { parseAliases, recogniseAliases } from './aliases.ts';
import { parseGroup, recogniseGroup } from './group.ts';
import { loadIdentity } from './identity.ts';
import { parsePasswd, recognisePasswd } from './passwd.ts';

const PASSWD =
  'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nops:x:1001:1001:Ops,,,:/home/ops:/bin/bash\nclerk:x:1003:1003::/srv/people/clerk:/bin/bash\na+b:x:1004:1004::/home/ab:/bin/sh\n';
const ALIASES = `# comment
postmaster:    root
root: ops
info: clerk,
  buyer
"quoted name": clerk
news: :include:/etc/mail/news
pipe: "|/usr/bin/handle --to 'x, y'"
file: /var/mail/archive
loop1: loop2
loop2: loop1
far: someone@elsewhere.example
near: clerk@example.org
orders: near
escaped: \\clerk
`;

function identity(learned: readonly (readonly [string, 'account' | 'virtual'])[] = [['example.org', 'account']]) {
  const domains = new LearnedDomains();
  for (const [domain, kind] of learned) domains.learn(domain, kind);
  return loadIdentity({ passwd: [PASSWD], aliases: [ALIASES], domains });
}

test('addresses fold to the account that gets the mail', () => {
  const { mailboxOf } = { mailboxOf: (address: string) => identity().mailboxOf(address) };
  for (const address of [
    'clerk',
    'clerk@example.org',
    'CLERK@EXAMPLE.org',
    'clerk+x@example.org',
    'clerk+x+y@example.org',
    '"clerk"@example.org',
    'near@example.org',
    'orders@example.org',
    'clerk@example.org.',
    'escaped@example.org',
  ]) {
    assert.equal(mailboxOf(address), 'clerk', address);
  }
  for (const address of ['ops', 'root@example.org', 'postmaster@example.org', 'POSTMASTER+x@example.org'])
    assert.equal(mailboxOf(address), 'ops', address);
  assert.equal(mailboxOf('a+b@example.org'), 'a+b');
});

test('lists, commands, files, inclusions, loops and far addresses fold no further', () => {
  for (const name of ['info', 'news', 'pipe', 'file', 'far', 'loop1', 'loop2'])
    assert.equal(identity().mailboxOf(`${name}@example.org`), name);
});

test('one local part at two domains is one mailbox only when both are known as local', () => {
  assert.equal(identity().mailboxOf('clerk@second.example'), 'clerk@second.example');
  assert.equal(
    identity([
      ['example.org', 'account'],
      ['second.example', 'virtual'],
    ]).mailboxOf('clerk@second.example'),
    'clerk',
  );
  assert.equal(identity([['second.example', 'virtual']]).mailboxOf('visitor@second.example'), 'visitor@second.example');
  assert.equal(identity().mailboxOf('Someone+tag@Far.example'), 'someone@far.example');
});

test('what is learned later is folded by later, also for an address asked before', () => {
  const domains = new LearnedDomains();
  const who = loadIdentity({ passwd: [PASSWD], domains });
  assert.equal(who.mailboxOf('clerk@late.example'), 'clerk@late.example');
  domains.learn('late.example', 'account');
  assert.equal(who.mailboxOf('clerk@late.example'), 'clerk');
  assert.equal(who.accountOf('clerk@late.example'), 'clerk');
});

test('names, ids and homes', () => {
  const who = identity();
  assert.deepEqual(
    [who.userName(1001), who.userName(7), who.uidOf('ops'), who.uidOf('x'), who.homeOf('clerk'), who.homeOf('x')],
    ['ops', '', 1001, -1, '/srv/people/clerk', ''],
  );
  assert.equal(who.homeOwner('/srv/people/clerk/Maildir/new/1'), 'clerk');
  assert.equal(who.homeOwner('/srv/people/clerkx'), '');
  assert.equal(who.homeOwner('/home/stranger/x'), 'stranger');
  assert.equal(who.homeOwner('/root/x'), 'root');
  assert.equal(who.homeOwner('/usr/sbin/x'), '');
  assert.deepEqual(who.loaded, { passwd: true, aliases: true });
});

test('bad lines are reported by number and passed over', () => {
  assert.deepEqual(parsePasswd('a:x:1:1::/:/bin/sh\nbroken\nb:x:y:1::/:\na:x:2:2::/:/x\r\n').problems, [
    { line: 2, reason: 'not seven fields' },
    { line: 3, reason: 'uid or gid is not a number' },
    { line: 4, reason: 'name occurs twice' },
  ]);
  assert.deepEqual(
    parseAliases('  orphan\nnocolon\na: "open, b\na: c\n').problems.map(each => each.line),
    [1, 2, 3, 4],
  );
  assert.deepEqual(parseGroup('mail:x:8:clerk,ops\nbad\n'), {
    groups: [{ name: 'mail', gid: 8, members: ['clerk', 'ops'] }],
    problems: [{ line: 2, reason: 'not a group line' }],
  });
});

test('aliases: targets of every sort', () => {
  const { aliases } = parseAliases(ALIASES);
  assert.deepEqual(aliases.get('pipe'), [{ kind: 'command', value: "/usr/bin/handle --to 'x, y'" }]);
  assert.deepEqual(aliases.get('news'), [{ kind: 'include', value: '/etc/mail/news' }]);
  assert.deepEqual(
    aliases.get('info')?.map(each => each.value),
    ['clerk', 'buyer'],
  );
  assert.deepEqual(aliases.get('quoted name'), [{ kind: 'address', value: 'clerk' }]);
  assert.ok(identity().opaqueAliases.some(each => each.name === 'file' && each.target.value === '/var/mail/archive'));
});

test('files are told apart by content', () => {
  const group = 'root:x:0:\nmail:x:8:clerk\n';
  const table = [PASSWD, group, ALIASES, 'key: value\nother: [1]\n', 'Mar  1 09:30:00 mx1 a: b\n'].map(text =>
    [recognisePasswd, recogniseGroup, recogniseAliases].map(by => by(Buffer.from(text)) > 0.5),
  );
  assert.deepEqual(table, [
    [true, false, false],
    [false, true, false],
    [false, false, true],
    [false, false, false],
    [false, false, false],
  ]);
});

test('no content makes them throw, and folding always ends', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(
        fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('a', 'b', 'c', 'd', 'a, b', '"', ':include:x')),
      ),
      fc.string(),
      (junk, pairs, address) => {
        const text = `${pairs.map(([name, target]) => `${name}: ${target}`).join('\n')}\n${junk}`;
        const who = loadIdentity({ passwd: [junk], aliases: [text], domains: new LearnedDomains() });
        for (const each of ['a', 'b@localhost', address]) assert.equal(typeof who.mailboxOf(each), 'string');
        for (const by of [recognisePasswd, recogniseAliases, recogniseGroup]) assert.ok(by(Buffer.from(text)) >= 0);
        assert.equal(typeof who.homeOwner(address), 'string');
      },
    ),
  );
});
