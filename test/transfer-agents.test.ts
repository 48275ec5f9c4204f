import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../scripts/lib/tree.ts';
import { decodeAll, formatOf, ofKind } from '../src/decoders/recorded.test-support.ts';
import type { WatchEvent } from '../src/events/event.ts';
import type { MailEvent } from '../src/events/mail-events.ts';
import { loadIdentity } from '../src/state/identity/identity.ts';
import type { Message } from '../src/state/mail/contract.ts';
import { deliveriesOf } from '../src/state/mail/deliveries.ts';
import { LearnedDomains } from '../src/state/mail/domains.ts';
import { createMailState } from '../src/state/mail/state.ts';

/** What the clients, the mailboxes and the servers outside say of a recording: see lab/mta/act.py. */
interface Truth {
  readonly smtp: readonly {
    host: string;
    sender: string;
    source: string;
    user: string;
    messageId: string;
    bytes: number;
    accepted: readonly string[];
    reply: string;
  }[];
  readonly local: readonly {
    host: string;
    user: string;
    uid: number;
    messageId: string;
    recipients: readonly string[];
  }[];
  readonly refused: readonly {
    host: string;
    source: string;
    sender: string;
    recipient: string;
    stage: string;
    code: number;
  }[];
  readonly mailboxes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly outside: readonly { sender: string; recipients: readonly string[] }[];
}

const AGENTS = [
  'exim/recordings/default',
  'exim/recordings/syslog',
  'exim/recordings/verbose',
  'sendmail/recordings/default',
  'sendmail/recordings/milter',
  'opensmtpd/recordings/default',
];

/** All events of a recording, with the hosts' names, in time order. */
function eventsOf(folder: string, hosts: readonly string[]): MailEvent[] {
  const events: WatchEvent[] = [];
  for (const host of hosts) {
    for (const file of existsSync(join(folder, host)) ? readdirSync(join(folder, host)) : []) {
      if (file.startsWith('paniclog')) continue;
      const bytes = readFileSync(join(folder, host, file));
      const content = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      const { events: found, verdicts } = decodeAll(formatOf(content), content);
      assert.deepEqual(
        verdicts.filter(each => each.tag === 'reject'),
        [],
        `${host}/${file}`,
      );
      events.push(...found.map(each => ({ ...each, host })));
    }
  }
  return (events as MailEvent[]).sort((a, b) => a.time - b.time || a.order - b.order);
}

function stateOf(events: readonly MailEvent[]) {
  const domains = new LearnedDomains();
  const passwd = [
    'ops:x:1001:1001::/home/ops:/bin/sh\ndev:x:1002:1002::/home/dev:/bin/sh\nclerk:x:1003:1003::/home/clerk:/bin/sh\n',
  ];
  const identity = loadIdentity({ passwd, aliases: ['office: clerk\n'], domains });
  const state = createMailState({ identity, domains });
  for (const each of events) state.push(each);
  return state;
}

const counted = (all: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const each of [...all].sort()) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
};
const userOf = (address: string): string => address.replace(/@.*$/, '').replace(/\+.*$/, '').replaceAll('"', '');
const name = (text: string): string => text.slice(0, text.indexOf('/'));

for (const agent of AGENTS) {
  const folder = join(ROOT, 'src/decoders', agent);
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
  const events = eventsOf(folder, Object.keys(truth.mailboxes));
  const state = stateOf(events);
  const known = new Map<string, string>();
  for (const each of ofKind(events, 'mail.identified')) known.set(`${each.host} ${each.queueId}`, each.messageId);
  const logged = new Set(known.values());
  /** All messages that the log tells of. */
  const messages = [
    ...new Set(events.filter(each => each.queueId !== '').map(each => state.message(each.host, each.queueId))),
  ].filter((each): each is Message => each !== undefined);

  test(`${agent}: every message a client handed in is there, with its sender, its client and its recipients`, () => {
    for (const sent of truth.smtp) {
      const queueId =
        messages.find(each => each.host === sent.host && sent.reply.includes(each.queueId))?.queueId ?? '';
      const message = state.message(sent.host, queueId);
      assert.ok(message !== undefined, `${sent.reply}`);
      if (!sent.sender.includes('<')) assert.equal(message.sender, sent.sender);
      assert.equal(message.clientAddress, sent.source);
      assert.equal(message.submitted, false, 'a client on the network is no program of this host');
      assert.equal(message.submittedByUid, -1);
      assert.equal(message.saslUser, sent.user);
      assert.ok(
        message.sizeBytes > 200 && Math.abs(message.sizeBytes - sent.bytes) < 1000,
        `${message.sizeBytes} ${sent.bytes}`,
      );
      if (message.recipientCount >= 0) assert.equal(message.recipientCount, sent.accepted.length);
      if (message.messageId !== '' && !sent.messageId.includes(' ')) assert.equal(message.messageId, sent.messageId);
    }
  });

  test(`${agent}: what came to the second host is the message that the first one handed on`, () => {
    const second = ofKind(events, 'mail.queued').filter(each => each.host === 'mx2' && each.sender !== '');
    assert.ok(second.length > 0);
    for (const { host, queueId } of second) {
      const message = state.message(host, queueId);
      assert.ok(message !== undefined);
      const hop = state.before(message);
      assert.deepEqual([hop?.message.host, hop?.strength], ['mx1', 'observed'], `${queueId} ${hop?.why}`);
      const root = state.rootOf(message);
      // It began with a client of the first host, or with one of its programs.
      assert.ok(root.submitted || /^(?:203\.0\.113|192\.0\.2)\./.test(root.clientAddress), root.clientAddress);
      if (message.messageId !== '' && root.messageId !== '') assert.equal(message.messageId, root.messageId);
    }
  });

  test(`${agent}: what lies in the mailboxes was delivered there, and nothing else was`, () => {
    for (const [host, boxes] of Object.entries(truth.mailboxes)) {
      const into = ofKind(events, 'mail.delivered').filter(each => each.host === host && each.channel === 'mailbox');
      const idOf = (queueId: string) => known.get(`${host} ${queueId}`) ?? '?';
      const lies = Object.entries(boxes).flatMap(([user, ids]) =>
        ids.map(id => `${user} ${logged.has(id) ? id : '?'}`),
      );
      if (name(agent) !== 'opensmtpd') {
        assert.deepEqual(counted(into.map(each => `${userOf(each.recipient)} ${idOf(each.queueId)}`)), counted(lies));
        continue;
      }
      // An alias stays what it was, and a command is not told from a mailbox.
      const direct = (each: string) =>
        !each.startsWith('ops ') && !each.startsWith('office ') && !each.startsWith('info ');
      const aliased = host === 'mx1' ? ['clerk ?', 'clerk ?', 'buyer ?'] : [];
      const found = into.map(each => `${userOf(each.recipient)} ${idOf(each.queueId)}`).filter(direct);
      assert.deepEqual(counted([...found, ...aliased]), counted(lies));
    }
  });

  test(`${agent}: what servers outside took was relayed, once each`, () => {
    const relayed = ofKind(events, 'mail.delivered').filter(
      each => each.host === 'mx1' && /\[(203\.0\.113|192\.0\.2)\./.test(each.relay),
    );
    assert.deepEqual(
      counted(relayed.map(each => each.recipient)),
      counted(truth.outside.flatMap(each => each.recipients)),
    );
    assert.ok(relayed.every(each => each.channel === 'relay'));
  });

  test(`${agent}: every refusal is there`, () => {
    const refusals = ofKind(events, 'mail.rejected').filter(each => each.host === 'mx1');
    for (const each of truth.refused) {
      const found = refusals.find(
        one =>
          one.stage === each.stage &&
          (each.stage !== 'RCPT' || one.recipient === each.recipient) &&
          (one.clientAddress === each.source || one.clientAddress === ''),
      );
      assert.ok(found !== undefined, JSON.stringify(each));
    }
  });

  test(`${agent}: users of this host are told apart from everybody else`, () => {
    const submitted = messages.filter(each => each.submitted && each.sender !== '');
    // Sendmail writes of a message twice, under the submission program's id and under the daemon's: only the first is a submission.
    assert.equal(submitted.length, truth.local.length, submitted.map(each => each.queueId).join());
    for (const each of truth.local) {
      const found = submitted.filter(message => each.messageId !== '' && message.messageId === each.messageId);
      if (name(agent) === 'opensmtpd' || each.messageId === '') continue;
      assert.equal(found.length, 1, each.messageId);
      assert.equal(found[0]?.submittedByUser, each.user);
      if (name(agent) === 'sendmail') assert.equal(found[0]?.submittedByUid, each.uid);
    }
  });
}

test("sendmail: the daemon's id points at the submission program's", () => {
  const folder = join(ROOT, 'src/decoders/sendmail/recordings/default');
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
  const events = eventsOf(folder, ['mx1', 'mx2']);
  const state = stateOf(events);
  for (const each of truth.local) {
    const taken = ofKind(events, 'mail.received').find(
      one =>
        one.origin === undefined &&
        one.originQueueId !== '' &&
        state.message('mx1', one.originQueueId)?.messageId === each.messageId,
    );
    if (each.messageId === '') continue;
    const message = state.message('mx1', taken?.queueId ?? '');
    assert.equal(message?.messageId, each.messageId);
    assert.equal(message?.origin, 're-injected');
    assert.equal(message?.clientAddress, '127.0.0.1');
  }
});

test('no subject or text of a message is in any event', () => {
  for (const agent of AGENTS) {
    const text = JSON.stringify(eventsOf(join(ROOT, 'src/decoders', agent), ['mx1', 'mx2']));
    assert.doesNotMatch(text, /Weekly note|build finished|please see below|for the branch/);
  }
});

test('sendmail at log level 14: every connection is told, and what a filter made of each message', () => {
  const folder = join(ROOT, 'src/decoders/sendmail/recordings/milter');
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth & {
    readonly connections: readonly { source: string }[];
    readonly kept: readonly { sender: string; messageId: string }[];
  };
  const events = eventsOf(folder, ['mx1']);
  const outside = (address: string): boolean => /^(203\.0\.113|192\.0\.2)\./.test(address);
  assert.deepEqual(
    counted(
      ofKind(events, 'mail.connected')
        .map(each => each.clientAddress)
        .filter(outside),
    ),
    counted(truth.connections.map(each => each.source)),
  );
  const judged = ofKind(events, 'mail.judged').map(each => `${each.name} ${each.said} ${each.action}`);
  assert.deepEqual(counted(judged), {
    'lab discard discarded': 1,
    'lab quarantine quarantined': 1,
    'lab reject deferred': 1,
    'lab reject rejected': 3,
  });
  // Taken, and given to nobody: one dropped, one held in quarantine.
  const state = stateOf(events);
  const fates = truth.kept.map(each => {
    const id = ofKind(events, 'mail.identified').find(one => one.messageId === each.messageId)?.queueId ?? '';
    return [each.sender, [...deliveriesOf(state.message('mx1', id) as Message)].map(one => one.channel)];
  });
  assert.deepEqual(Object.fromEntries(fates), { 'discard@example.net': ['discard'], 'c@example.net': [] });
  assert.doesNotMatch(JSON.stringify(events), /secret-header-text/);
});
