import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import { answeredIn } from './answers.ts';
import type { HarvestCase } from './case.ts';

const WORLD = {
  userName: (_host: string, uid: number) => (uid === 1003 ? 'clerk' : ''),
  identity: { mailboxOf: (user: string) => user },
  // A mailbox without a name holds what was for nobody that is known.
  mail: {
    deliveredTo: (box: string) => (box === 'clerk' || box === '' ? [{ message: { sender: 'Anna@example.net' } }] : []),
  },
} as unknown as World;

const MAIL = { byWindow: true, program: '/usr/bin/mail', destination: 'anna@example.net', also: [], time: 5 };
const answered = (transfers: readonly object[], facts: object = {}): string =>
  answeredIn(
    {
      host: 'mx1',
      uid: 1003,
      reads: new Map([['/var/mail/clerk', { own: true }]]),
      staged: [],
      transfers: transfers.map(each => ({ ...MAIL, ...each })),
      ...facts,
    } as unknown as HarvestCase,
    WORLD,
  );

test('mail for who had written to the mailbox is an answer', () => {
  assert.equal(answered([{}]), 'anna@example.net');
  assert.equal(answered([{}, { destination: '', also: ['ANNA@example.net', ''] }]), 'anna@example.net');
});

test('each condition is needed', () => {
  assert.equal(answered([]), '', 'nothing was sent');
  assert.equal(answered([{}], { uid: 0 }), '', 'whose mailbox it is, is not known');
  assert.equal(answered([{}], { staged: [{}] }), '', 'a copy was made');
  assert.equal(answered([{ byWindow: false }]), '', 'it was handed over');
  assert.equal(answered([{ program: '/usr/bin/curl' }]), '', 'no mail');
  assert.equal(answered([{}, { destination: '' }]), '', 'to nobody that is named');
  assert.equal(answered([{ also: ['bob@example.net'] }]), '', 'to somebody else as well');
  assert.equal(answered([{}], { reads: new Map([['/var/mail/b', { own: null }]]) }), '', 'whose mail is not known');
});
