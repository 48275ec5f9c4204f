import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, each, episode, SETTING } from './burst.test-support.ts';
import { alarm, hushed, month, names, quiet, stranger, told } from './claims.test-support.ts';
import { DAY, type Mail, many, T0 } from './flood.test-support.ts';
import { judge } from './judge.ts';

const WEB = 33;
/** No account of a web server: a program that fetches mail hands in mail of strangers as well. */
const FETCHES = 110;
/** A form that sends in the name of who fills it in. */
const form = (uid: number, from: (index: number) => string = stranger): Mail[] =>
  many(300, T0, 1000, i => ({ from: from(i), uid }));

test('a web form that is filled in three hundred times in the name of strangers is told, as medium at most', () => {
  const found = alarm([...month, ...form(WEB)]);
  assert.equal(found.severity, 'medium');
  assert.deepEqual(names(found).slice(0, 2), ['volume', 'strangers-once-each']);
  const what = found.wouldChange.map(each => each.what);
  assert.ok(
    what.some(each => each.includes('a form that is abused')),
    what.join('\n'),
  );
});

test('informational: the same in its own name, or in few names, as a program does that has much to tell', () => {
  for (const from of [
    () => 'www-data@mx1.example.org',
    (i: number) => `job${i}@mx1.example.org`,
    (i: number) => stranger(i % 19),
  ]) {
    const found = told([...month, ...form(WEB, from)]);
    assert.deepEqual(
      found.map(each => each.severity),
      ['informational'],
    );
    assert.ok(found[0]?.wouldChange.some(each => each.what.includes('in names of its own')));
  }
});

test('quiet: the same in its own name by what is no web server, or where the form writes there on other days', () => {
  quiet([...month, ...form(FETCHES, () => 'daemon@mx1.example.org')]);
  const own = 'www-data@mx1.example.org';
  const days = Array.from({ length: 9 }, (_, day) =>
    many(60, T0 - (day + 1) * DAY, 60_000, () => ({ from: own, uid: WEB })),
  ).flat();
  quiet([...month, ...days, ...form(WEB, () => own)]);
});

test('quiet: the same by root, who moves mail, by a person, and where nothing was seen before', () => {
  quiet([...month, ...form(0)]);
  hushed([...month, ...form(1001)]);
  hushed([...month, ...form(FETCHES)]);
  hushed(form(WEB));
});

test('nearly all of it by one account that is neither root nor a person, by strangers of twenty domains', () => {
  const severity = (facts: { uid?: number; by?: number; fresh?: number; domains?: number; usually?: number }) => {
    const { uid = WEB, by = 80, fresh = 80, domains = 20, usually = 0.39 } = facts;
    const routes = { submitted: 100, authenticated: 0, internal: 0, relayed: 0, claimed: 0, outside: 0 };
    const submitters = new Map([[uid, by]]);
    const counts = { count: 100, fresh, domains: each(domains), senders: each(100), routes, submitters };
    const one = episode({ peaks: [100], strangersUsual: usually }, counts);
    return judge(one, around({ byWebServer: ![0, FETCHES].includes(uid) }), SETTING)?.severity ?? null;
  };
  assert.equal(severity({}), 'medium');
  const other = { by: 79, fresh: 79, domains: 19, usually: 0.4 };
  for (const [name, value] of Object.entries(other)) {
    assert.equal(severity({ [name]: value }), 'informational', `in its own name, by ${name}`);
    assert.equal(severity({ uid: FETCHES, [name]: value }), null, `no web server, by ${name}`);
  }
  assert.equal(severity({ uid: FETCHES }), 'informational');
  assert.equal(severity({ uid: 0 }), null);
  assert.equal(severity({ uid: 1 }), 'medium');
  assert.equal(severity({ uid: 999 }), 'medium');
  assert.equal(severity({ uid: 1000 }), 'informational', 'a person');
});

test('quiet: mail that is fetched from elsewhere all the time, where strangers are usual', () => {
  const fetched = many(80, T0 - 20 * DAY, DAY / 5, i => ({ from: stranger(5000 + i), uid: WEB }));
  hushed([...fetched, ...form(WEB)]);
});
