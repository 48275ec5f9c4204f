import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import { Story } from '../story.ts';
import type { HarvestCase } from './case.ts';
import { bytesMeasured, missUpload, namesOf, tellUpload, type Upload, uploadOf, weighUpload } from './upload.ts';

const flow = (bytesOut: number, counted: 'payload' | 'packets' = 'payload', name = '') => ({
  bytesOut,
  counted,
  name,
  sensor: 's',
  flowId: `f${bytesOut}`,
  destinationAddress: '203.0.113.9',
  destinationPort: 443,
  service: '',
  nameFrom: '',
  startTime: 0,
  endTime: 0,
  ref: {
    source: 0,
    offset: 0,
    length: 1,
  },
});
type Flow = ReturnType<typeof flow>;

/** What the wire says of transfers, as far as it is asked here; `pids` are those of which the host tells. */
function upload(
  flows: readonly (readonly [pid: number, flow: Flow, alike?: number])[],
  facts: { readonly pids?: readonly number[]; readonly recorded?: boolean; readonly watched?: readonly Flow[] } = {},
): Upload {
  const pids = facts.pids ?? [...new Set(flows.map(([pid]) => pid))];
  const found = {
    host: 'ws1',
    last: 9,
    reads: new Map([
      ['a', { owner: 'clerk' }],
      ['b', { owner: '' }],
    ]),
    transfers: pids.map(pid => ({ pid, contact: pid })),
    watch: facts.watched === undefined ? null : { flows: facts.watched.map(each => ({ flow: each })) },
  } as unknown as HarvestCase;
  const world = {
    seen: () => facts.recorded ?? true,
    identity: { mailboxOf: (owner: string) => owner },
    mail: {
      deliveredTo: (mailbox: string) =>
        mailbox === 'clerk' ? [{ message: { sizeBytes: 700 } }, { message: { sizeBytes: -1 } }] : [{ message: {} }],
    },
    network: {
      flowsOf: (contact: number) =>
        flows.filter(([pid]) => pid === contact).map(([, each, alike = 0]) => ({ flow: each, alike })),
      mailIn: () => [],
    },
  } as unknown as World;
  return uploadOf(found, world);
}

test('bytes of all flows that were counted are added, and -1 says that none was', () => {
  assert.equal(upload([]).bytesOut, -1);
  assert.equal(upload([[1, flow(-1)]]).bytesOut, -1);
  assert.equal(upload([[1, flow(0)]]).bytesOut, 0);
  assert.equal(
    upload([
      [1, flow(-1)],
      [1, flow(700)],
      [2, flow(50)],
    ]).bytesOut,
    750,
  );
});

test('a flow that two connections of a process lead to counts once', () => {
  assert.equal(upload([[1, flow(700)]], { pids: [1, 1] }).bytesOut, 700);
});

test('what is known of the stores is the mail of their owners', () => {
  const { messages, storeBytes } = upload([]);
  assert.deepEqual({ messages, storeBytes }, { messages: 2, storeBytes: 700 });
});

test('a request without a body is too little to hold mail, with or without the headers of packets', () => {
  assert.equal(upload([[1, flow(249)]]).empty, true);
  assert.equal(upload([[1, flow(250)]]).empty, false);
  assert.equal(upload([[1, flow(599, 'packets')]]).empty, true);
  assert.equal(upload([[1, flow(600, 'packets')]]).empty, false);
});

test('only where every transfer was found, counted and meant by no other is it certain that too little left', () => {
  assert.equal(upload([]).empty, false, 'nothing was transferred');
  assert.equal(upload([[1, flow(9)]], { pids: [1, 2] }).empty, false, 'one was not found');
  assert.equal(
    upload([
      [1, flow(9)],
      [1, flow(-1)],
    ]).empty,
    false,
    'one was not counted',
  );
  assert.equal(upload([[1, flow(9), 1]]).empty, false, 'another one fits as well');
});

test('what left the host at that time is told only where the host records no connections itself', () => {
  assert.equal(upload([], { recorded: false, watched: [flow(9)] }).leaving.length, 1);
  assert.equal(upload([], { recorded: true, watched: [flow(9)] }).leaving.length, 0);
  assert.equal(upload([], { recorded: false }).leaving.length, 0);
});

const factorsOf = (told: Upload) => {
  const story = new Story();
  weighUpload(story, told);
  return story.factors.map(({ weight, name, evidence }) => `${weight} ${name}: ${evidence}`);
};
const EMPTY: Upload = { sent: [], leaving: [], bytesOut: -1, messages: 0, storeBytes: 0, empty: false };

test('bytes raise by one, too little lowers by one, nothing counted does neither', () => {
  assert.deepEqual(factorsOf(EMPTY), []);
  assert.match(factorsOf({ ...EMPTY, bytesOut: 0 })[0] ?? '', /^1 bytes left with it: 0 bytes out to $/);
  assert.match(
    factorsOf({ ...EMPTY, bytesOut: 9, empty: true, messages: 1, storeBytes: 700 })[0] ?? '',
    /^-1 too little left to hold mail: 9 bytes out to ; 1 message of 700 bytes is known/,
  );
});

test('whereto the bytes went, and to whom the mail in them, is named', () => {
  const mail = [{ recipients: ['a@example.net', 'b@example.net'] }];
  const sent = [{ found: { flow: flow(9) }, mail }] as unknown as Upload['sent'];
  assert.match(factorsOf({ ...EMPTY, bytesOut: 9, sent })[0] ?? '', /: 9 bytes out to 203\.0\.113\.9:443/);
  const story = new Story();
  weighUpload(story, { ...EMPTY, bytesOut: 9, sent });
  assert.equal(story.factors[0]?.steps.length, 1, 'the flow shows it');
  assert.deepEqual(
    namesOf({ ...EMPTY, sent }).map(({ kind, value }) => `${kind} ${value}`),
    ['recipient a@example.net', 'recipient b@example.net'],
  );
});

test('flows that only time joins are told with their bytes, where those were counted', () => {
  const leaving = [flow(700), flow(-1), flow(0)].map(each => ({ flow: each })) as unknown as Upload['leaving'];
  assert.deepEqual(
    factorsOf({ ...EMPTY, leaving }).map(each => each.replaceAll(' (, undefined)', '')),
    [
      '1 outbound network from this host afterwards: 203.0.113.9:443, 700 bytes; 203.0.113.9:443; 203.0.113.9:443, 0 bytes',
    ],
  );
});

test('one flow that left is told as well as several', () => {
  const leaving = [{ flow: flow(700) }] as unknown as Upload['leaving'];
  assert.equal(factorsOf({ ...EMPTY, leaving }).length, 1);
});

test('bytes are a measure where any were counted, also when none left', () => {
  assert.deepEqual(bytesMeasured({ ...EMPTY, bytesOut: -1 }), {});
  assert.deepEqual(bytesMeasured({ ...EMPTY, bytesOut: 0 }), { bytesOut: 0 });
});

test('mail that the wire saw leave is told with its files, where it had any', () => {
  const told = (names: readonly string[]): string | undefined => {
    const story = new Story();
    const mail = { recipients: ['x@example.net'], attachments: names.map(name => ({ name })), time: 0, ref: null };
    const read = { taint: { step: { kind: 'store.read', time: 0, order: 0, object: '', pid: 1 } } };
    const sent = [{ transfer: { taint: null, pid: 1, time: 0 }, found: { flow: flow(9) }, mail: [mail] }];
    const found = { reads: new Map([['a', read]]) } as unknown as HarvestCase;
    tellUpload(story, found, { ...EMPTY, sent: sent as unknown as Upload['sent'] });
    return story.steps.find(step => step.kind === 'smtp.seen')?.summary;
  };
  assert.equal(told([]), 'a message to <x@example.net>');
  assert.equal(told(['a.zip', 'b.zip']), 'a message to <x@example.net> with a.zip, b.zip');
});

test('destinations are named as their clients called them', () => {
  const leaving = [flow(1, 'payload', 'drop.example.net'), flow(2)].map(each => ({ flow: each }));
  assert.deepEqual(namesOf({ ...EMPTY, leaving: leaving as unknown as Upload['leaving'] }), [
    { kind: 'service', value: 'drop.example.net' },
  ]);
});

test('it says why the bytes are not known', () => {
  const missing = (told: Upload, sensor: boolean): string => {
    const story = new Story();
    missUpload(story, 'ws1', told, { network: { seen: () => sensor } } as unknown as World);
    return story.missing.join();
  };
  assert.equal(missing({ ...EMPTY, bytesOut: 0 }, true), '');
  assert.match(missing(upload([[1, flow(-1)]]), true), /did not count/);
  assert.match(missing(EMPTY, true), /No flow on the wire fits/);
  assert.match(missing(EMPTY, false), /not in audit logs/);
});
