import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { World } from '../../state/world.ts';
import { uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { linksHold, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { Resent } from './resent.ts';

const DROP = 'drop12@example.com';

interface Sent {
  readonly uid?: number;
  readonly to?: string;
  /** Another Message-ID than that of the letter. */
  readonly anew?: boolean;
  readonly alias?: string;
  /** Another host brings it, and no account of this one. */
  readonly client?: string;
  /** A command of this host takes it, and not another host. */
  readonly command?: boolean;
}

/** A host whose Postfix puts letters of strangers into clerk's box, which somebody hands in again later. */
function office(channel = 'delivered to maildir') {
  const log = new HostLog();
  const { records, mail } = log;
  let count = 0;
  const says = (program: string, message: string): void => {
    records.now += 50;
    mail.push(`${new Date(records.now).toISOString().replace('Z', '')}000+00:00 ws1 postfix/${program}: ${message}`);
  };
  const end = 'delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent';
  const id = (): string => `4F${(0x1000 + ++count).toString(16).toUpperCase()}`;
  const letter = (name: string, list = false): void => {
    const queueId = id();
    says('smtpd[901]', `${queueId}: client=mail.example.net[203.0.113.10]`);
    says('cleanup[902]', `${queueId}: message-id=<${name}@mail.example.net>`);
    says('qmgr[903]', `${queueId}: from=<${name}@example.net>, size=900, nrcpt=1 (queue active)`);
    says('local[905]', `${queueId}: to=<clerk@example.org>, relay=local, ${end} (${channel})`);
    if (list)
      says('local[905]', `${queueId}: to=<all@example.org>, relay=local, ${end} (delivered to command: /usr/bin/list)`);
    says('qmgr[903]', `${queueId}: removed`);
  };
  const again = (
    name: string,
    { uid = 0, to = DROP, anew = false, alias, client, command = false }: Sent = {},
  ): void => {
    const queueId = id();
    if (client === undefined) says('pickup[900]', `${queueId}: uid=${uid} from=<root>`);
    else says('smtpd[901]', `${queueId}: client=other.example.net[${client}]`);
    says('cleanup[902]', `${queueId}: message-id=<${anew ? `${queueId}@ws1` : `${name}@mail.example.net`}>`);
    says('qmgr[903]', `${queueId}: from=<root@example.org>, size=1100, nrcpt=1 (queue active)`);
    const recipient = alias === undefined ? `to=<${to}>` : `to=<${to}>, orig_to=<${alias}>`;
    if (command) says('pipe[906]', `${queueId}: ${recipient}, relay=keep, ${end} (delivered via keep service)`);
    else says('smtp[906]', `${queueId}: ${recipient}, relay=mx.example.com[203.0.113.66]:25, ${end} (250 2.0.0 Ok)`);
    says('qmgr[903]', `${queueId}: removed`);
  };
  return { log, letter, again };
}

interface Facts extends Sent {
  readonly letters?: number;
  readonly waits?: number;
  /** It went to a list as well. */
  readonly list?: boolean;
  readonly channel?: string;
}

async function resent(facts: Facts = {}): Promise<Alert | undefined> {
  const { letters = 3, waits = 20_000, channel, list, ...sent } = facts;
  const { log, letter, again } = office(channel);
  const names = Array.from({ length: letters }, (_, i) => `letter${i}`);
  for (const each of names) letter(each, list);
  log.wait(waits);
  for (const each of names) again(each, sent);
  const alerts = await scanLog(log);
  return alerts.find(({ analytic, title }) => analytic === 'AN1310' && title.includes('sent again'));
}

test('letters that lay in a mailbox and are handed in again for one address elsewhere were taken out of it', async () => {
  const alert = await resent({ letters: 5 });
  assert.equal(alert?.severity, 'medium');
  assert.equal(alert.title, `Letters of clerk were sent again to ${DROP}`);
  assert.match(alert.story, /handed 5 messages that lay in the mailbox clerk to the MTA again/);
  assert.deepEqual(
    alert.entities.filter(({ kind }) => kind === 'mailbox' || kind === 'recipient').map(({ value }) => value),
    ['clerk', DROP],
  );
  assert.equal(alert.steps.length, 6, 'three of them are told, each as it came and as it left');
  assert.equal(alert.links[0]?.strength, 'inferred');
  linksHold(alert);
});

test('its owner may send it on', async () => {
  assert.equal((await resent({ uid: uidOf('clerk') }))?.severity, 'informational');
});

test('what is no letter of the mailbox, or stays, is not told', async () => {
  assert.equal(await resent({ letters: 2 }), undefined, 'two may be passed on by hand');
  assert.equal(await resent({ anew: true }), undefined, 'an answer or a forward is a new message');
  assert.equal(await resent({ to: 'boss@example.org' }), undefined, 'somebody here');
  assert.equal(await resent({ waits: 1000 }), undefined, 'a filter or a forward of the box, as each came');
  assert.equal(await resent({ alias: 'partners@example.org' }), undefined, 'what an alias here stands for');
  assert.equal(await resent({ channel: 'delivered to command: /usr/bin/mlmmj-receive' }), undefined, 'a list');
  assert.equal(await resent({ list: true }), undefined, 'a list sends it on to its members, clerk is one');
  assert.equal(await resent({ client: '203.0.113.70' }), undefined, 'another host brings it once more');
  assert.equal(await resent({ command: true }), undefined, 'it does not leave');
});

test('what lay in the mailbox for five seconds was taken out of it', async () => {
  // From the line of the delivery to that of the next pickup three letters of 250 ms each, less what lies between.
  assert.equal((await resent({ waits: 4400 }))?.severity, 'medium');
  assert.equal(await resent({ waits: 4399 }), undefined);
});

test('a message of which nothing is known any more, and a mailbox whose account has another name', () => {
  const kept = {
    message: { queueId: 'A1', delivery: null, others: null },
    delivery: { mailbox: 'office@x.example', time: 0 },
  };
  const found = (known: boolean, account: string, name = 'clerk'): string[] => {
    const world = {
      mail: {
        message: () => (known ? { submittedByUid: 1003, firstTime: 9000 } : undefined),
        inMailboxBefore: () => kept,
        localDomains: new Set(['example.org']),
      },
      userName: () => name,
      identity: { onHost: () => ({ accountOf: () => account }) },
    } as unknown as World;
    const one = new Resent();
    for (const queueId of ['B1', 'B2', 'B3']) {
      const left = { channel: 'relay', originalRecipient: '', recipient: DROP, host: 'ws1', time: 9001, relay: 'mx' };
      one.delivered({ ...left, queueId } as unknown as MailDelivery, world);
    }
    return one.findings(world).map(({ severity, story }) => `${severity}: ${/, (.*?) handed/.exec(story)?.[1]}`);
  };
  assert.deepEqual(found(false, 'clerk'), []);
  assert.deepEqual(found(true, 'clerk'), ['informational: clerk'], 'its own');
  assert.deepEqual(found(true, 'buyer'), ['medium: clerk']);
  assert.deepEqual(found(true, ''), ['medium: clerk'], 'no account is known');
  assert.deepEqual(
    found(true, '', 'office@x.example'),
    ['informational: office@x.example'],
    'its name says whose it is',
  );
  assert.deepEqual(found(true, '', ''), ['medium: uid 1003'], 'no name is known');
});
