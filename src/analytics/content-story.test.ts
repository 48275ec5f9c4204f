import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attributed } from '../state/network/contract.ts';
import { CLASS } from '../state/programs.ts';
import type { World } from '../state/world.ts';
import { missConnections } from './content-absences.ts';
import type { ContentCase, ContentConnection, ContentPersistence, ContentRun } from './content-cases.ts';
import { contentChanges } from './content-changes.ts';
import { cameAsProgram, disguiseOf, isMessengerOrigin, tellContent, weighLeaving } from './content-story.ts';
import { at, delivery, flowOf, message, REF, stepOf, taintOf } from './mail-facts.test-support.ts';

const PATH = '/home/clerk/a.pdf';
const run = (facts: Partial<ContentRun> = {}): ContentRun => ({
  time: at(100),
  order: 1,
  ref: REF,
  path: PATH,
  how: 'binary',
  strength: 'observed',
  taint: taintOf(),
  pid: 9,
  program: '/home/clerk/a.pdf',
  exe: '/home/clerk/a.pdf',
  parent: '/bin/bash',
  command: './a.pdf',
  tty: 'pts0',
  parentClass: 0,
  ...facts,
});
const content = (facts: Partial<ContentCase> = {}): ContentCase => ({
  key: 'k',
  host: 'ws1',
  uid: 1003,
  origins: [],
  runs: [run()],
  connections: [],
  persistence: [],
  secrets: [],
  watch: null,
  ...facts,
});

interface Around {
  readonly seen?: readonly string[];
  readonly mail?: ReturnType<typeof message>;
  readonly addresses?: readonly string[];
  readonly owner?: string;
}
const world = ({ seen = [], mail, addresses = [], owner = '' }: Around = {}): World =>
  ({
    seen: (_host: string, kind: string) => seen.includes(kind),
    contentOf: () => undefined,
    userName: () => owner,
    hosts: new Map(),
    identity: { onHost: () => ({ mailboxOf: () => 'clerk', homeOwner: () => owner }) },
    mail: {
      attachmentsOf: () => [],
      judgementsOf: () => [],
      before: () => null,
      deliveredTo: () => (mail === undefined ? [] : [{ message: mail, delivery: delivery() }]),
    },
    network: { flowOf: () => null, addressesOf: () => addresses },
  }) as unknown as World;

function told(facts: Partial<ContentCase> = {}, around: Around = {}, wantDelivery = false) {
  const story = tellContent(content(facts), world(around), wantDelivery);
  assert.ok(story);
  return story;
}
const summaries = (facts: Partial<ContentCase>, kind: string): readonly string[] =>
  told(facts)
    .story.steps.filter(step => step.kind === kind)
    .map(step => step.summary);

test('whoever ran it and whom it came to are told apart; a name that nobody knows is a number', () => {
  const as = (person: string, runner: string): string =>
    told({ runs: [run({ taint: taintOf({ person }) })] }, { owner: runner }).as;
  assert.equal(as('clerk', 'clerk'), 'clerk');
  assert.equal(as('clerk', 'intern'), 'intern (it came to clerk)');
  assert.equal(as('clerk', ''), 'clerk');
  assert.equal(as('', 'intern'), 'intern');
  assert.equal(as('', ''), 'uid 1003');
});

test('the first run that was seen, or that names the very file, is the main one', () => {
  const first = run({ strength: 'inferred', path: '' });
  const later = run({ time: at(200) });
  assert.equal(told({ runs: [later, first] }).main, later);
  assert.equal(told({ runs: [first] }).main, first, 'else the first');
  const taint = { ...taintOf({}, { kind: 'process.started', object: 'x' }), previous: taintOf({}, { object: PATH }) };
  const named = run({ strength: 'inferred', taint });
  assert.equal(told({ runs: [named, later] }).main, named);
  const moved = { ...taint, previous: taintOf({}, { object: `/tmp/x to ${PATH}` }) };
  const named2 = run({ strength: 'inferred', taint: moved });
  assert.equal(told({ runs: [named2, later] }).main, named2);
  const nothing = { ...taint, previous: taintOf({}, { object: '' }) };
  const unnamed = run({ strength: 'inferred', taint: nothing, path: '' });
  assert.equal(told({ runs: [unnamed, later] }).main, later, 'a step about nothing names no file');
  const spawned = run({ strength: 'inferred', taint, how: 'spawned-by-reader' });
  assert.equal(told({ runs: [spawned, later] }).main, later, 'what was read is not what runs');
  const other = { ...taint, previous: taintOf({}, { object: '/tmp/other' }) };
  assert.equal(told({ runs: [run({ strength: 'inferred', taint: other }), later] }).main, later);
  const [second, tie] = [run({ order: 2, pid: 1 }), run({ order: 1, pid: 2 })];
  assert.equal(told({ runs: [second, tie] }).main, tie, 'of one moment by their order');
  const [early, again] = [run({ order: 9 }), run({ time: at(200), order: 3 })];
  assert.equal(told({ runs: [again, early] }).main, early, 'else by the time');
  assert.equal(tellContent(content({ runs: [] }), world(), false), null);
});

test('of several origins the surest history is told, and what was taken in on purpose last', () => {
  const best = (...taints: ReturnType<typeof taintOf>[]): string =>
    told({ runs: taints.map((taint, index) => run({ taint, pid: index, time: at(100 + index) })) }).taint.origin.id;
  const inferred = taintOf({ id: 'inferred', strength: 'inferred' });
  const observed = taintOf({ id: 'observed' });
  assert.equal(best(inferred, observed), 'observed');
  assert.equal(best({ ...observed, curated: true }, inferred), 'inferred');
  assert.equal(best(observed, taintOf({ id: 'agent', agentPid: 0 })), 'agent', 'whose delivery agent is known');
  const place = taintOf({ id: 'place', basis: 'place' });
  const appeared = taintOf({ id: 'appeared', basis: 'appeared' });
  assert.equal(best(place, appeared), 'appeared');
  assert.equal(best(appeared, observed), 'observed');
  assert.equal(best(inferred, taintOf({ id: 'x', strength: 'inferred', agentPid: 7 })), 'x');
  assert.equal(
    best(taintOf({ id: 'x', strength: 'inferred', agentPid: 7 }), place),
    'place',
    'what was seen says more',
  );
  assert.equal(best(observed, taintOf({ id: 'y', basis: 'appeared', agentPid: 7 })), 'y');
  assert.equal(best({ ...observed, curated: true }, { ...inferred, curated: true }), 'observed');
  assert.equal(best(observed, taintOf({ id: 'z' })), 'observed', 'of equals that of the main run');
});

test('a chain is observed when every link of it is', () => {
  assert.equal(told().chain, 'observed');
  assert.equal(told({ runs: [run({ taint: taintOf({ strength: 'inferred' }) })] }).chain, 'inferred');
  assert.equal(told({ runs: [run({ strength: 'inferred' })] }).chain, 'inferred');
});

test('a run is told with its process, its parent and its command, as far as they are known', () => {
  const how = (facts: Partial<ContentRun>): string | undefined =>
    summaries({ runs: [run(facts)] }, 'content.executed')[0];
  assert.equal(how({}), `${PATH} is run as a program: ./a.pdf (pid 9, started by /bin/bash)`);
  assert.equal(how({ pid: -1 }), `${PATH} is run as a program: ./a.pdf (started by /bin/bash)`);
  assert.equal(how({ pid: 0, parent: '' }), `${PATH} is run as a program: ./a.pdf (pid 0)`);
  assert.equal(how({ pid: -1, parent: '', command: '' }), `${PATH} is run as a program: ${PATH}`);
  assert.equal(
    how({ path: '', how: 'memory' }),
    'the content is run out of memory: ./a.pdf (pid 9, started by /bin/bash)',
  );
});

test('the record of the run itself is not told a second time', () => {
  const before = taintOf({}, { time: at(1), object: PATH });
  const ran = (step: object) => {
    const taint = {
      ...before,
      previous: before,
      step: stepOf({ kind: 'process.started', pid: 9, time: at(100), ...step }),
    };
    return told({ runs: [run({ taint })] }).story.steps.map(each => each.kind);
  };
  assert.deepEqual(ran({}), ['file.created', 'content.executed']);
  const twice = ['file.created', 'process.started', 'content.executed'];
  assert.deepEqual(ran({ pid: 8 }), twice);
  assert.deepEqual(ran({ time: at(99) }), twice);
  assert.deepEqual(ran({ kind: 'file.opened' }), ['file.created', 'file.opened', 'content.executed']);
});

test('what a program fetched and ran by itself is told from the fetch on', () => {
  const fetch = { kind: 'process.started', pid: 9, time: at(100), verb: 'fetches', object: 'https://203.0.113.9/a' };
  const { story, ids } = told({ runs: [run({ taint: taintOf({ basis: 'fetched', pid: 9 }, fetch) })] });
  const [fetched, ran] = story.steps;
  assert.match(fetched?.summary ?? '', /fetches https:/);
  assert.equal(ran?.kind, 'content.executed');
  assert.deepEqual([ids.origin, ids.taken], [fetched?.id, fetched?.id]);
  assert.deepEqual(
    story.links.map(({ from, to, kind }) => [from, to, kind]),
    [[fetched?.id, ran?.id, 'execution']],
  );
});

const connection = (facts: Partial<ContentConnection> = {}): ContentConnection => ({
  time: at(120),
  order: 1,
  ref: REF,
  pid: 9,
  program: '/x',
  destination: '203.0.113.9:443',
  failed: false,
  standing: 'brought',
  guessed: false,
  port: 443,
  contact: null,
  ...facts,
});

test('a connection whose process was given a parent by guess is no observed part of the story', () => {
  const strength = (guessed: boolean) =>
    told({ runs: [run()], connections: [connection({ guessed })] }).story.links.find(
      link => link.kind === 'process-tree',
    );
  assert.equal(strength(false)?.strength, 'observed');
  assert.equal(strength(true)?.strength, 'inferred');
  assert.match(strength(true)?.why ?? '', /^no record names its parent/);
});

const left = (facts: Partial<ContentPersistence> = {}): ContentPersistence => ({
  time: at(130),
  ref: REF,
  pid: 9,
  program: '/x',
  path: '/home/clerk/.profile',
  strength: 'observed',
  ...facts,
});

test('what ldd asked about reaches out to nowhere: that is from the run before it', () => {
  const script = run({ time: at(105), pid: 8, how: 'interpreter-script', path: '/home/clerk/b.sh' });
  const asked = run({ time: at(110), pid: 8, how: 'traced', path: '/home/clerk/c' });
  const above = (...runs: readonly ContentRun[]): readonly string[] =>
    told({
      runs: [run(), ...runs],
      connections: [connection({ pid: 12, below: 8 })],
      persistence: [left({ pid: 12, below: 8 })],
    })
      .story.links.filter(link => link.kind === 'process-tree')
      .map(link => link.from);
  const ofScript = 'content.executed#8.105./home/clerk/b.sh';
  assert.deepEqual(above(script), [ofScript, ofScript]);
  assert.deepEqual(above(script, asked), [ofScript, ofScript]);
  const ofMain = `content.executed#9.100.${PATH}`;
  assert.deepEqual(above(asked), [ofMain, ofMain], 'where nothing else ran there, from the main run');
});

test('that it is run is known from a record, its words or the loader alone', () => {
  const why = (facts: Partial<ContentRun>): string | undefined =>
    told({ runs: [run(facts)] }).story.links.find(link => link.kind === 'execution')?.why;
  assert.equal(why({}), 'the record shows that this content is run');
  const words = 'arguments or a common pipeline say that this content is run';
  assert.equal(why({ strength: 'inferred', how: 'loader' }), words);
  assert.equal(why({ strength: 'inferred', how: 'standard-input', command: 'sh' }), words);
  assert.match(why({ strength: 'inferred', how: 'loader', command: 'ssh' }) ?? '', /^opened as the program began/);
});

test('what it connects to and what it leaves behind are told as surely as they are known', () => {
  assert.deepEqual(summaries({ connections: [connection()] }, 'network.connected'), [
    '/x (pid 9) connects to 203.0.113.9:443',
  ]);
  assert.deepEqual(summaries({ connections: [connection({ failed: true })] }, 'network.connected'), [
    '/x (pid 9) tries to connect to 203.0.113.9:443',
  ]);
  assert.deepEqual(summaries({ persistence: [left()] }, 'persistence.written'), [
    '/x (pid 9) writes /home/clerk/.profile, which runs later by itself',
  ]);
  assert.deepEqual(summaries({ persistence: [left({ strength: 'inferred' })] }, 'persistence.written'), [
    '/x (pid 9) probably writes /home/clerk/.profile, which runs later by itself',
  ]);
  const why = (strength: 'observed' | 'inferred'): string | undefined =>
    told({ persistence: [left({ strength })] }).story.links.find(link => link.to.startsWith('persistence'))?.why;
  assert.match(why('observed') ?? '', /^the process that runs the content/);
  assert.match(why('inferred') ?? '', /^the file appeared while/);
});

const watched = { flows: [{ flow: flowOf(), strength: 'inferred', why: '', alike: 0 } as Attributed] };

test('what left the host stands in only where the host records no connections', () => {
  const watch = watched as unknown as ContentCase['watch'];
  assert.equal(told({ watch }).leaving.length, 1);
  assert.equal(told({ watch }, { seen: ['network.connected'] }).leaving.length, 0);
  assert.equal(told().leaving.length, 0);
  const factors = (facts: Partial<ContentCase>): readonly string[] => {
    const story = told(facts);
    weighLeaving(story);
    return story.story.factors.map(({ weight, evidence }) => `${weight} ${evidence}`);
  };
  assert.deepEqual(factors({ watch }), ['1 203.0.113.9:443']);
  assert.deepEqual(factors({}), []);
});

test('that connections are not recorded is said with what the wire makes up for', () => {
  const missing = (facts: Partial<ContentCase>, around: Around): string | undefined => {
    const story = told(facts, around);
    missConnections(story, 'ws1', world(around));
    return story.story.missing[0];
  };
  const watch = watched as unknown as ContentCase['watch'];
  assert.match(missing({ watch }, {}) ?? '', /what left it is told from the wire/);
  assert.match(missing({}, { addresses: ['192.0.2.7'] }) ?? '', /the wire shows none to a new place/);
  assert.match(missing({}, {}) ?? '', /whether it reached out is not known/);
  assert.equal(missing({}, { seen: ['network.connected'] }), undefined);
});

test('who and what it is about is told as far as it is known', () => {
  const entities = (facts: Partial<ContentCase>, around: Around, wantDelivery = false): readonly string[] =>
    told(facts, around, wantDelivery).entities.map(({ kind, value }) => `${kind} ${value}`);
  const nobody = [run({ taint: taintOf({ person: '' }) })];
  const process = `process ${PATH} (pid 9)`;
  assert.deepEqual(entities({ runs: nobody }, {}), ['host ws1', 'user uid 1003', `file ${PATH}`, process]);
  assert.deepEqual(entities({ runs: [run({ path: '' })] }, {}), ['host ws1', 'user clerk', process]);
  const known = message({ senderKnown: true, messageId: 'a@b' });
  assert.deepEqual(entities({}, { mail: known }, true).slice(4), [
    'message Q1',
    'message a@b',
    'sender <>',
    'mailbox clerk',
  ]);
  assert.deepEqual(entities({}, { mail: message({ queueId: 'wire.1' }) }, true).slice(4), ['mailbox clerk']);
  assert.equal(entities({}, { mail: known }).length, 4, 'nobody asked for a message');
});

test('a name made to look like another is called out', () => {
  for (const [name, says] of [
    ['/x/\u202Efdp.exe', /^the name holds bidirectional/],
    ['/x/a.pdf ', /^the name is padded/],
    ['/x/a    .sh', /^the name is padded/],
    ['/x/a.pdf.sh', /^the name pretends to be a \.pdf file$/],
    ['/x/a.PDF', /^a file named \.pdf is run as a program$/],
    ['/x/a.pdf.zip', /^a file named \.zip is run as a program$/],
    ['/x/.a', /^the file is hidden$/],
  ] as const)
    assert.match(disguiseOf(name), says, name);
  for (const name of ['', '/x/', '/x/a', '/x/a   b', '/x/pdf', '/x/pdf.sh', '/x/a.tar.gz', '/x/a.sh.bin'])
    assert.equal(disguiseOf(name), '', name);
  assert.equal(disguiseOf('/x/.bashrc', 'sourced'), '');
  assert.match(disguiseOf('/x/a.pdf.sh', 'sourced'), /^the name pretends/);
});

test('a program came as such where it was only saved, moved and unpacked before it was run', () => {
  /** Of a file that these kinds of steps led to, the newest last. */
  const came = (how: ContentRun['how'], first: string, ...kinds: readonly string[]): boolean => {
    let taint = taintOf({}, { kind: first });
    for (const kind of kinds) taint = { ...taint, previous: taint, step: stepOf({ kind }) };
    return cameAsProgram(run({ how, taint }));
  };
  const ran = 'process.started';
  assert.equal(came('binary', 'file.created', ran), true);
  assert.equal(came('loader', 'file.created', 'file.moved', ran), true);
  assert.equal(came('interpreter-script', 'file.created', ran), false, 'the program is the interpreter');
  assert.equal(came('binary', 'file.created', ran, ran), false, 'something that was run made it');
  assert.equal(came('binary', 'file.created', ran, 'file.created', ran), false);
  assert.equal(came('binary', ran, 'file.created', ran), false, 'it was fetched by what it came to');
});

test('a messenger is one by its class', () => {
  assert.equal(isMessengerOrigin(taintOf({ classBits: CLASS.messenger })), true);
  assert.equal(isMessengerOrigin(taintOf({ classBits: CLASS.browser })), false);
  assert.equal(isMessengerOrigin(taintOf()), false);
});

test('what would have raised it depends on what the host records', () => {
  const watch = watched as unknown as ContentCase['watch'];
  const changes = (facts: Partial<ContentCase>, around: Around, wantDelivery = false) =>
    contentChanges(content(facts), told(facts, around, wantDelivery), world(around));
  const why = (part: string, facts: Partial<ContentCase>, around: Around): string | undefined =>
    changes(facts, around).find(each => each.what.includes(part))?.why;
  const out = 'had connected out';
  assert.match(why(out, {}, { seen: ['network.connected'] }) ?? '', /^this host records connections, and none/);
  assert.match(why(out, { watch }, {}) ?? '', /cannot be given to a process$/);
  assert.match(why(out, {}, { addresses: ['192.0.2.7'] }) ?? '', /the wire shows none to a new place/);
  assert.match(why(out, {}, {}) ?? '', /^not seen, because no network evidence/);
  assert.equal(why(out, { connections: [connection()] }, {}), undefined);
  const unit = 'a unit, an autostart entry';
  assert.match(why(unit, {}, { seen: ['file:written'] }) ?? '', /being written, and none/);
  assert.match(why(unit, {}, { seen: ['file:appeared'] }) ?? '', /appearing, and none/);
  assert.match(why(unit, {}, {}) ?? '', /^not seen, because/);
  assert.equal(why(unit, { persistence: [left()] }, {}), undefined);
  assert.deepEqual(
    changes({}, {}).map(each => each.weight),
    [2, 2, -10],
  );
  const selector = (facts: Partial<ContentCase>, around: Around, wantDelivery = false): string | undefined =>
    changes(facts, around, wantDelivery).find(each => each.setting === 'inventory')?.what;
  assert.match(selector({}, {}) ?? '', new RegExp(`user: clerk, path: ${PATH}`));
  const nobody = [run({ path: '', taint: taintOf({ person: '' }) })];
  assert.match(selector({ runs: nobody }, {}) ?? '', /user: uid 1003, path: none/);
  const known = message({ senderKnown: true, sender: 'x@example.net' });
  assert.match(selector({}, { mail: known }, true) ?? '', /\(sender: x@example\.net\)/);
  assert.match(selector({}, { mail: message({ sender: 'x@example.net' }) }, true) ?? '', /user: clerk/);
});
