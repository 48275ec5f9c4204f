import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Callers } from './callers.ts';
import { address, month, names, stranger } from './claims.test-support.ts';
import { inOrder, log, many, replay, T0 } from './flood.test-support.ts';

const MINUTE = 60_000;
const START = 100 * MINUTE;
const LAST = 101 * MINUTE;

test('only the empty connections of these clients count, within ten minutes of the burst', () => {
  const callers = new Callers();
  for (const minute of [89.9, 90, 100, 111, 111.1]) callers.add('192.0.2.1', minute * MINUTE);
  callers.add('192.0.2.2', START);
  callers.add('', START);
  assert.equal(callers.sharedWith(['192.0.2.1', '192.0.2.3', ''], START, LAST), 3);
  assert.equal(callers.sharedWith(['192.0.2.1', '192.0.2.2'], START, LAST), 4);
  assert.equal(callers.sharedWith([], START, LAST), 0);
});

test('of a client that calls without end the first and the last calls are kept', () => {
  const callers = new Callers();
  for (let i = 0; i < 100; i++) callers.add('192.0.2.1', START + i);
  assert.equal(callers.sharedWith(['192.0.2.1'], START, LAST), 32);
  callers.add('192.0.2.1', START + 60 * MINUTE);
  assert.equal(callers.sharedWith(['192.0.2.1'], START, LAST), 31);
  assert.equal(callers.sharedWith(['192.0.2.1'], START + 55 * MINUTE, START + 56 * MINUTE), 1);
});

test('a copy from a snapshot answers alike', () => {
  const callers = new Callers();
  callers.add('192.0.2.1', START);
  const copy = new Callers();
  copy.restore(callers.snapshot());
  assert.equal(copy.sharedWith(['192.0.2.1'], START, LAST), 1);
});

/** The severity of forty messages in two minutes beside empty connections of the clients `from` to `to`. */
function severityBeside(from: number, to: number): string {
  const storm = Array.from({ length: to - from }, (_, i) => {
    const at = new Date(T0 + i * 2000).toISOString().replace('Z', '');
    return `${at}+00:00 mx1 postfix/smtpd[9]: disconnect from unknown[${address(from + i)}] ehlo=1 mail=1 rcpt=1 commands=3`;
  });
  const burst = many(40, T0, 1400, i => ({ from: stranger(i), ip: address(i) }));
  const found = replay(inOrder([...log([...month, ...burst]), ...storm]));
  const flood = found.find(each => names(each).includes('volume'));
  assert.ok(flood !== undefined, 'the burst is told');
  return flood.severity;
}

test('attempts of the clients of a burst count with its messages, those of others do not', () => {
  assert.equal(severityBeside(0, 40), 'high');
  assert.equal(severityBeside(0, 20), 'high');
  assert.equal(severityBeside(0, 19), 'informational');
  assert.equal(severityBeside(100, 140), 'informational');
});
