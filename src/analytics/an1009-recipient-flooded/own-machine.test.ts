import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, each, episode, SETTING } from './burst.test-support.ts';
import { alarm, hushed, month, quiet, stranger } from './claims.test-support.ts';
import { type Mail, many, T0 } from './flood.test-support.ts';
import { judge } from './judge.ts';

/** Three hundred messages by one machine of the own network, which does not log here. */
const machine = (from: (index: number) => string, name = 'gate.example.org'): Mail[] =>
  many(300, T0, 1000, i => ({ from: from(i), name, ip: '198.51.100.50' }));

test('an own machine that brings mail of hundreds of strangers may be taken over, or the gateway of a flood', () => {
  const found = alarm([...month, ...machine(stranger)]);
  assert.equal(found.severity, 'medium');
  const what = found.wouldChange.map(({ what: each }) => each);
  assert.ok(
    what.some(each => each.includes('let through what had waited')),
    what.join('\n'),
  );
});

test('quiet: what it tells in names of its own, or of few, or where nothing was seen before', () => {
  quiet([...month, ...machine(() => 'alarms@gate.example.org')]);
  quiet([...month, ...machine(i => `switch${i}@net${i}.example.org`)]);
  quiet([...month, ...machine(i => stranger(i % 19))]);
  hushed(machine(stranger));
});

test('nearly all of it by own machines, by strangers of twenty domains', () => {
  const severity = (facts: { relayed?: number; fresh?: number; domains?: number; usually?: number }) => {
    const { relayed = 80, fresh = 80, domains = 20, usually = 0.39 } = facts;
    const routes = { submitted: 0, authenticated: 100 - relayed, internal: 0, relayed, claimed: 0, outside: 0 };
    const counts = { count: 100, fresh, domains: each(domains), senders: each(100), routes };
    const one = episode({ peaks: [100], strangersUsual: usually }, counts);
    return judge(one, around({}), SETTING)?.severity ?? null;
  };
  assert.equal(severity({}), 'medium');
  assert.equal(severity({ relayed: 79 }), 'informational', 'with some of people who logged in');
  assert.equal(severity({ fresh: 79 }), null);
  assert.equal(severity({ domains: 19 }), null);
  assert.equal(severity({ usually: 0.4 }), null);
});
