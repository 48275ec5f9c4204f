import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import type { FactorName } from '../factors.ts';
import { Story } from '../story.ts';
import {
  attributed,
  connection,
  DROP,
  delivery,
  job,
  mailSeen,
  message,
  outcome,
  send,
  session,
  world,
} from './made-up.test-support.ts';
import type { Outcome } from './outcome.ts';
import { absences, confirmedId, connectionId, findingOf, sendId, submissionId, tell } from './tell.ts';
import { sessionsOfAll, tellSessions, wireMessages, wireState } from './wire.ts';

const at = (time: number): EpochMs => time as EpochMs;
const FACTOR: FactorName = 'files attached';

function told(outcomes: readonly Outcome[], cited: readonly string[] = []): Story {
  const story = new Story();
  if (cited.length > 0) story.factor(FACTOR, 2, 'x', cited);
  tell(job(), outcomes, story);
  return story;
}
const summaries = (story: Story, kind: string): string[] =>
  story.steps.filter(step => step.kind === kind).map(step => step.summary);

test('what shows a send confirmed is the delivery that succeeded, where the log tells the fate', () => {
  const both = message({ queueId: 'A' }, [delivery('a@example.net', 'bounced'), delivery('b@example.net')]);
  assert.equal(confirmedId(outcome({ message: both })), 'mail.delivered#ws1.A.b@example.net');
  const client = message({ queueId: 'C' }, [DROP]);
  const daemon = message({ queueId: 'D' }, [DROP]);
  assert.equal(confirmedId(outcome({ message: client, carried: daemon })), `mail.delivered#ws1.D.${DROP}`);
  const refused = message({ queueId: 'D' }, [delivery(DROP, 'bounced')]);
  assert.equal(confirmedId(outcome({ message: client, carried: refused })), `mail.delivered#ws1.C.${DROP}`);
});

test('where no log tells it, it is the connection that stood, else the send', () => {
  const good = connection({ destination: '198.51.100.9:25' });
  const sent = send({ smtp: [connection({ failed: true }), good] });
  assert.equal(confirmedId(outcome({ send: sent })), connectionId(sent, good));
  const failed = send({ smtp: [connection({ failed: true })] });
  assert.equal(confirmedId(outcome({ send: failed })), sendId(failed));
});

test('of very many sends the first are told, and each that a factor is shown by', () => {
  const many = Array.from({ length: 20 }, () => outcome());
  assert.equal(summaries(told(many), 'process.started').length, 1 + 12);
  const last = (facts: Partial<Outcome>): Outcome[] => [...many, outcome(facts)];
  const sent = send();
  const taken = message({ queueId: 'T' }, [DROP]);
  assert.ok(told(last({ send: sent, message: taken }), [sendId(sent)]).steps.some(step => step.id === sendId(sent)));
  const one = connection();
  const other = connection({ destination: '198.51.100.9:25' });
  const speaks = send({ smtp: [other, one] });
  assert.ok(told(last({ send: speaks }), [connectionId(speaks, one)]).steps.some(step => step.id === sendId(speaks)));
  assert.equal(told(last({ send: speaks }), ['elsewhere']).steps.length, 1 + 12, 'no factor is shown by it');
  const refused = message({ queueId: 'R' }, [delivery(DROP, 'bounced')]);
  assert.ok(
    told(last({ message: refused }), [submissionId(refused)]).steps.some(step => step.id === submissionId(refused)),
  );
  const id = confirmedId(outcome({ message: taken }));
  assert.ok(told(last({ message: taken }), [id]).steps.some(step => step.id === id));
});

test('a message under one id is told once, under two ids as handed on', () => {
  const one = message({ queueId: 'A' }, [DROP]);
  const single = told([outcome({ message: one, carried: one })]);
  assert.deepEqual(summaries(single, 'mail.submitted'), ['the MTA takes it as A']);
  assert.equal(single.links.filter(link => link.kind === 'taken-over').length, 0);
  assert.equal(
    told([outcome({ message: one, carried: null })]).links.filter(each => each.kind === 'taken-over').length,
    0,
  );
  const two = told([outcome({ message: one, carried: message({ queueId: 'B' }, [DROP]) })]);
  assert.deepEqual(summaries(two, 'mail.submitted'), ['the MTA takes it as A', 'the MTA takes it as B']);
  assert.deepEqual(
    two.links.filter(link => link.kind === 'taken-over').map(({ from, to, why }) => [from, to, why]),
    [['mail.submitted#ws1.A', 'mail.submitted#ws1.B', 'the log of A names B']],
  );
});

test('the size of a message is told where it is known, also when it is nothing', () => {
  const taken = (sizeBytes: number): string[] =>
    summaries(told([outcome({ message: message({ queueId: 'A', sizeBytes }) })]), 'mail.submitted');
  assert.deepEqual(taken(0), ['the MTA takes it as A, 0 bytes']);
  assert.deepEqual(taken(-1), ['the MTA takes it as A']);
});

test('a session on the wire hangs on its own connection', () => {
  const sent = send({ smtp: [connection(), connection({ destination: '198.51.100.9:25' })] });
  const behind = session({ flowId: 'F', destinationAddress: '198.51.100.9' }, [], 1);
  const links = told([outcome({ send: sent, sessions: [behind] })]).links.filter(link => link.kind === 'flow');
  assert.deepEqual(
    links.map(link => link.from),
    [connectionId(sent, connection({ destination: '198.51.100.9:25' }))],
  );
});

test('a flow that two connections lead to is one session', () => {
  const [first, second] = [{ pid: 1 }, { pid: 2 }] as never[];
  const shared = attributed();
  const own = attributed();
  const flowsOf = new Map([
    [first, [shared]],
    [second, [shared, own]],
  ]) as never;
  const smtp = [connection({ contact: first as never }), connection({ contact: second as never })];
  const [sessions = []] = sessionsOfAll([send({ smtp })], world({ flowsOf }));
  assert.deepEqual(
    sessions.map(each => [each.connection, each.found.flow.flowId]),
    [
      [0, shared.flow.flowId],
      [1, own.flow.flowId],
    ],
  );
});

function onWire(mail: Parameters<typeof mailSeen>[0], endTime = 1000): { time: number; summary: string } | undefined {
  const story = new Story();
  tellSessions(story, 'from', [session({ endTime: at(endTime) }, [mailSeen(mail)])]);
  return story.steps.find(step => step.kind === 'smtp.seen');
}

test('mail on the wire is told with what the sensor saw of it', () => {
  const part = (sizeBytes: number, sha256: string) => ({ name: 'a.zip', sizeBytes, sha256 });
  const plain = `a message from <clerk@example.org> to <${DROP}>`;
  for (const [facts, summary] of [
    [{}, plain],
    [{ recipients: [] }, 'a message from <clerk@example.org> to nobody that was seen'],
    [{ recipients: [DROP, 'b@example.net'] }, `${plain}, <b@example.net>`],
    [{ attachments: [part(-1, 'ab')] }, `${plain}, with a.zip`],
    [{ attachments: [part(0, '')] }, `${plain}, with a.zip (0 bytes)`],
    [{ attachments: [part(9, '0123456789abcdef01')] }, `${plain}, with a.zip (9 bytes, sha256 0123456789abcdef…)`],
    [{ dataSeen: false }, `${plain}, of which no content was seen`],
    [{ lastReply: '250 ok' }, `${plain}; answered 250 ok`],
  ] as const)
    assert.equal(onWire(facts)?.summary, summary);
});

test('a message is not told later than its connection ended', () => {
  assert.equal(onWire({ time: at(1500) })?.time, 1000);
  assert.equal(onWire({ time: at(999) })?.time, 999);
});

test('messages are counted where content was seen to follow', () => {
  const seen = session({}, [mailSeen(), mailSeen({ dataSeen: false }), mailSeen()]);
  assert.equal(wireMessages([seen, session()]), 2);
});

test('what the server answered last tells what became of a message', () => {
  const after = (...mail: Parameters<typeof mailSeen>[]): string | null =>
    wireState([
      session(
        {},
        mail.map(each => mailSeen(...each)),
      ),
    ]);
  assert.equal(after([{ lastReply: '250 2.5.0 queued as 4F1' }]), 'confirmed');
  assert.equal(after([{ lastReply: '451 4.7.1 try again later' }]), 'deferred');
  assert.equal(after([{ lastReply: '550 5.1.1 no such user' }]), 'failed');
  assert.equal(after([{}]), 'confirmed', 'a sensor that logs no answers saw its content go');
  assert.equal(after([{ dataSeen: false }]), null);
  assert.equal(after([{ lastReply: '550 no' }], [{ lastReply: '451 later' }]), 'deferred', 'the best of several');
});

function missing(outcomes: readonly Outcome[], around: Parameters<typeof world>[0] = {}, dropped = 0): string[] {
  const story = new Story();
  absences(job({ dropped }), outcomes, story, world({ seen: ['network.connected'], ...around }));
  return story.missing;
}
const NO_LOG = 'No MTA log is in the evidence: ';
const NO_LINE = 'No MTA log line joins these sends: they may have passed the local MTA by.';
const BYTES =
  'Of some sessions the wire shows bytes only (TLS, or no SMTP log): sender, recipients and files are not known.';

test('what is not known of the transmission depends on whether the wire showed any of it', () => {
  const none = { anyMail: false };
  const seen = [outcome({ sessions: [session({}, [mailSeen()])] })];
  assert.deepEqual(missing([outcome()], none), [
    `${NO_LOG}whether it was transmitted, how much and to whom is not known.`,
  ]);
  assert.deepEqual(missing(seen, none), [`${NO_LOG}what is known of the transmission is what the wire showed.`]);
  const logged = [outcome({ message: message(), sessions: [session({}, [mailSeen()])] })];
  assert.deepEqual(missing(logged, none), [`${NO_LOG}whether it was transmitted, how much and to whom is not known.`]);
  assert.deepEqual(missing(logged), []);
  assert.deepEqual(missing([outcome({ message: message() }), outcome()]), [], 'one of them is joined');
  assert.deepEqual(missing(seen), [NO_LINE]);
});

test('bytes without a word are said of sessions that stood and showed no mail', () => {
  const of = (...sessions: Outcome['sessions'][number][]): string[] =>
    missing([outcome({ message: message(), sessions })]);
  assert.deepEqual(of(session()), [BYTES]);
  assert.deepEqual(of(session({}, [mailSeen()]), session()), [BYTES]);
  assert.deepEqual(of(session({ established: false })), [], 'nothing went');
  assert.deepEqual(of(session({}, [mailSeen()])), []);
});

test('sends beyond what is kept are counted', () => {
  assert.deepEqual(missing([outcome({ message: message() })], {}, 1), ['1 more sends of this job are not listed.']);
  assert.deepEqual(missing([outcome({ message: message() })], {}, 0), []);
});

test('what the MTA took is one message, what only the wire shows as many as went over it', () => {
  const mails = (count: number) =>
    session(
      {},
      Array.from({ length: count }, () => mailSeen()),
    );
  const measured = (...of: readonly Partial<Outcome>[]): number | undefined =>
    findingOf(job(), of.map(outcome), new Story(), 'low', world()).measures?.['messages'];
  assert.equal(measured({ sessions: [mails(3)] }), 3);
  assert.equal(measured({ sessions: [mails(0)] }), 1, 'of which nothing was seen');
  assert.equal(measured({ message: message(), sessions: [mails(3)] }), 1);
  assert.equal(measured({ message: message() }, { sessions: [mails(2)] }), 3);
});

test('a user of whom nothing tells the name is a number; what is not known is measured as nothing', () => {
  const found = (name: string) => findingOf(job(), [outcome()], new Story(), 'low', world({ name }));
  assert.equal(found('').title, 'Scripted mail by uid 1003: mail to unknown recipients');
  assert.equal(found('clerk').title, 'Scripted mail by clerk: mail to unknown recipients');
  assert.deepEqual(found('').measures, { messages: 1, bytesMax: 0, attachments: 0 });
});

test('what a guessed parent joins with the job is inferred, and so is a connection of such a child', () => {
  const strengths = (guessed: boolean): string[] =>
    told([outcome({ send: send({ guessed, smtp: [connection({ guessed: !guessed })] }) })])
      .links.filter(link => link.kind === 'process-tree')
      .map(link => link.strength);
  assert.deepEqual(strengths(true), ['inferred', 'observed']);
  assert.deepEqual(strengths(false), ['observed', 'inferred']);
});

test('what was too much to be followed up is counted all the same, and of many recipients the first are named', () => {
  const found = (recipients: readonly string[], dropped: number) =>
    findingOf(
      job({ dropped }),
      [outcome({ send: send({ recipients: [...recipients] }) })],
      new Story(),
      'low',
      world(),
    );
  const four = ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'];
  assert.match(found(four, 26).story, /sent 27 messages to a@x\.example, b@x\.example, c@x\.example and 1 more with/);
  assert.match(found(four, 26).story, /, 26 not followed up\.$/);
  assert.match(found(four, 1).story, /, 1 not followed up\.$/);
  assert.doesNotMatch(found(four, 0).story, /not followed up/);
  assert.equal(found(four, 26).measures?.['messages'], 27);
  assert.match(found(four.slice(1), 0).story, /sent 1 message to b@x\.example, c@x\.example, d@x\.example with/);
  assert.match(found(four, 0).next.join(), /Are a@x.* known .* hold mail to them/);
  assert.match(found(four.slice(3), 0).next.join(), /Is d@x\.example known .* hold mail to it/);
});

test('of many messages those with something in them are named first, whatever it is', () => {
  const plain = outcome({ send: send({ recipients: ['a@x.example'] }) });
  const title = (loaded: Partial<Outcome>): string =>
    findingOf(job(), [plain, plain, outcome(loaded)], new Story(), 'low', world()).title;
  const to = { recipients: ['thief@y.example'] };
  for (const send_ of [
    send({ ...to, attachments: ['/tmp/a.zip'] }),
    send({ ...to, encoders: ['base64'] }),
    send({ ...to, packedBefore: ['tar'] }),
    send({ ...to, storeOwner: 'clerk' }),
  ])
    assert.match(title({ send: send_ }), / to thief@y\.example, a@x\.example$/);
  assert.match(title({ send: send(to) }), / to a@x\.example, thief@y\.example$/, 'nothing in it: in their order');
  const sent = { ...to, smtp: [connection()] };
  const wired = session({}, [mailSeen({ attachments: [{ name: untrusted('a.zip'), sizeBytes: 1, sha256: '' }] })]);
  assert.match(title({ send: send(sent), sessions: [wired] }), / to drop@example\.net, thief@y\.example, a@x/);
});
