import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery, Message } from '../state/mail/contract.ts';
import type { Taint } from '../state/taint.ts';
import type { World } from '../state/world.ts';
import { namedDelivery } from './named-delivery.ts';

const to = (recipient: string, channel: string) => ({ recipient, channel }) as unknown as Delivery;
const origin = (facts: object): Taint =>
  ({ origin: { host: 'mx1', basis: 'delivery-pipe', queueId: 'A', ...facts } }) as unknown as Taint;

/** What is named when a message of these deliveries has the id A on mx1. */
function named(deliveries: readonly Delivery[], ...taints: readonly Taint[]): string | null {
  const others = deliveries.length > 1 ? new Map(deliveries.map(each => [each.recipient as string, each])) : null;
  const kept = { queueId: 'A', delivery: deliveries[0] ?? null, others } as unknown as Message;
  const message = (host: string, id: string) => (host === 'mx1' && id === 'A' ? kept : undefined);
  return namedDelivery({ mail: { message } } as unknown as World, taints)?.delivery.recipient ?? null;
}

test('of several deliveries of the message it is the one to a command, of one that one', () => {
  assert.equal(named([to('a@example.org', 'mailbox'), to('b@example.org', 'command')], origin({})), 'b@example.org');
  assert.equal(named([to('a@example.org', 'unknown')], origin({})), 'a@example.org');
  assert.equal(named([to('a@example.org', 'mailbox'), to('b@example.org', 'relay')], origin({})), null);
  assert.equal(named([], origin({})), null);
});

test('only words of the process that delivers name it', () => {
  const one = [to('a@example.org', 'command')];
  assert.equal(named(one, origin({ queueId: undefined })), null);
  assert.equal(named(one, origin({ basis: 'store-read' })), null);
  assert.equal(named(one, origin({ host: 'mx2' })), null);
  assert.equal(named(one, origin({ queueId: 'B' }), origin({})), 'a@example.org');
  assert.equal(named(one), null);
});
