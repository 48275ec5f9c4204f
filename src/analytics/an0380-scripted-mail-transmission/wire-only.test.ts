import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { Contact, Flow } from '../../state/network/contract.ts';
import { flow, mailSeen, world } from './made-up.test-support.ts';
import { strayFindings } from './wire-only.ts';

/** 192.0.2.N is host wsN, and of no other unless it is told so. */
const hostOf =
  (others: readonly string[] = []) =>
  (address: string) =>
    address.startsWith('192.0.2.') ? { host: `ws${address.slice(8)}`, basis: 'configured' as const, others } : null;

function strays(flows: readonly Flow[], around: Parameters<typeof world>[0] = {}): Finding[] {
  return strayFindings(world({ flows, hostOf: hostOf(), ...around }));
}
const factors = (found: Finding | undefined): string[] =>
  (found?.factors ?? []).map(({ weight, name, evidence }) => `${weight} ${name}: ${evidence}`);

test('SMTP that left a host of ours is told when nothing accounts for it', () => {
  assert.equal(strays([flow()]).length, 1);
  assert.deepEqual(strays([flow({ contact: {} as Contact })]), [], 'a recorded process opened it');
  assert.deepEqual(strays([flow({ established: false })]), [], 'nobody answered');
  assert.deepEqual(strays([flow({ sourceAddress: '198.51.100.1' })]), [], 'not a host of ours');
  assert.deepEqual(strays([flow()], { hostOf: hostOf(['ws8']) }), [], 'the address is of several hosts');
  assert.deepEqual(strays([flow({ destinationAddress: '192.0.2.8' })]), [], 'to a host of ours');
  assert.deepEqual(strays([flow()], { mtaWentTo: () => true }), [], 'the MTA went there');
});

test('one session is told with its bytes, several with their sum', () => {
  const bytes = (...counts: readonly number[]): string | undefined =>
    factors(strays(counts.map(bytesOut => flow({ bytesOut })))[0])[1];
  assert.deepEqual(factors(strays([flow({ bytesOut: 900, bytesIn: 40 })])[0]), [
    '1 SMTP left this host: 1 session to 203.0.113.25:25',
    '0 bytes on the wire: 900 bytes out, 40 in',
  ]);
  assert.equal(bytes(-1), '0 bytes on the wire: not counted');
  assert.equal(bytes(900, -1, 50), '0 bytes on the wire: 950 bytes out in all', 'what was not counted takes none away');
  const [found] = strays([flow()]);
  assert.deepEqual(found?.measures, { messages: 1, bytesMax: 0 });
});

test('servers and recipients are named', () => {
  const [one, other] = [flow({ bytesOut: 900 }), flow({ destinationAddress: '2001:db8::25', bytesOut: 50 })];
  const mailIn = new Map([[one, [mailSeen({ recipients: ['Drop@example.net', 'b@example.net'] })]]]);
  const [found] = strays([one, other], { mailIn });
  const servers = '203.0.113.25:25, [2001:db8::25]:25';
  assert.equal(factors(found)[0], `1 SMTP left this host: 2 sessions to ${servers}`);
  assert.match(
    found?.story ?? '',
    /2 SMTP sessions went straight to 203\.0\.113\.25:25, \[2001:db8::25\]:25, 950 bytes/,
  );
  assert.ok(found?.next.at(-1)?.includes(`block ${servers} from this host`));
  assert.deepEqual(
    found?.entities.map(({ kind, value }) => `${kind} ${value}`),
    [
      'host ws7',
      'address 203.0.113.25:25',
      'address [2001:db8::25]:25',
      'recipient drop@example.net',
      'recipient b@example.net',
    ],
  );
  const ended = found?.steps.filter(({ kind }) => kind === 'flow.ended').map(({ id }) => id);
  assert.equal(ended?.length, 2);
  for (const factor of found?.factors ?? []) assert.deepEqual(factor.steps, ended);
});

test('what the wire does not show is said of sessions without mail only', () => {
  const [one, other] = [flow(), flow()];
  const silent = 'Of some sessions the wire shows bytes only';
  const says = (flows: readonly Flow[], seenIn: readonly Flow[]): boolean =>
    strays(flows, { mailIn: new Map(seenIn.map(each => [each, [mailSeen()]])) })[0]?.missing.some(text =>
      text.startsWith(silent),
    ) === true;
  assert.equal(says([one], []), true);
  assert.equal(says([one], [one]), false);
  assert.equal(says([one, other], [one]), true);
});

test('what records of the host would add depends on whether it keeps any', () => {
  const first = (seen: readonly string[]) => strays([flow()], { seen })[0]?.wouldChange;
  assert.deepEqual(
    first([])?.map(({ weight, why }) => [weight, why]),
    [
      [2, 'not seen, because this host records no connections'],
      [-1, 'the logs that were read do not'],
      [-10, 'no entry that is in force covers it'],
    ],
  );
  assert.equal(first(['network.connected'])?.[0]?.why, 'connections are recorded on this host, but not these');
});

test('when very many hosts send, what the first of them send later is still told', () => {
  const address = (index: number): string => `192.0.2.${index}`;
  const flows = Array.from({ length: 300 }, (_, index) => flow({ sourceAddress: address(index) }));
  const later = flow({ sourceAddress: address(0), startTime: 9000 as EpochMs, bytesOut: 5 });
  const found = strays([...flows, later]);
  assert.ok(found.length < 300);
  assert.equal(found[0]?.measures?.messages, 2);
});
