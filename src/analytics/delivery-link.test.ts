import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery, Message, MessageAttachment } from '../state/mail/contract.ts';
import type { Taint } from '../state/taint.ts';
import type { World } from '../state/world.ts';
import { deliveryFor, personOf } from './delivery-link.ts';
import { at, attachment, delivery, message, taintOf } from './mail-facts.test-support.ts';

const DAY = 86_400_000;
interface Around {
  /** What was delivered to the clerk, newest first. */
  readonly mails?: readonly { readonly message: Message; readonly delivery: Delivery }[];
  readonly carried?: ReadonlyMap<Message, readonly MessageAttachment[]>;
  readonly byAgent?: { readonly message: Message; readonly alike: number };
  readonly agentPid?: number;
  readonly sha256?: string;
  /** When the records of the host begin, and whether they tell of writes where the file lies. */
  readonly recorded?: { readonly began: number; readonly there: boolean; readonly isMade?: boolean };
}

const world = ({ mails = [], carried = new Map(), byAgent, agentPid = 7, sha256 = '', recorded }: Around): World =>
  ({
    contentOf: () => (sha256 === '' ? undefined : { sha256, sizeBytes: 7 }),
    identity: { onHost: () => ({ mailboxOf: (person: string) => `box of ${person}`, homeOwner: () => 'owner' }) },
    userName: () => 'user',
    hosts: new Map(
      recorded === undefined
        ? []
        : [
            [
              'ws1',
              { areas: { began: recorded.began, has: () => recorded.there, isMade: () => recorded.isMade === true } },
            ],
          ],
    ),
    mail: {
      attachmentsOf: (of: Message) => carried.get(of) ?? [],
      deliveredTo: (box: string, from: number, to: number, max: number) =>
        ['box of clerk', 'box of '].includes(box)
          ? mails.filter(each => each.delivery.time >= from && each.delivery.time <= to).slice(0, max)
          : [],
      deliveryByAgent: (_host: string, pid: number, time: number, within: number, box: string) =>
        byAgent === undefined || pid !== agentPid || time > within || !['box of clerk', ''].includes(box)
          ? undefined
          : { ...byAgent, delivery: delivery() },
    },
  }) as unknown as World;

const mail = (queueId: string, time = 20, facts: Partial<Message> = {}) => ({
  message: message({ queueId, ...facts }),
  delivery: delivery({ time: at(time) }),
});
function linked(around: Around, taints: readonly Taint[] = [taintOf()], person = 'clerk'): string | null {
  const found = deliveryFor(world(around), taints, person, '/home/clerk/a.pdf');
  if (found === null) return null;
  const by = found.attachment === undefined ? '' : `, ${found.attachment.basis}`;
  return `${found.message.queueId} ${found.strength}: ${found.why}${by}`;
}
const agent = taintOf({ agentPid: 7 });
const SHOWN = 'audit and mail log show the same delivery agent (pid, time) writing the file that was read';
const NEWEST = 'the newest message delivered to clerk before the content appeared';
const NAMED = 'an attachment of this message, delivered before the file appeared, has its name';
const SAME = 'an attachment of this message has the sha256 of the file';

test('the agent that wrote the file tells the message', () => {
  const one = message({ queueId: 'A' });
  assert.equal(linked({ byAgent: { message: one, alike: 0 } }, [agent]), `A observed: ${SHOWN}`);
  assert.equal(linked({ byAgent: { message: one, alike: 0 } }), null, 'no agent was seen');
  assert.equal(linked({ byAgent: { message: one, alike: 0 } }, [taintOf(), agent]), `A observed: ${SHOWN}`);
  assert.equal(linked({ byAgent: { message: one, alike: 0 }, agentPid: 8 }, [agent]), null, 'the log has another');
  const zero = taintOf({ agentPid: 0 });
  assert.equal(linked({ byAgent: { message: one, alike: 0 }, agentPid: 0 }, [zero]), `A observed: ${SHOWN}`);
  const pipe = taintOf({ agentPid: 7, basis: 'delivery-pipe' });
  const started = 'A observed: the delivery agent of this queue id started the process';
  assert.equal(linked({ byAgent: { message: one, alike: 0 } }, [pipe]), started);
  assert.equal(
    linked({ byAgent: { message: one, alike: 0 } }, [agent], ''),
    `A observed: ${SHOWN}`,
    'whoever it is for',
  );
  assert.equal(linked({ byAgent: { message: one, alike: 0 } }, [agent], 'buyer'), null);
  const wrote = (agentTime: number) =>
    linked({ byAgent: { message: one, alike: 0 } }, [taintOf({ agentPid: 7, agentTime })]);
  assert.equal(wrote(5000), `A observed: ${SHOWN}`, 'five seconds from the line of the log');
  assert.equal(wrote(5001), null);
});

test('of several that the same agent delivered it is one of them', () => {
  const one = message({ queueId: 'A' });
  assert.equal(
    linked({ byAgent: { message: one, alike: 1 } }, [agent]),
    `A inferred: ${SHOWN}; 1 other message of the same second fits as well, this is the largest`,
  );
  assert.match(linked({ byAgent: { message: one, alike: 2 } }, [agent]) ?? '', /; 2 other messages .* fit as well/);
});

test('an attachment is told with the message of the agent only if it is in that message', () => {
  const [a, b] = [mail('A'), mail('B')];
  const carried = new Map([[b.message, [attachment()]]]);
  const observed = (of: Message): Around => ({ mails: [a, b], carried, byAgent: { message: of, alike: 0 } });
  assert.equal(linked(observed(b.message), [agent]), `B observed: ${SHOWN}, name`);
  assert.equal(linked(observed(a.message), [agent]), `A observed: ${SHOWN}`);
});

test('where the agent leaves it open, content decides, and a name only for the same message', () => {
  const [a, b] = [mail('A'), mail('B')];
  const open = (of: Message): Around => ({ mails: [a, b], byAgent: { message: of, alike: 1 } });
  const named = new Map([[b.message, [attachment()]]]);
  assert.equal(linked({ ...open(b.message), carried: named }, [agent]), `B inferred: ${NAMED}, name`);
  assert.match(linked({ ...open(a.message), carried: named }, [agent]) ?? '', /^A inferred: .* fits as well/);
  const same = new Map([[b.message, [attachment({ sha256: 'abc' })]]]);
  assert.equal(linked({ ...open(a.message), carried: same, sha256: 'abc' }, [agent]), `B observed: ${SAME}, content`);
});

test('without an agent the attachment tells it, and how many carry one like it', () => {
  const [a, b, c] = [mail('A'), mail('B'), mail('C')];
  const all = (...of: readonly Message[]) => new Map(of.map(each => [each, [attachment()]] as const));
  assert.equal(linked({ mails: [a, b, c], carried: all(b.message) }), `B inferred: ${NAMED}, name`);
  assert.equal(linked({ mails: [b], carried: all(b.message) }), `B inferred: ${NAMED}, name`, 'one message came');
  const two = linked({ mails: [a, b, c], carried: all(b.message, c.message) });
  assert.equal(two, `B inferred: ${NAMED}; 1 other message carries one like it, this is the newest, name`);
  const three = linked({ mails: [a, b, c], carried: all(a.message, b.message, c.message) });
  assert.match(three ?? '', /; 2 other messages carry one like it/);
});

test('else it is the newest message of the person, rather one that carries something', () => {
  const [a, b] = [mail('A'), mail('B', 19, { attachments: [attachment()] })];
  assert.equal(linked({ mails: [a] }), `A inferred: ${NEWEST}`);
  assert.equal(linked({ mails: [a, b] }), `B inferred: ${NEWEST}`);
  assert.equal(linked({ mails: [a] }, [taintOf()], ''), null, 'of whom, nobody knows');
  assert.equal(linked({ mails: [a] }, []), null);
  assert.equal(linked({ mails: [] }), null);
});

test('of messages that may have brought it, the one of whom the name of the file has is chosen', () => {
  const from = (queueId: string, sender: string, time: number, facts: Partial<Message> = {}) =>
    mail(queueId, time, { sender, senderKnown: true, ...facts });
  const papers = taintOf({}, { object: '/home/clerk/papers/Application_Kowalski.zip' });
  const [offer, own] = [from('A', 'sales@example.net', 20), from('B', 'm.kowalski@example.com', 12)];
  assert.equal(
    linked({ mails: [offer, own] }, [papers]),
    `B inferred: ${NEWEST}, from whom the file's name has "kowalski"`,
  );
  assert.equal(linked({ mails: [own] }, [papers]), `B inferred: ${NEWEST}`, 'there is no other');
  assert.equal(linked({ mails: [offer, own] }), `A inferred: ${NEWEST}`, 'another name');
  const small = from('B', 'm.kowalski@example.com', 12, { sizeBytes: 500 });
  assert.equal(
    linked({ mails: [offer, small] }, [papers]),
    `A inferred: ${NEWEST}`,
    'a letter without room for a file',
  );
  const carrying = from('A', 'sales@example.net', 20, { attachments: [attachment()] });
  assert.equal(linked({ mails: [carrying, own] }, [papers]), `A inferred: ${NEWEST}`, 'known to carry something');
  const domain = from('B', 'info@kowalski.example', 12);
  assert.equal(linked({ mails: [offer, domain] }, [papers]), `A inferred: ${NEWEST}`, 'only who, not where');
});

test('of the newest messages of one second it is the largest, and the link says so', () => {
  const sized = (queueId: string, sizeBytes: number, time = 20) => mail(queueId, time, { sizeBytes });
  const [a, b, c] = [sized('A', 800), sized('B', 23_000), sized('C', 90_000, 19)];
  assert.equal(linked({ mails: [a, b, c] }), `B inferred: ${NEWEST}; of the 2 of that second, this is the largest`);
  assert.equal(linked({ mails: [b, a, c] }), `B inferred: ${NEWEST}; of the 2 of that second, this is the largest`);
  assert.match(linked({ mails: [a, sized('E', 800)] }) ?? '', /^A /, 'of two as large the first');
  assert.equal(linked({ mails: [a, c] }), `A inferred: ${NEWEST}`, 'an older one is not asked');
  assert.equal(linked({ mails: [a, a] }), `A inferred: ${NEWEST}`, 'one message, delivered twice');
  const carrying = mail('D', 20, { sizeBytes: 100, attachments: [attachment()] });
  assert.equal(linked({ mails: [b, carrying] }), `D inferred: ${NEWEST}`, 'what carries something comes first');
});

test('a message is linked for two weeks, and when it came a moment after the content was seen', () => {
  const origin = 20 * DAY;
  const came = (time: number): boolean =>
    linked({ mails: [mail('A', time)] }, [taintOf({ time: at(origin) })]) !== null;
  assert.equal(came(origin - 14 * DAY), true);
  assert.equal(came(origin - 14 * DAY - 1), false);
  assert.equal(came(origin + 1000), true);
  assert.equal(came(origin + 1001), false);
  const later = [taintOf({ time: at(0) }), taintOf({ time: at(origin) })];
  assert.notEqual(linked({ mails: [mail('A', origin)] }, later), null, 'of several origins the last');
});

test('a message that came a moment after the content is taken only where none came before it, or where an agent hands it over', () => {
  const [before, after] = [mail('A', 5000), mail('B', 5700)];
  const of = (basis: Taint['origin']['basis'], ...mails: readonly ReturnType<typeof mail>[]) =>
    linked({ mails }, [taintOf({ time: at(5300), basis })]);
  assert.equal(of('client-wrote', after, before), `A inferred: ${NEWEST}`);
  assert.equal(of('client-wrote', after), `B inferred: ${NEWEST}`);
  assert.equal(of('client-wrote', mail('B', 5301), before), `A inferred: ${NEWEST}`);
  assert.equal(of('client-wrote', mail('B', 5300), before), `B inferred: ${NEWEST}`);
  assert.equal(of('delivery-pipe', after, before), `B inferred: ${NEWEST}`);
  assert.equal(of('delivery-pipe', before), `A inferred: ${NEWEST}`);
});

test('a file that lay there before the records begin came with none of the messages since', () => {
  const place = taintOf({ basis: 'place', time: at(90_500) });
  const [since, before] = [mail('A', 50_300), mail('B', 10_300)];
  const of = (mails: Around['mails'], there: boolean, taint = place) =>
    linked({ mails: mails ?? [], recorded: { began: 40_000, there } }, [taint]);
  assert.equal(of([since], true), null);
  assert.equal(of([since, before], true), `B inferred: ${NEWEST}`);
  assert.equal(of([since], false), `A inferred: ${NEWEST}`, 'writes are not recorded there');
  assert.equal(of([since], true, taintOf({ time: at(90_500) })), `A inferred: ${NEWEST}`, 'it was seen to be written');
  const made = linked({ mails: [since], recorded: { began: 40_000, there: true, isMade: true } }, [place]);
  assert.equal(made, `A inferred: ${NEWEST}`, 'a program was seen to put it there');
  assert.equal(linked({ mails: [since] }, [place]), `A inferred: ${NEWEST}`, 'of the host nothing is known');
});

test('the person is whoever received it, else the owner of the home, else the user', () => {
  const nobody = taintOf({ person: '' });
  const of = (taints: readonly Taint[], owner = 'owner'): string => {
    const identity = { onHost: () => ({ homeOwner: () => owner }) };
    const around = { identity, hosts: new Map(), userName: () => 'user' };
    return personOf(around as unknown as World, taints, '/home/owner/x', 1003);
  };
  assert.equal(of([nobody, taintOf()]), 'clerk');
  assert.equal(of([nobody]), 'owner');
  assert.equal(of([nobody], ''), 'user');
  assert.equal(of([], ''), 'user');
});
