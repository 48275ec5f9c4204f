import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, each, episode, held, REF, SETTING, sample, worldOf } from './burst.test-support.ts';
import type { Episode } from './episode.ts';
import type { Judgement, Surroundings } from './judge.ts';
import type { Sample } from './sample.ts';
import type { Tally } from './tally.ts';
import { standingOut, tell } from './tell.ts';

interface Case {
  readonly episode?: Partial<Episode>;
  readonly tally?: Partial<Tally>;
  readonly around?: Partial<Surroundings>;
  readonly judgement?: Partial<Judgement>;
  readonly loaded?: object;
  readonly critical?: boolean;
  readonly account?: string;
}
const told = (facts: Case = {}) =>
  tell({
    episode: episode(facts.episode, { count: 60, ...facts.tally }),
    judgement: { kind: 'flood', severity: 'low', factors: [], held: [], ...facts.judgement },
    around: around({ estateCount: 60, ...facts.around }),
    world: worldOf({
      seen: () => true,
      identity: { loaded: facts.loaded ?? { aliases: true, passwd: true }, accountOf: () => facts.account ?? '' },
    }),
    critical: facts.critical ?? false,
    setting: SETTING,
  });
const step = (id: string, facts: Case): string | undefined => told(facts).steps.find(each => each.id === id)?.summary;
const links = (facts: Case): readonly string[] =>
  told(facts).links.map(({ from, to, strength }) => `${from} ${strength} ${to}`);

test('a message is told by what is known of it and what became of it', () => {
  const first = (facts: Partial<Sample>): string | undefined => step('first-1', { tally: { first: [sample(facts)] } });
  const begin = 'The first message of the burst: Q from <a@example.net>';
  const to = 'to <clerk@example.org>';
  assert.equal(first({}), `${begin} by 203.0.113.1 ${to} was delivered`);
  assert.equal(first({ client: '', sizeBytes: 0 }), `${begin} ${to}, 0 bytes was delivered`);
  assert.match(first({ outcome: 'full' }) ?? '', /found the mailbox full$/);
  assert.match(first({ outcome: 'relay' }) ?? '', /was passed on$/);
  assert.match(first({ sender: '' }) ?? '', /: Q from the null sender by/);
  assert.match(first({ senderKnown: false }) ?? '', /: Q from a sender that no line tells by/);
  assert.match(first({ queueId: '' }) ?? '', /: a message from/);
  assert.match(first({ queueId: 'store.1' }) ?? '', /: a message from .* lies in the mailbox$/);
  const three = told({ tally: { first: [sample(), sample({ time: 1 }), sample({ time: 2 })] } });
  assert.deepEqual(
    three.steps.map(each => each.id),
    ['first-1', 'peak', 'first-2', 'first-3'],
  );
  assert.match(three.steps[2]?.summary ?? '', /^An early message of the burst/);
});

const mark = (time: number) => ({ time, host: 'mx1', box: '/var/mail/clerk', program: '/usr/bin/lda', ref: REF });

test('growth and what the mailbox holds are told by their first and last, once where these are one', () => {
  const ids = (facts: Case): readonly string[] =>
    told(facts)
      .steps.map(each => each.id)
      .filter(id => id.includes('-') && !id.startsWith('first'));
  const [one, two] = [mark(1), mark(2)];
  assert.deepEqual(ids({ episode: { growth: { count: 2, first: one, last: two } } }), ['growth-first', 'growth-last']);
  assert.deepEqual(ids({ episode: { growth: { count: 1, first: one, last: one } } }), ['growth-first']);
  assert.deepEqual(ids({}), []);
  const stores = (facts: object): Case => ({ around: { held: held(facts as never) } });
  assert.deepEqual(ids(stores({ first: one, last: two, stored: 2, both: 1 })), ['held-first', 'held-last']);
  assert.deepEqual(ids(stores({ first: one, last: one })), ['held-first']);
  assert.deepEqual(ids(stores({ first: one, last: null })), []);
  assert.deepEqual(ids(stores({ first: null, last: one })), []);
  const lies = (box: string): string | undefined =>
    step('held-first', stores({ first: { ...one, box }, last: two }))?.split(' in the mailbox: ')[1];
  assert.equal(lies('evidence/mx1/var/mail/clerk'), '/var/mail/clerk', 'as it was on the host');
  assert.equal(lies('export/clerk.mbox'), 'export/clerk.mbox', 'which nothing tells of this one');
});

test('links say what joins the messages, and what is not there', () => {
  const still = 'last unavailable mailbox growth';
  assert.deepEqual(links({}), ['first-1 observed last', still]);
  assert.deepEqual(links({ tally: { count: 1 } }), [still]);
  assert.deepEqual(links({ tally: { count: 2 } }), ['first-1 observed last', still]);
  const two = { addresses: each(2) };
  assert.deepEqual(links({ tally: two }), ['first-1 observed last', 'first-1 observed peak', still]);
  assert.ok(links({ tally: two, loaded: { aliases: false, passwd: true } }).includes('first-1 observed peak'));
  assert.ok(links({ tally: two, loaded: { aliases: true, passwd: false } }).includes('first-1 observed peak'));
  assert.ok(links({ tally: two, loaded: { aliases: false, passwd: false } }).includes('first-1 inferred peak'));
  assert.ok(!links({ tally: { addresses: each(1) } }).some(each => each.endsWith('peak')));
  const grown = { growth: { count: 1, first: mark(1), last: mark(1) } };
  assert.deepEqual(links({ episode: grown }), ['first-1 observed last', 'first-1 observed growth-first']);
  const stores = (both: number, storesOnly = false): readonly string[] =>
    links({ around: { storesOnly, held: held({ both, first: mark(1), last: mark(1) } as never) } });
  assert.ok(stores(1).includes('first-1 observed held-first'));
  assert.ok(!stores(0).includes('first-1 observed held-first'));
  assert.ok(!stores(1, true).includes('first-1 observed held-first'));
});

test('the story says who wrote, what is usual and what others got', () => {
  const story = (facts: Case): string => told(facts).story;
  const one = { senders: each(1), first: [sample()] };
  assert.match(
    story({ tally: one }),
    /60 messages from one sender \(a@example\.net\) went to the mailbox clerk, 30 of/,
  );
  assert.match(story({ tally: { ...one, first: [sample({ sender: '' })] } }), /one sender \(the null sender\)/);
  assert.match(story({ tally: { ...one, first: [sample({ sender: '?' })] } }), /one sender \(an unknown sender\)/);
  assert.match(story({ tally: { senders: each(2), clients: each(3) } }), /from 2 senders at 3 client addresses went/);
  assert.match(story({ tally: { senders: each(2), untold: 1 } }), /from 2 or more senders at/);
  assert.match(story({ tally: { senders: each(2) }, around: { storesOnly: true } }), /from 2 senders went/);
  assert.match(story({}), /; 0 within a minute and 0 within an hour are usual there at most, and no other mailbox got/);
  const usual = { known: false, hoursSeen: 0, weekSeen: false, expected: [] };
  assert.match(story({ episode: { usual } }), /; what is usual there was not seen, and/);
  assert.match(story({ around: { otherMailboxes: 2, estateCount: 70 } }), /and 2 other mailboxes got 10 together in/);
  const factors = [
    { name: 'volume', weight: 30, evidence: 'volume' },
    { name: 'mailbox-full', weight: 10, evidence: 'full' },
    { name: 'not-concentrated', weight: -10, evidence: 'others' },
  ] as const;
  assert.match(story({ judgement: { factors } }), /in the same time; full\.$/);
  const loop = story({
    judgement: { kind: 'loop' },
    tally: { senders: new Map([['', 60]]) },
    around: { repliesToMain: 9 },
  });
  assert.match(loop, /and 9 answers went back and forth between clerk and the null sender: two programs/);
});

test('a factor is shown by the steps that hold it, else by the first and the last message', () => {
  const shown = (name: Judgement['factors'][number]['name'], facts: Case = {}): readonly string[] | undefined =>
    told({
      ...facts,
      tally: { first: [sample()], last: sample({ time: 9 }), ...facts.tally },
      judgement: { factors: [{ name, weight: 1, evidence: '' }] },
    }).factors[0]?.steps;
  assert.deepEqual(shown('volume'), ['first-1', 'peak']);
  assert.deepEqual(shown('one-sender'), ['first-1', 'last']);
  assert.deepEqual(shown('attachment-repeated', { tally: { attached: sample() } }), ['attachment', 'peak']);
  assert.deepEqual(shown('mailbox-growth'), ['peak']);
  const critical = told({ critical: true }).factors.at(-1);
  assert.deepEqual([critical?.name, critical?.weight, critical?.steps], ['critical-mailbox', 0, ['peak']]);
  assert.equal(told().factors.length, 0);
});

test('entities are the most frequent, without senders that nobody names', () => {
  const values = (facts: Case, kind: string): readonly string[] =>
    told(facts)
      .entities.filter(each => each.kind === kind)
      .map(each => each.value);
  const senders = new Map([
    ['b@x', 1],
    ['', 9],
    ['?', 8],
    ['a@x', 1],
    ['c@x', 2],
  ]);
  assert.deepEqual(values({ tally: { senders } }, 'sender'), ['c@x', 'a@x', 'b@x']);
  assert.equal(values({ tally: { clients: each(20) } }, 'address').length, 8);
  assert.deepEqual(values({ account: 'clerk' }, 'user'), ['clerk']);
  assert.deepEqual(values({}, 'user'), []);
});

const odd = (sender: string, time = 0, queueId = 'Q'): Sample => sample({ sender, time, queueId });
const out = (tally: Partial<Tally>): readonly string[] =>
  standingOut(episode({}, { count: 100, ...tally })).map(each => each.sender);

test('what does not fit the flood is told: known senders first, then those like no other', () => {
  const shapes = (...all: readonly (readonly [string, number])[]) => new Map(all);
  assert.deepEqual(out({ rare: [odd('b'), odd('a')], shapes: shapes(['a', 1], ['b', 2]), known: [odd('k')] }), [
    'k',
    'a',
    'b',
  ]);
  assert.deepEqual(out({ rare: [odd('a')], shapes: shapes(['a', 3]) }), [], 'three of a kind are common');
  assert.deepEqual(
    out({ count: 300, rare: [odd('a')], shapes: shapes(['a', 3]) }),
    ['a'],
    'in three hundred they are not',
  );
  const many = Array.from({ length: 11 }, (_, index) => odd(`${'x'.repeat(index + 1)}`));
  assert.deepEqual(out({ rare: many }), [], 'when everything is unlike everything');
  assert.equal(out({ rare: many.slice(0, 10) }).length, 8, 'a tenth of it, and eight are told');
  assert.equal(out({ count: 20, rare: many.slice(0, 8) }).length, 8);
  assert.deepEqual(out({ count: 20, rare: many.slice(0, 9) }), []);
  assert.deepEqual(out({ count: 4, known: [odd('k')] }), ['k']);
  assert.deepEqual(out({ count: 3, known: [odd('k')] }), [], 'more than a quarter is known');
  const later = standingOut(episode({}, { count: 100, rare: [odd('b', 2), odd('a', 1, 'R'), odd('c', 1, 'Q')] }));
  assert.deepEqual(
    later.map(each => each.sender),
    ['c', 'a', 'b'],
    'in the order of time',
  );
  const known = step('stands-out-1', { tally: { count: 100, known: [odd('k')] } });
  assert.match(known ?? '', /the sender was known before it/);
  assert.match(
    step('stands-out-1', { tally: { count: 100, rare: [odd('a')] } }) ?? '',
    /no other message looks like it/,
  );
  assert.ok(links({ tally: { count: 100, known: [odd('k')] } }).includes('stands-out-1 inferred peak'));
});

const change = (part: string, facts: Case) => told(facts).wouldChange.find(each => each.what.includes(part));
const VOLUME = [{ name: 'volume', weight: 30, evidence: '' }] as const;

test('what would have weighed otherwise is told with what it would have taken', () => {
  const judgement = { factors: VOLUME };
  assert.deepEqual(
    [30, 60, 150].map(peak =>
      change('the fullest window', { judgement, episode: { peaks: [peak] } })?.what.slice(0, 46),
    ),
    ['the fullest window had held 2 times its limit,', 'the fullest window had held 5 times its limit,', undefined],
  );
  assert.equal(change('the fullest window', { judgement })?.weight, 10);
  assert.equal(change('MailVolumeThreshold', { judgement })?.weight, -30);
  assert.match(change('MailVolumeThreshold', { judgement })?.what ?? '', /above 30 messages a minute$/);
  assert.match(change('MailVolumeThreshold', { judgement, episode: { peaks: [10, 90] } })?.what ?? '', /above 45 /);
  const usual = { known: true, hoursSeen: 9, weekSeen: false, expected: [10, 0, 0, 0, 0] };
  const own = change('BaselineMultiple', { judgement, episode: { usual, peaks: [60] } });
  assert.deepEqual([own?.weight, own?.what], [-30, 'BaselineMultiple were above 1.2']);
  assert.equal(change('such bursts were usual', { judgement })?.weight, -30);
  assert.match(change('such bursts were usual', { judgement })?.why ?? '', /^the evidence before/);
  const unknown = { known: false, hoursSeen: 0, weekSeen: false, expected: [] };
  assert.match(change('such bursts were usual', { judgement, episode: { usual: unknown } })?.why ?? '', /^neither/);
  assert.equal(change('NoisyRecipients', { judgement })?.weight, -30);
  assert.equal(change('the fullest window', { judgement: { kind: 'loop', factors: VOLUME } }), undefined);
  const wrote = 'records showed delivery software';
  assert.equal(change(wrote, { judgement })?.weight, 15);
  assert.equal(change(wrote, { judgement, episode: { growth: { count: 1, first: null, last: null } } }), undefined);
  const holds = { factors: [...VOLUME, { name: 'mailbox-holds' as const, weight: 15, evidence: '' }] };
  assert.equal(change(wrote, { judgement: holds }), undefined);
  const heldDown = change('did not hold the severity down: x', {
    judgement: { held: [{ why: 'x', setting: 'BurstMinimum' }] },
  });
  assert.deepEqual([heldDown?.weight, heldDown?.setting], [0, 'BurstMinimum']);
});

test('AttachmentPatternList is told of where it would have counted', () => {
  const change = (repeated: boolean, tally: Partial<Tally>) => {
    const factors = repeated ? [...VOLUME, { name: 'attachment-repeated' as const, weight: 30, evidence: '' }] : VOLUME;
    return told({ judgement: { factors }, tally }).wouldChange.find(each => each.setting === 'AttachmentPatternList');
  };
  assert.equal(change(true, { withAttachment: 0 }), undefined, 'found in the mailbox, where names do not count');
  assert.equal(change(true, { withAttachment: 1 })?.weight, 5);
  assert.equal(change(false, { withAttachment: 0 })?.weight, 30);
});
