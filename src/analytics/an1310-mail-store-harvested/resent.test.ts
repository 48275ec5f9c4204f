import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { uidOf } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { linksHold, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const DROP = 'drop12@example.com';

interface Sent {
  readonly uid?: number;
  readonly to?: string;
  /** Another Message-ID than that of the letter. */
  readonly anew?: boolean;
  readonly alias?: string;
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
  const letter = (name: string): void => {
    const queueId = id();
    says('smtpd[901]', `${queueId}: client=mail.example.net[203.0.113.10]`);
    says('cleanup[902]', `${queueId}: message-id=<${name}@mail.example.net>`);
    says('qmgr[903]', `${queueId}: from=<${name}@example.net>, size=900, nrcpt=1 (queue active)`);
    says('local[905]', `${queueId}: to=<clerk@example.org>, relay=local, ${end} (${channel})`);
    says('qmgr[903]', `${queueId}: removed`);
  };
  const again = (name: string, { uid = 0, to = DROP, anew = false, alias }: Sent = {}): void => {
    const queueId = id();
    says('pickup[900]', `${queueId}: uid=${uid} from=<root>`);
    says('cleanup[902]', `${queueId}: message-id=<${anew ? `${queueId}@ws1` : `${name}@mail.example.net`}>`);
    says('qmgr[903]', `${queueId}: from=<root@example.org>, size=1100, nrcpt=1 (queue active)`);
    const recipient = alias === undefined ? `to=<${to}>` : `to=<${to}>, orig_to=<${alias}>`;
    says('smtp[906]', `${queueId}: ${recipient}, relay=mx.example.com[203.0.113.66]:25, ${end} (250 2.0.0 Ok)`);
    says('qmgr[903]', `${queueId}: removed`);
  };
  return { log, letter, again };
}

interface Facts extends Sent {
  readonly letters?: number;
  readonly waits?: number;
  readonly channel?: string;
}

async function resent(facts: Facts = {}): Promise<Alert | undefined> {
  const { letters = 3, waits = 20_000, channel, ...sent } = facts;
  const { log, letter, again } = office(channel);
  const names = Array.from({ length: letters }, (_, i) => `letter${i}`);
  for (const each of names) letter(each);
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
});
