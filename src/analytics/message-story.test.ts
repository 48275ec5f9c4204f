import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hop, Judgement, Message } from '../state/mail/contract.ts';
import type { World } from '../state/world.ts';
import { delivery, judgement, message, REF } from './mail-facts.test-support.ts';
import { tellMessage, weighJudgements } from './message-story.ts';
import { Story } from './story.ts';

const seen = { ref: REF, refShows: 'arrival' } as const;
interface Around {
  readonly hops?: ReadonlyMap<Message, Hop>;
  readonly judged?: readonly Judgement[];
}
const world = ({ hops = new Map(), judged = [] }: Around): World =>
  ({ mail: { before: (leg: Message) => hops.get(leg) ?? null, judgementsOf: () => judged } }) as unknown as World;

function told(of: Message, around: Around): Story {
  const story = new Story();
  const delivered = story.delivery({ message: of, delivery: delivery(), strength: 'observed', why: '' });
  tellMessage(story, { message: of, delivery: delivery(), strength: 'observed', why: '' }, world(around), delivered);
  return story;
}
const links = (story: Story): readonly string[] =>
  story.links.filter(link => link.kind === 'message').map(({ from, to, strength }) => `${from} ${strength} ${to}`);

const hop = (of: Message): Hop => ({ message: of, strength: 'inferred', why: 'the answer names it' });
const END = 'mail.delivered#mx1.Q1.clerk@example.org';

test('a message is followed back over the hosts that it was on', () => {
  const last = message();
  const middle = message({ host: 'filter', queueId: 'Q2', ...seen, clientAddress: '192.0.2.1' });
  const first = message({ host: 'gate', queueId: 'Q3', ...seen, clientAddress: '203.0.113.1', clientName: 'mx' });
  const story = told(last, {
    hops: new Map([
      [last, hop(middle)],
      [middle, hop(first)],
    ]),
  });
  assert.deepEqual(links(story), [
    `mail.received#filter.Q2 inferred ${END}`,
    'mail.received#gate.Q3 inferred mail.received#filter.Q2',
  ]);
  assert.deepEqual(
    story.steps.filter(step => step.kind === 'mail.received').map(step => step.summary),
    ['message Q2 arrives at filter from unknown[192.0.2.1]', 'message Q3 arrives at gate from mx[203.0.113.1]'],
  );
});

test('where its own arrival is told, what was before points at that', () => {
  const last = message({ ...seen, clientAddress: '127.0.0.1' });
  const before = message({ queueId: 'Q2', ref: REF, refShows: 'identified' });
  const story = told(last, { hops: new Map([[last, hop(before)]]) });
  assert.deepEqual(links(story), ['mail.received#mx1.Q2 inferred mail.received#mx1.Q1']);
  assert.equal(story.steps.at(-1)?.summary, 'message Q2 arrives at mx1', 'from where, no line says');
});

test('a leg that no line shows ends it, and one that leads in a circle does not run for ever', () => {
  const last = message();
  assert.deepEqual(links(told(last, { hops: new Map([[last, hop(message({ queueId: 'Q2' }))]]) })), []);
  const other = message({ queueId: 'Q2', ...seen });
  const circle = new Map([
    [last, hop(other)],
    [other, hop(other)],
  ]);
  assert.deepEqual(links(told(last, { hops: circle })), [`mail.received#mx1.Q2 inferred ${END}`]);
  const legs = Array.from({ length: 20 }, (_, index) => message({ queueId: `L${index}`, ...seen }));
  const line = new Map([last, ...legs].map((leg, index) => [leg, hop(legs[index] ?? last)] as const));
  assert.equal(links(told(last, { hops: line })).length, 6, 'as many as a story has room for');
});

test('what a filter said before the delivery points at it, what it said later is pointed at', () => {
  const [before, then, later] = [19, 20, 21].map(time => judgement({ time: time as never, name: `${time}` }));
  const story = told(message(), { judged: [before, then, later] as Judgement[] });
  const id = (time: number): string => `mail.judged#mx1.${time}./usr/sbin/amavisd.spam.${time}`;
  assert.deepEqual(links(story), [
    `${id(19)} observed ${END}`,
    `${id(20)} observed ${END}`,
    `${END} observed ${id(21)}`,
  ]);
  const byId = told(message(), {
    judged: [judgement({ by: 'message-id' }), judgement({ by: 'message-id', time: 25 as never })],
  });
  assert.deepEqual(
    byId.links.map(({ strength, why }) => [strength, why]),
    [
      ['inferred', 'the filter names its Message-ID'],
      ['inferred', 'the filter names its Message-ID'],
    ],
  );
});

const said = (...judged: readonly Judgement[]): readonly string[] =>
  told(message(), { judged })
    .steps.filter(step => step.kind === 'mail.judged')
    .map(step => step.summary);

test('what speaks against a message is told, else the one filter that let it pass', () => {
  const pass = judgement({ verdict: 'pass', said: 'CLEAN' });
  const spf = judgement({ about: 'spf', verdict: 'pass', said: 'pass' });
  assert.deepEqual(said(pass, judgement()), ['amavisd checks the message for spam: SPAM (fails)']);
  assert.deepEqual(said(spf, pass, { ...pass, name: 'second' }), [
    'amavisd checks the message for spam: CLEAN (passes)',
  ]);
  assert.deepEqual(said(spf), [], 'that the sender passed says nothing of the content');
  assert.deepEqual(said(judgement({ verdict: 'unknown' as never })), []);
  assert.equal(said(...Array.from({ length: 9 }, (_, index) => judgement({ name: `${index}` }))).length, 4);
});

test('a judgement is told with what the filter named', () => {
  const virus = {
    about: 'malware',
    said: 'FOUND',
    name: 'Eicar',
    part: 'a.zip',
    score: 0,
    action: 'rejected',
  } as const;
  assert.deepEqual(said(judgement(virus)), [
    'amavisd checks the message for malware: FOUND (fails, Eicar, in a.zip, score 0, rejected)',
  ]);
  assert.deepEqual(said(judgement({ action: 'unknown' })), ['amavisd checks the message for spam: SPAM (fails)']);
  for (const [about, what] of [
    ['dkim', 'the DKIM signature'],
    ['spf', "the sender's address (SPF)"],
    ['dmarc', "the sender's domain (DMARC)"],
    ['message', 'the message'],
    ['banned', 'the message for forbidden content'],
  ] as const)
    assert.deepEqual(said(judgement({ about, said: 'x' })), [`amavisd checks ${what}: x (fails)`]);
});

function weighed(...judged: readonly Judgement[]): readonly string[] {
  const of = message();
  const story = told(of, { judged });
  weighJudgements(story, of, world({ judged }));
  return story.factors.map(({ weight, name, evidence, steps }) => `${weight} ${name} (${steps.length}): ${evidence}`);
}

test('what is said of the content and of the sender are two factors, shown by what is told', () => {
  const dkim = judgement({ about: 'dkim', said: 'bad' });
  assert.deepEqual(weighed(judgement(), dkim), [
    '1 a filter spoke against the message (1): amavisd checks the message for spam: SPAM (fails)',
    '1 the sender failed a check (1): amavisd checks the DKIM signature: bad (fails)',
  ]);
  assert.deepEqual(weighed(judgement({ verdict: 'pass' }), { ...dkim, verdict: 'pass' }), []);
  const many = Array.from({ length: 9 }, (_, index) => judgement({ name: `${index % 2}`, time: index as never }));
  assert.deepEqual(
    weighed(...many, dkim),
    [
      '1 a filter spoke against the message (4): amavisd checks the message for spam: SPAM (fails, 0); amavisd checks the message for spam: SPAM (fails, 1)',
    ],
    'what has no step is no factor',
  );
});
