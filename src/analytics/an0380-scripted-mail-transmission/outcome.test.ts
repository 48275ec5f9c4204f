import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../../core/time.ts';
import { connection, DROP, delivery, job, message, send, world } from './made-up.test-support.ts';
import { joinsOf, type Outcome, outcomesOf } from './outcome.ts';
import type { Send } from './send.ts';
import { carriedOn, submissionOf } from './submission.ts';

const at = (time: number): EpochMs => time as EpochMs;
const outcomes = (sends: readonly Send[], around: Parameters<typeof world>[0]): Outcome[] => {
  const one = job({ sends: [...sends] });
  return outcomesOf(one, world(around), joinsOf([one], world(around)));
};
const mine = { submittedByUid: 1003 };

test('a message is one send, and one message only', () => {
  const one = message(mine, [DROP]);
  const [first, second] = outcomes([send(), send({ time: at(1) })], { submitted: [one] });
  assert.equal(first?.message, one);
  assert.equal(second?.message, null);
  assert.equal(second?.why, 'no MTA log line joins it');
});

test('a program that is only called like a mailer takes no message that another job handed in', () => {
  const handedIn = message(mine, [DROP]);
  const around = world({ submitted: [handedIn] });
  const joined = (...sends: readonly Send[]): unknown[] => {
    const jobs = sends.map(each => job({ sends: [each] }));
    const joins = joinsOf(jobs, around);
    return jobs.map(each => outcomesOf(each, around, joins)[0]?.message);
  };
  const called = send({ submission: false });
  assert.deepEqual(joined(called, send({ time: at(1) })), [null, handedIn]);
  assert.deepEqual(joined(send(), send({ time: at(1) })), [handedIn, null], 'of two that hand in, the first');
  assert.deepEqual(
    joined(send({ submission: false, recipients: [DROP] }), send()),
    [handedIn, null],
    'it names somebody',
  );
  assert.deepEqual(joined(called), [handedIn], 'where nothing tells who handed it in');
});

test('of several messages of one moment, the one from the sender that the words name', () => {
  const from = (sender: string, queueId: string) => message({ ...mine, sender, queueId }, [DROP]);
  const around = { submitted: [from('a@shop.example.com', 'A1'), from('b@shop.example.com', 'B1')] };
  const says = (who: string) => send({ command: `swaks --from ${who} --to ${DROP}`, recipients: [DROP] });
  const ids = (...sends: readonly Send[]) => outcomes(sends, around).map(each => each.message?.queueId);
  assert.deepEqual(ids(says('b@shop.example.com'), says('A@shop.example.com')), ['B1', 'A1']);
  assert.deepEqual(ids(says('xb@shop.example.com')), ['A1'], 'part of another address');
  assert.deepEqual(ids(says('b@shop.example.com.au')), ['A1'], 'part of another address');
  assert.deepEqual(
    ids(send({ command: 'b@shop.example.com', recipients: ['b@shop.example.com'] })),
    ['A1'],
    'written to',
  );
});

test('a program that connects takes the message of that moment before one that is only called like a mailer', () => {
  const own = message({ clientAddress: '127.0.0.1', submittedByUid: 1003 }, [DROP]);
  const around = world({ submitted: [own], received: [own] });
  const jobs = [
    send({ submission: false }),
    send({ submission: false, smtp: [connection({ destination: '127.0.0.1:25' })] }),
  ].map(each => job({ sends: [each] }));
  const joins = joinsOf(jobs, around);
  assert.deepEqual(
    jobs.map(each => outcomesOf(each, around, joins)[0]?.message ?? null),
    [null, own],
  );
});

test("what Sendmail's submission program hands on is one send under both of its ids", () => {
  const client = message({ ...mine, queueId: 'C1' }, [DROP]);
  const daemon = message(
    { queueId: 'D1', origin: 're-injected', originQueueId: 'C1', submitted: false, clientAddress: '127.0.0.1' },
    [DROP],
  );
  const around = { submitted: [client], received: [daemon] };
  const own = send({ time: at(2), submission: false, smtp: [connection({ destination: '127.0.0.1:25' })] });
  const [first, second, third] = outcomes([send(), send({ time: at(1) }), own], around);
  assert.equal(first?.carried, daemon);
  assert.equal(second?.message, null, 'the id at the submission program is taken');
  assert.equal(third?.message, null, 'and so is the id at the daemon');
});

test('a connection to this host is joined to a message from this host only', () => {
  const to = (destination: string) => send({ submission: false, smtp: [connection({ destination })] });
  const fromHere = message({ clientAddress: '127.0.0.1' }, [DROP]);
  assert.equal(outcomes([to('127.0.0.1:25')], { received: [fromHere] })[0]?.message, fromHere);
  assert.equal(outcomes([to('[::1]:25')], { received: [fromHere] })[0]?.message, fromHere);
  const six = message({ clientAddress: '::1' }, [DROP]);
  assert.equal(outcomes([to('[::1]:25')], { received: [six] })[0]?.message, six);
  const stranger = message({ clientAddress: '198.51.100.4' }, [DROP]);
  assert.equal(outcomes([to('127.0.0.1:25')], { received: [stranger] })[0]?.message, null);
  assert.equal(outcomes([to('203.0.113.25:25')], { received: [fromHere] })[0]?.message, null, 'it went elsewhere');
  assert.deepEqual(
    outcomes([to('127.0.0.1:25'), to('127.0.0.1:25')], { received: [fromHere] }).map(each => each.message),
    [fromHere, null],
  );
});

test('a connection to this host is joined by when it stood, not by when it was first tried', () => {
  const late = message({ clientAddress: '127.0.0.1', firstTime: at(300_000) }, [DROP]);
  const here = { destination: '127.0.0.1:25' };
  const joined = (...smtp: Send['smtp']) =>
    outcomes([send({ submission: false, smtp })], { received: [late] })[0]?.message ?? null;
  const first = connection({ ...here, failed: true });
  assert.equal(joined(first, connection({ ...here, time: at(299_000) })), late);
  assert.equal(joined(first), null);
});

test('of several messages it is the one to somebody it names, else the nearest in time', () => {
  const named = message({ ...mine, firstTime: at(900) }, ['other@example.net', DROP.toUpperCase()]);
  const near = message({ ...mine, firstTime: at(100) }, ['other@example.net']);
  const submitted = [near, named];
  assert.equal(outcomes([send({ recipients: [DROP] })], { submitted })[0]?.message, named);
  assert.equal(outcomes([send({ recipients: ['none@example.net'] })], { submitted })[0]?.message, near);
  assert.equal(outcomes([send({ time: at(901) })], { submitted })[0]?.message, named);
});

test('a stamp of whole seconds stands for all of its second, and for no other', () => {
  /** The time of the message that a send of 1700 ms is joined to, of messages logged then. */
  const joinedOf = (...logged: readonly number[]): number | undefined =>
    outcomes([send({ time: at(1700) })], {
      submitted: logged.map(each => message({ ...mine, firstTime: at(each) })),
    })[0]?.message?.firstTime;
  assert.equal(joinedOf(1000, 1690), 1000, 'somewhere in that second is as near as any other moment');
  assert.equal(joinedOf(1000, 1700), 1000, 'of equals the first');
  assert.equal(joinedOf(1000, 2000), 1000, 'a second that began only after it is later');
  assert.equal(joinedOf(1650, 2000), 1650);
  assert.equal(joinedOf(1690, 0), 1690, 'a second that was over is earlier');
  assert.equal(joinedOf(1001, 1690), 1690, 'a stamp with its milliseconds is that moment');
});

test('what became of it: delivered to one, put off, refused, or nothing is known yet', () => {
  const state = (...to: Parameters<typeof message>[1] & object): string | undefined =>
    outcomes([send()], { submitted: [message(mine, to)] })[0]?.state;
  assert.equal(state(delivery('a@example.net', 'bounced'), delivery('b@example.net')), 'confirmed');
  assert.equal(state(delivery('a@example.net', 'bounced'), delivery('b@example.net', 'deferred')), 'deferred');
  assert.equal(state(delivery('a@example.net', 'bounced')), 'failed');
  assert.equal(state(), 'attempted', 'taken, and no line of its delivery');
  const tried = (failed: readonly boolean[]): string | undefined =>
    outcomes([send({ submission: false, smtp: failed.map(each => connection({ failed: each })) })], {})[0]?.state;
  assert.equal(tried([true]), 'failed', 'its one connection failed');
  assert.equal(tried([true, false]), 'attempted');
  assert.equal(tried([]), 'attempted');
});

const joined = (facts: Parameters<typeof message>[0], options: { uid?: number; name?: string } = {}) => {
  const one = message(facts, ['other@example.net']);
  const around = world({ name: options.name ?? '' });
  const found = submissionOf([one], job({ uid: options.uid ?? 1003 }), around, ([first]) => first ?? null, {
    recipients: [],
    time: 0 as EpochMs,
  });
  return found?.basis ?? null;
};
const BY_UID = 'local submission by the same uid';
const BY_NAME = 'local submission by the account of the same name';
const BY_MOMENT = 'local submission, whose submitter the MTA does not log,';

test('a submission is the job by the uid that the MTA logged, also when that is root', () => {
  assert.equal(joined({ submittedByUid: 1003 }), BY_UID);
  assert.equal(joined({ submittedByUid: 0 }, { uid: 0 }), BY_UID);
  assert.equal(joined({ submittedByUid: 0 }), null, "root's submission is not the clerk's");
  assert.equal(joined({ submittedByUid: 1002 }), null);
  assert.equal(joined({ submittedByUid: -1 }, { uid: -1 }), BY_MOMENT, 'two uids that nobody knows are not the same');
});

test("a submission is the job by the account's name, where no uid was logged", () => {
  assert.equal(joined({ submittedByUser: 'clerk' }, { name: 'clerk' }), BY_NAME);
  assert.equal(joined({ submittedByUser: 'dev' }, { name: 'clerk' }), null);
  assert.equal(joined({ submittedByUid: 1002, submittedByUser: 'clerk' }, { name: 'clerk' }), null, 'the uid decides');
  assert.equal(
    joined({ submittedByUser: '' }, { name: '' }),
    BY_MOMENT,
    'two names that nobody knows are not the same',
  );
  assert.equal(joined({ submittedByUser: 'dev' }, { name: '' }), BY_MOMENT, 'who the job is, no record tells');
  assert.equal(joined({ submittedByUser: '' }, { name: 'clerk' }), BY_MOMENT);
});

test('what the MTA wrote itself is nobody of ours', () => {
  assert.equal(joined({ senderKnown: true, sender: '' }), null, 'a bounce');
  assert.equal(joined({ senderKnown: true, sender: 'clerk@example.org' }), BY_MOMENT);
  assert.equal(joined({ senderKnown: false, sender: '' }), BY_MOMENT, 'no line of its sender was read');
});

test('a message is followed over the ids that it has on this host, and not to another message', () => {
  const first = message({ queueId: 'A' });
  const on = (queueId: string, from: string, origin: 're-injected' | 'forwarded' = 're-injected') =>
    message({ queueId, originQueueId: from, origin });
  const [second, third, fourth] = [on('B', 'A'), on('C', 'B'), on('D', 'C')];
  assert.equal(carriedOn(first, world({ received: [fourth, third, second] })), fourth);
  assert.equal(carriedOn(first, world({ received: [on('B', 'Z')] })), first, 'it came out of another');
  assert.equal(carriedOn(first, world({ received: [on('B', 'A', 'forwarded')] })), first, 'it was sent on');
  const itself = on('A', 'A');
  assert.equal(carriedOn(itself, world({ received: [itself, second] })), second, 'an id that the host used again');
});
