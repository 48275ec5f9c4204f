import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, alarm, CLERK, hushed, names, quiet, stranger, told, word } from './claims.test-support.ts';
import { DAY, HOUR, type Mail, many, ordinaryMonth, T0 } from './flood.test-support.ts';

/** A program that makes a sender for each message: known by its form, and a new form is nobody who is known. */
const days = (count: number, perDay: number): Mail[] =>
  ordinaryMonth(CLERK, T0, perDay).filter(({ at }) => at >= T0 - count * DAY);
const within = (count: number, hours: number, from: (index: number) => string, ip: (index: number) => string): Mail[] =>
  many(count, T0, (hours * HOUR) / count, i => ({ from: from(i), ip: ip(i), size: 5000 }));
const HOSTS = (i: number): string => `192.0.2.${81 + (i % 2)}`;
const OTHERS = (i: number): string => `203.0.113.${81 + (i % 2)}`;

const codes = {
  'a number beside the name': (i: number) => `bounces+${1000 + i * 7}-clerk@em.example`,
  'a code': (i: number) => `n-${(0xa0b1c2d3 + i * 7919).toString(16)}9c4e1d2f@em.example`,
  'a number': (i: number) => `notice${1000 + i}@em.example`,
};

/** A dozen a day for three days. */
const notices = (from: (index: number) => string): Mail[] =>
  [3, 2, 1].flatMap(day =>
    many(12, T0 - day * DAY, 20 * 60_000, i => ({ from: from(day * 100 + i), ip: HOSTS(i), size: 5000 })),
  );

test('informational: a storm of a machine that is known by its form and its hosts', () => {
  for (const [name, from] of Object.entries(codes)) {
    const found = told([...days(4, 5), ...notices(from), ...within(170, 0.7, i => from(5000 + i), HOSTS)]);
    assert.deepEqual(
      found.map(each => each.severity),
      ['informational'],
      name,
    );
    const said = JSON.stringify(found);
    assert.ok(!said.includes('strangers-once-each') && !said.includes('senders-alike'), name);
    assert.ok(!said.includes('never seen here before'), name);
  }
});

test('the same form from another network, another form from the same hosts, or a form of yesterday evening is a flood', () => {
  for (const [name, from] of Object.entries(codes)) {
    const storm = (i: number): string => from(5000 + i);
    const usual = [...days(4, 5), ...notices(from)];
    // An address that names the recipient is known as one sender, as any constant address is.
    const [elsewhere, other] = name === 'a number beside the name' ? ['low', 'medium'] : ['high', 'high'];
    assert.equal(alarm([...usual, ...within(170, 0.7, storm, OTHERS)]).severity, elsewhere, name);
    assert.equal(alarm([...usual, ...within(170, 0.7, i => `x-${storm(i)}`, HOSTS)]).severity, other, name);
    const late = many(12, T0 - 14 * HOUR, 60_000, i => ({ from: from(i), ip: HOSTS(i), size: 5000 }));
    assert.equal(alarm([...days(4, 5), ...late, ...within(170, 0.7, storm, HOSTS)]).severity, other, name);
  }
});

test('two forms or more of one provider, far beyond what is usual, are a flood below the limits of any mailbox', () => {
  const forms = [
    (i: number) => `maria.k${i}+3fe${i}@cal.example`,
    (i: number) => `j.owens${i}+9ac${i}@cal.example`,
    (i: number) => `shares${i}@cal.example`,
  ];
  const flood = (count: number, kinds: number, hours = 2): Mail[] =>
    within(count, hours, i => (forms[i % kinds] as (index: number) => string)(100 + i), HOSTS);
  const severities = [50, 130, 190].map(count => told([...days(2, 7), ...flood(count, 3)])[0]?.severity);
  assert.deepEqual(severities, [undefined, 'low', 'medium']);
  const found = alarm([...days(2, 7), ...flood(190, 3)]);
  assert.deepEqual(names(found).slice(0, 3), ['volume', 'strangers-once-each', 'senders-alike']);
  assert.match(found.factors[2]?.evidence ?? '', /^190 senders are of 3 forms and differ in their numbers only$/);
  assert.equal(alarm([...days(2, 7), ...flood(140, 2, 1.5)]).severity, 'medium');
  assert.equal(alarm([...days(14, 7), ...flood(190, 3)]).severity, 'medium', 'a week or more seen');
  // One form is one correspondent whose program has much to tell.
  quiet([...days(2, 7), ...flood(190, 1)]);
});

test('quiet: as many where such numbers are usual, or where everybody gets them', () => {
  const forms = [(i: number) => `order${i}@shop.example`, (i: number) => `parcel${i}@shop.example`];
  const from = (i: number): string => (forms[i % 2] as (index: number) => string)(i);
  const busy = [5, 4, 3, 2, 1].flatMap(day =>
    many(40, T0 - day * DAY, 10 * 60_000, i => ({ from: from(day * 1000 + i), ip: HOSTS(i) })),
  );
  quiet([...busy, ...within(110, 1, i => from(9000 + i), HOSTS)]);
  const boxes = ['clerk', 'ops', 'dev', 'buyer'];
  const before = boxes.flatMap(box => ordinaryMonth(`${box}@example.org`, T0, 5)).filter(({ at }) => at > T0 - 3 * DAY);
  const all = boxes.flatMap(box =>
    within(90, 1, i => from(9000 + i), HOSTS).map(mail => ({ ...mail, to: `${box}@example.org` })),
  );
  hushed([...before, ...all]);
});

test('quiet: registrations of people, who have names of their own, and of people whom their provider numbers', () => {
  const people = (i: number): string => `${word(i)}${i % 100}@${['mail', 'post', 'free'][i % 3]}.example`;
  hushed([...days(4, 5), ...within(140, 1, people, address)]);
  const numbered = (i: number): string => `${100_000_000 + i * 7919}@${['mail', 'post'][i % 2]}.example`;
  hushed([...days(4, 5), ...within(140, 1, numbered, address)]);
});

test('where little was seen nothing is said of what is usual', () => {
  quiet(within(140, 2, i => `${['a', 'b'][i % 2]}${i}@cal.example`, HOSTS));
});

test('strangers from everywhere are told as before', () => {
  assert.equal(alarm([...days(3, 5), ...within(110, 1, stranger, address)]).severity, 'medium');
});
