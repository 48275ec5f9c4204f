import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alarm, CLERK, names, neighbours, quiet } from './claims.test-support.ts';
import { DAY, gist, HOUR, log, type Mail, MINUTE, many, replay, T0 } from './flood.test-support.ts';

const FILM = 3_000_000;

interface Facts {
  readonly count?: number;
  readonly size?: (index: number) => number;
  readonly from?: (index: number) => string;
  readonly everyMs?: number;
  /** From this one on there is no room. */
  readonly fullFrom?: number;
}

/** Large letters by strangers, one a domain. */
const films = (facts: Facts = {}): Mail[] =>
  many(facts.count ?? 26, T0, facts.everyMs ?? 90_000, i => ({
    from: facts.from?.(i) ?? `film@${WORDS[i % WORDS.length]}${i < WORDS.length ? '' : 'x'}.example`,
    ip: `192.0.2.${i + 1}`,
    size: facts.size?.(i) ?? FILM + ((i * 37) % 60),
    fate: i >= (facts.fullFrom ?? Number.POSITIVE_INFINITY) ? 'full' : 'maildir',
  }));

const WORDS =
  'garden kayak lumen orbit piano quarz rivet salon tulip urban violet walnut xylo yard zebra atlas birch cedar delta ember fjell grove haven ivory'.split(
    ' ',
  );

/** A few short letters a day. */
const usual = (days = 4, size = 900): Mail[] =>
  many(days * 3, T0 - days * DAY, 8 * HOUR, i => ({ from: `peer${i % 3}@example.net`, ip: '198.51.100.7', size }));

function low(mails: readonly Mail[], why: RegExp): void {
  const found = alarm(mails);
  assert.equal(found.severity, 'low');
  assert.ok(
    found.wouldChange.some(({ what }) => why.test(what)),
    JSON.stringify(found.wouldChange),
  );
}

test('26 films by as many strangers are told by their bytes, and what is turned away then is told', () => {
  const found = alarm([...usual(), ...films({ fullFrom: 19 })]);
  assert.equal(found.severity, 'medium');
  assert.deepEqual(names(found), ['mailbox-filled', 'strangers-once-each', 'same-large-content', 'mailbox-full']);
  assert.match(found.story, /26 messages with 780\d+ bytes together/);
  const late = { at: T0 + HOUR, from: 'peer1@example.net', ip: '198.51.100.7', size: 900, fate: 'full' } as const;
  const harmed = alarm([...usual(), ...films({ fullFrom: 19 }), late]);
  assert.ok(harmed.steps.some(({ summary }) => summary.includes('somebody else') && summary.includes('peer1')));
});

test('without harm from twenty on, and low before; low where they are of any size', () => {
  assert.equal(alarm([...usual(), ...films()]).severity, 'medium');
  low([...usual(), ...films({ count: 19 })], /fewer than 20/);
  low([...usual(), ...films({ size: i => FILM + i * 400_000, fullFrom: 15 })], /nothing in common/);
});

test('quiet: fewer, smaller, of one domain, of people who wrote before, no more than usual, of unlike sizes', () => {
  quiet([...usual(), ...films({ count: 9, fullFrom: 5 })]);
  quiet([...usual(), ...films({ size: () => 200_000 })]);
  quiet([...usual(), ...films({ from: i => `film${i}@house.example` })]);
  quiet([...usual(4, 8_000_000), ...films()]);
  quiet([...usual(), ...films({ size: i => FILM + i * 400_000 })]);
  const before = films().map(mail => ({ ...mail, at: mail.at - 3 * DAY, size: 900 }));
  quiet([...usual(), ...before, ...films()]);
});

/** Large letters by strangers each day, of unlike sizes and too few to fill anything. */
const drafts = (days: number, aDay: number): Mail[] =>
  many(days * aDay, T0 - days * DAY, DAY / aDay, i => ({
    from: `draft${i}@${WORDS[i % WORDS.length]}${i}.test`,
    ip: '198.51.100.9',
    size: 700_000 + i * 90_000,
  }));

test('what strangers sent on days before is usual as well, but never the filling itself or an earlier one', () => {
  quiet([...usual(), ...drafts(4, 6), ...films()]);
  const found = alarm([...usual(), ...drafts(4, 1), ...films()]);
  assert.match(found.story, /9\d{5} bytes came on the busiest day before/);
  const earlier = films().map((mail, i) => ({ ...mail, at: mail.at - 2 * DAY, from: `a@film${i}.test` }));
  const twice = replay(log([...usual(5), ...earlier, ...films(), ...neighbours])).filter(
    ({ severity }) => severity === 'medium',
  );
  assert.equal(twice.length, 2);
  for (const { story } of twice) assert.match(story, /2700 bytes came on the busiest day before/);
  const beside = many(9, T0 - 9 * MINUTE, MINUTE, i => ({
    from: `draft${i}@side${i}.test`,
    ip: '198.51.100.9',
    size: 400_000 + i * 30_000,
  }));
  assert.equal(alarm([...usual(), ...beside, ...films()]).severity, 'medium', 'what comes with it hides nothing');
});

test('quiet: spread over days, or where nothing shows what came before', () => {
  quiet([...usual(), ...films({ everyMs: 70 * MINUTE })]);
  quiet(films());
});

test('where strangers are usual it is low', () => {
  const strangers = many(60, T0 - 6 * DAY, 2 * HOUR, i => ({
    from: `visitor@${WORDS[i % WORDS.length]}${i}.test`,
    ip: '198.51.100.9',
    size: 900,
  }));
  low([...strangers, ...films()], /strangers write to this mailbox/);
});

test('a mailbox known to be noisy is left alone, and what was saved in between goes on', () => {
  const mails = [...usual(), ...films({ fullFrom: 19 })];
  quiet(mails, { tunables: { NoisyRecipients: [CLERK] } });
  const lines = log([...mails, ...neighbours]);
  for (const cutAt of [60, lines.length - 200, lines.length - 60])
    assert.deepEqual(gist(replay(lines, { cutAt })), gist(replay(lines)), `${cutAt}`);
});
