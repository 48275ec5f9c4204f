import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { epochMs } from '../../core/time.ts';
import type { Contact } from './contract.ts';
import { answer, bench, came, connect, file, flow, T } from './network.test-support.ts';

const contactOf = (network: ReturnType<typeof bench>['network'], event: ReturnType<typeof connect>): Contact => {
  network.connected(event);
  const contact = network.contactOf(event);
  assert.ok(contact !== null);
  return contact;
};

test('a flow is the connection of the process that began it, and its bytes are told', () => {
  const { network } = bench({ '198.51.100.10': 'mx1' });
  const contact = contactOf(network, connect(0));
  assert.equal(network.flowOf(contact), null);
  network.push(flow(3, { bytesOut: 18_442 }));
  const found = network.flowOf(contact);
  assert.equal(found?.flow.bytesOut, 18_442);
  assert.equal(found?.strength, 'observed');
});

test('it does not matter which of the two is told first', () => {
  const { network } = bench({ '198.51.100.10': 'mx1' });
  network.push(flow(0, {}, 100));
  const contact = contactOf(network, connect(900));
  assert.equal(network.flowOf(contact)?.flow.bytesOut, 1000);
});

test('an address that nobody named is learned when it fits again and again; once is chance', () => {
  const { network } = bench();
  const first = contactOf(network, connect(0));
  network.push(flow(1));
  assert.equal(network.hostOf('198.51.100.10', T), null);
  assert.equal(network.flowOf(first)?.strength, 'inferred');
  network.connected(connect(60_000, { address: '203.0.113.70' }));
  network.push(flow(60_001, { destinationAddress: '203.0.113.70' }));
  assert.deepEqual(network.hostOf('198.51.100.10', T), { host: 'mx1', basis: 'learned', others: [] });
  assert.deepEqual(network.addressesOf('mx1'), ['198.51.100.10']);
  assert.equal(network.flowOf(first)?.strength, 'observed');
});

test('two hosts behind one address are both named, and the link is inferred', () => {
  const { network } = bench();
  for (let i = 0; i < 4; i++) {
    const host = i % 2 === 0 ? 'mx1' : 'ws3';
    const address = `203.0.113.${100 + i}`;
    network.connected(connect(i * 60_000, { host, address }));
    network.push(flow(i * 60_000 + 2, { destinationAddress: address }));
  }
  const owner = network.hostOf('198.51.100.10', T);
  assert.deepEqual([owner?.host, owner?.others], ['mx1', ['ws3']]);
  assert.deepEqual(network.addressesOf('mx1'), []);
  const contact = contactOf(network, connect(600_000));
  network.push(flow(600_002));
  assert.equal(network.flowOf(contact)?.strength, 'inferred');
  assert.match(network.flowOf(contact)?.why ?? '', /several hosts share/);
});

test("another host's flow is not this host's, and of two that fit the nearer is taken and the doubt is said", () => {
  const { network } = bench({ '198.51.100.10': 'mx1', '198.51.100.50': 'desk' });
  const contact = contactOf(network, connect(0));
  network.push(flow(1, { sourceAddress: '198.51.100.50', bytesOut: 5 }));
  assert.equal(network.flowOf(contact), null);
  network.push(flow(1200, { bytesOut: 7 }));
  network.push(flow(30, { bytesOut: 8 }));
  assert.equal(network.flowOf(contact)?.flow.bytesOut, 8);
  assert.equal(network.flowOf(contact)?.strength, 'observed');
  network.push(flow(35, { bytesOut: 9 }));
  const found = network.flowOf(contact);
  assert.deepEqual([found?.flow.bytesOut, found?.strength, found?.alike], [8, 'inferred', 1]);
});

test('several connections to one place each get their own flow, however the ends are ordered', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), order => {
      const { network } = bench({ '198.51.100.10': 'mx1' });
      const contacts = [0, 1, 2, 3, 4].map(i => contactOf(network, connect(i * 1000)));
      for (const i of order) network.push(flow(i * 1000 + 40, { bytesOut: i }, 60_000));
      assert.deepEqual(
        contacts.map(contact => network.flowOf(contact)?.flow.bytesOut),
        [0, 1, 2, 3, 4],
      );
    }),
  );
});

test('a machine without audit that goes where this host goes does not become this host', () => {
  const { network } = bench();
  for (let i = 0; i < 6; i++) {
    network.connected(connect(i * 60_000));
    network.push(flow(i * 60_000 + 700, { sourceAddress: '198.51.100.99' }, 10));
    network.push(flow(i * 60_000 + 3, {}, 900));
  }
  assert.equal(network.hostOf('198.51.100.99', T), null);
});

test("a sensor's clock that is far off is learned from connections that stand alone", () => {
  const { network } = bench({ '198.51.100.10': 'mx1' });
  const ahead = 95_000;
  const contacts: Contact[] = [];
  for (let i = 0; i < 4; i++) {
    const address = `203.0.113.${120 + i}`;
    contacts.push(contactOf(network, connect(i * 10_000, { address })));
    network.push(flow(i * 10_000 + ahead + i, { destinationAddress: address }));
  }
  for (const contact of contacts) assert.equal(network.flowOf(contact)?.strength, 'observed');
  const later = contactOf(network, connect(500_000));
  network.push(flow(500_000));
  assert.equal(network.flowOf(later), null, 'the wrong time is no longer near');
});

test("a mail log tells the server's address, and the wire the names", () => {
  const { network, log } = bench();
  for (let i = 0; i < 3; i++) {
    log(came(i * 5000, `203.0.113.${10 + i}`));
    network.push(
      flow(i * 5000 + 300, {
        sourceAddress: `203.0.113.${10 + i}`,
        destinationAddress: '198.51.100.10',
        destinationPort: 25,
      }),
    );
  }
  assert.equal(network.hostOf('198.51.100.10', T)?.host, 'mx1');
  network.push(answer(20_000, 'Drop.example.net'));
  network.push(answer(20_000, 'www.example.com', { sourceAddress: '198.51.100.77', answers: ['203.0.113.90'] }));
  assert.equal(network.nameOf('mx1', '203.0.113.66', T + 30_000)?.name, 'drop.example.net');
  assert.equal(network.nameOf('mx1', '203.0.113.66', T + 10_000), null, 'nobody knew it before');
  assert.equal(network.nameOf('mx1', '203.0.113.90', T + 30_000)?.basis, 'dns-of-others');
  const contact = contactOf(network, connect(21_000));
  network.push({ ...answer(21_050, 'x'), kind: 'tls.name-seen', name: 'tls.example.net', flowId: 'C-tls' });
  network.push(flow(21_010, { flowId: 'C-tls' }));
  const found = network.flowOf(contact)?.flow;
  assert.deepEqual([found?.name, found?.nameFrom], ['tls.example.net', 'tls']);
  assert.deepEqual(
    network.namesUsed('mx1', T, T + 60_000).map(use => use.name),
    ['drop.example.net', 'tls.example.net'],
  );
});

test('one connection that two sensors saw is counted once; payload is believed before whole packets', () => {
  const { network } = bench({ '198.51.100.10': 'mx1' });
  const contact = contactOf(network, connect(0));
  const tuple = { sourcePort: 41_000 };
  network.push(flow(2, { ...tuple, host: 'suricata', counted: 'packets', bytesOut: 1900, bytesIn: 900 }));
  network.push(flow(4, { ...tuple, host: 'zeek', bytesOut: 1500, bytesIn: 600 }));
  const found = network.flowOf(contact);
  assert.deepEqual([found?.flow.bytesOut, found?.flow.bytesIn, found?.flow.counted], [1500, 600, 'payload']);
  assert.equal(found?.alike, 0);
});

test('two records of one flow, a direction each, make one flow', () => {
  const { network } = bench({ '198.51.100.10': 'mx1' });
  const contact = contactOf(network, connect(0));
  const tuple = { sourcePort: 41_000, flowId: '77', counted: 'packets' as const };
  network.push(flow(2, { ...tuple, bytesOut: 1900, bytesIn: -1 }));
  network.push(flow(2, { ...tuple, bytesOut: -1, bytesIn: 900 }));
  const found = network.flowOf(contact)?.flow;
  assert.deepEqual([found?.bytesOut, found?.bytesIn], [1900, 900]);
});

test('what leaves a watched host for a new place is told by host and time; loopback and known places are not', () => {
  const { network } = bench({ '198.51.100.10': 'ws3' });
  network.push(flow(0, { destinationAddress: '203.0.113.5' }));
  const watch = network.watch('ws3', epochMs(T + 10_000), 60_000);
  network.push(flow(12_000, { destinationAddress: '203.0.113.5' }));
  network.push(flow(12_500, { destinationAddress: '127.0.0.1', sourceAddress: '127.0.0.1' }));
  network.push(flow(13_000, { destinationAddress: '203.0.113.53', destinationPort: 53 }));
  network.push(flow(14_000, { sourceAddress: '198.51.100.99' }));
  network.push(flow(15_000));
  network.push(flow(90_000, { destinationAddress: '203.0.113.7' }));
  assert.deepEqual(
    watch.flows.map(each => [each.flow.destinationAddress, each.strength]),
    [['203.0.113.66', 'inferred']],
  );
});

test('a download is known by its name, from the request or the file', () => {
  const { network } = bench({ '198.51.100.10': 'ws3' });
  network.push({
    ...answer(0, 'files.example.net'),
    kind: 'http.seen',
    method: 'GET',
    path: '/in/cv%20final.sh?x=1',
    userAgent: '',
    bytesOut: 0,
    bytesIn: 10,
    fileIds: ['F1'],
  });
  network.push(file(50, { service: 'HTTP', outbound: false, fileId: 'F1', name: '', type: 'text/x-shellscript' }));
  const [found] = network.filesFetched('ws3', { name: 'cv final.sh' }, T, T + 1000);
  assert.deepEqual([found?.server, found?.sizeBytes], ['files.example.net', 3311]);
  assert.deepEqual(network.filesFetched('ws3', { name: 'other.sh' }, T, T + 1000), []);
});

test('saved and restored in the middle it goes on, and handles stay joined', () => {
  const first = bench();
  const contact = contactOf(first.network, connect(0));
  const second = bench();
  const saved = deserialize(serialize({ contact, network: first.network.snapshot() })) as {
    contact: Contact;
    network: unknown;
  };
  second.network.restore(saved.network);
  second.network.push(flow(3, { bytesOut: 77 }));
  assert.equal(second.network.flowOf(saved.contact)?.flow.bytesOut, 77);
  assert.equal(first.network.flowOf(contact), null);
});

test('millions of connections take no more than their bound', () => {
  const { network } = bench();
  for (let i = 0; i < 60_000; i++) {
    const address = `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
    network.push(flow(i, { sourceAddress: address, destinationAddress: address.replace('10.', '11.') }));
  }
  assert.ok(network.evicted > 0);
  assert.ok(serialize(network.snapshot()).length < 40_000_000);
});
