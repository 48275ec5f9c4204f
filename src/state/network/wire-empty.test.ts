import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import type { FlowEnded, SmtpSeen } from '../../events/network-events.ts';
import { type Bench, bench, flow, received, smtp } from './network.test-support.ts';

const WAY = { sourceAddress: '203.0.113.77', destinationAddress: '198.51.100.10', destinationPort: 25 };
const ended = (at: number, more: Partial<FlowEnded> = {}) => flow(at, { ...WAY, service: 'smtp', ...more });
const said = (at: number, more: Partial<SmtpSeen> = {}) =>
  smtp(at, { ...WAY, dataSeen: false, messageId: '', lastReply: '', ...more });

/** A sensor that has looked into a message before. */
function sensor(): Bench {
  const here = bench();
  here.network.push(smtp(0, { flowId: 'C0', destinationAddress: '198.51.100.99' }));
  return here;
}

const emptyOf = (here: Bench) => here.network.finish().filter(event => event.kind === 'mail.disconnected');

test('a connection that asks for a recipient and leaves is what the end of a connection would say', () => {
  const here = sensor();
  here.network.push(said(100, { flowId: 'C1', recipients: ['clerk@example.org'] }));
  here.network.push(ended(50, { flowId: 'C1' }));
  const [event, ...more] = emptyOf(here);
  assert.ok(event?.kind === 'mail.disconnected' && more.length === 0);
  assert.deepEqual(
    [event.host, event.clientAddress, event.recipients, event.dataCommands, event.lost, event.asked],
    ['198.51.100.10', '203.0.113.77', 1, 0, false, ['clerk@example.org']],
  );
  assert.equal(event.program, 'wire/smtp');
});

test('a message, STARTTLS, another port, an unanswered or unknown connection, is none', () => {
  const here = sensor();
  here.network.push(said(100, { flowId: 'C1', dataSeen: true }));
  here.network.push(said(100, { flowId: 'C2', tls: true }));
  here.network.push(said(100, { flowId: 'C3', lastReply: '250 2.0.0 Ok: queued as 4AAAA' }));
  for (const [flowId, more] of [
    ['C1', {}],
    ['C2', {}],
    ['C3', {}],
    ['C4', { service: 'smtp,tls' }],
    ['C5', { destinationPort: 587 }],
    ['C6', { established: false }],
    ['C7', { service: '' }],
  ] as const)
    here.network.push(ended(50, { flowId, ...more, sourcePort: 40_000 + Number(flowId[1]) }));
  assert.deepEqual(emptyOf(here), []);
});

test('of a sensor that never looks into messages nothing is known', () => {
  const here = bench();
  here.network.push(said(100, { flowId: 'C1', recipients: ['clerk@example.org'] }));
  here.network.push(ended(50, { flowId: 'C1' }));
  assert.deepEqual(emptyOf(here), []);
});

test("where the MTA's own log tells of the server, its lines count and the wire's do not", () => {
  const here = sensor();
  here.log(received(10, '4AAAA', '203.0.113.10'));
  here.network.push(smtp(0, { flowId: 'C8' }));
  here.network.push(said(100, { flowId: 'C1' }));
  here.network.push(ended(50, { flowId: 'C1' }));
  assert.deepEqual(emptyOf(here), []);
});

test('a recipient that is asked for without a message after it is no message', () => {
  const here = sensor();
  here.network.push(said(100, { flowId: 'C1', recipients: ['clerk@example.org'] }));
  here.network.push(said(200, { flowId: 'C2', recipients: ['clerk@example.org'], lastReply: '221 Bye' }));
  const kinds = here.network.finish().map(event => event.kind);
  assert.equal(kinds.filter(kind => kind === 'mail.delivered').length, 1, 'that of the sensor before');
});

test('saved in the middle, it goes on', () => {
  const here = sensor();
  here.network.push(said(100, { flowId: 'C1', recipients: ['clerk@example.org'] }));
  here.network.push(ended(50, { flowId: 'C1' }));
  const next = bench();
  next.network.restore(deserialize(serialize(here.network.snapshot())));
  assert.deepEqual(emptyOf(next), emptyOf(here));
  assert.equal(emptyOf(next).length, 0, 'each is told once');
});
