import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE_MS } from '../../core/time.ts';
import type { ContentExecuted } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import { contentFacts } from '../content-facts.test-support.ts';
import { Services, serviceOf, tellService } from './service.ts';

const ref = { source: 0, offset: 0, length: 1, next: null };
const SAVED = contentFacts({}).told.taint.origin.time;

interface Use {
  readonly name: string;
  readonly basis: string;
  /** Before it was saved, in ms. */
  readonly before: number;
}
const file = (facts: Record<string, unknown> = {}) => ({
  name: 'x.bin',
  server: 'files.example.net:443',
  serverAddress: '203.0.113.9',
  service: 'http',
  sizeBytes: 700,
  sha256: 'abc',
  before: 1000,
  ref,
  ...facts,
});

/** What sensors say, as far as it is asked here. */
function world(
  files: readonly ReturnType<typeof file>[],
  uses: readonly Use[] = [],
  named = '',
  onDisk?: { readonly sha256: string },
): World {
  const within = (before: number, from: number, to: number): boolean => SAVED - before >= from && SAVED - before <= to;
  return {
    contentOf: () => onDisk,
    network: {
      filesFetched: (_: string, wanted: Partial<Record<'name' | 'sha256', string>>, from: number, to: number) =>
        files
          .filter(each => each.before !== undefined && within(each.before, from, to))
          .filter(each => ('sha256' in wanted ? wanted.sha256 === each.sha256 : wanted.name === each.name))
          .map(each => ({ ...each, time: SAVED - each.before })),
      nameOf: () => (named === '' ? null : { name: named }),
      namesUsed: (_: string, from: number, to: number) =>
        uses.filter(use => within(use.before, from, to)).map(use => ({ ...use, time: SAVED - use.before, ref })),
    },
  } as unknown as World;
}
const service = (at: World, basis: 'client-wrote' | 'fetched' = 'client-wrote', path = '/home/clerk/x.bin') =>
  serviceOf('ws1', contentFacts({ basis, path }).told.taint, at);

test('a file on the wire tells its server, its size and its hash, as far as they are known', () => {
  const told = service(world([file()]));
  assert.deepEqual(told?.names, ['files.example.net']);
  assert.equal(
    told?.evidence,
    'on the wire: x.bin, 700 bytes, sha256 abc, from files.example.net:443 (203.0.113.9) over http',
  );
  assert.equal(told?.why, 'a file of this name came to this host 1.0 s before it was saved');
  assert.match(service(world([file({ sizeBytes: 0 })]))?.evidence ?? '', /, 0 bytes/);
  assert.doesNotMatch(service(world([file({ sizeBytes: -1 })]))?.evidence ?? '', /bytes/);
});

test('a file is known by its content whatever it is called on the wire, and by no content that nobody knows', () => {
  const nameless = file({ name: '', sha256: 'abc' });
  const told = service(world([nameless], [], '', { sha256: 'abc' }));
  assert.equal(told?.basis, 'content');
  assert.match(told?.evidence ?? '', /^on the wire: a file without a name, 700 bytes, sha256 abc, from /);
  assert.equal(service(world([file({ name: 'y.bin', sha256: '' })])), null, 'two hashes that nobody knows');
});

test('a server without a name is called as the network calls it, else by its address', () => {
  assert.deepEqual(service(world([file({ server: '' })], [], 'dns.example.net'))?.names, ['dns.example.net']);
  assert.deepEqual(service(world([file({ server: '' })]))?.names, ['203.0.113.9']);
});

test('the name a file was saved under is that without the ending of an unfinished one', () => {
  assert.equal(service(world([file()]), 'client-wrote', '/home/clerk/x.bin.part')?.basis, 'file');
  assert.equal(service(world([file({ name: 'y.bin' })])), null);
  assert.equal(service(world([file({ name: '' })]), 'client-wrote', ''), null, 'no name is no match');
});

test('a file may come ten minutes before it is saved, and be told of up to a minute later', () => {
  assert.notEqual(service(world([file({ before: 10 * MINUTE_MS })])), null);
  assert.equal(service(world([file({ before: 10 * MINUTE_MS + 1 })])), null);
  const later = service(world([file({ before: 0 - MINUTE_MS })]));
  assert.match(later?.why ?? '', /as it was saved$/);
  assert.equal(service(world([file({ before: 0 - MINUTE_MS - 1 })])), null);
  assert.match(service(world([file({ before: 0 })]))?.why ?? '', /0.0 s before it was saved$/);
});

test('without the file, the names that were asked for: in TLS before HTTP before DNS, never those of others', () => {
  const dns = { name: 'dns.example.net', basis: 'dns', before: 100 };
  const tls = { name: 'tls.example.net', basis: 'tls', before: 200 };
  assert.deepEqual(service(world([], [tls, dns]))?.names, ['tls.example.net']);
  assert.deepEqual(service(world([], [dns]))?.names, ['dns.example.net']);
  assert.equal(service(world([], [{ ...dns, basis: 'dns-of-others' }])), null);
});

test('a client asks at most a minute before it saves, a person pastes within five', () => {
  const asked = (before: number) => world([], [{ name: 'a.example.net', basis: 'tls', before }]);
  assert.notEqual(service(asked(MINUTE_MS)), null);
  assert.equal(service(asked(MINUTE_MS + 1)), null);
  assert.notEqual(service(asked(5 * MINUTE_MS), 'fetched'), null);
  assert.equal(service(asked(5 * MINUTE_MS + 1), 'fetched'), null);
  assert.notEqual(service(asked(-2000)), null);
  assert.equal(service(asked(-2001)), null);
});

test('the service stands before the step in which the file was saved, and weighs nothing', () => {
  const { told } = contentFacts({});
  const first = `file.created#${SAVED}.1`;
  told.story.step('other', SAVED, 'other', '', ref);
  told.story.step(first, SAVED, 'file.created', '', ref);
  const use = service(world([file()]));
  assert.ok(use);
  tellService(told, use);
  assert.equal(told.story.links[0]?.to, first);
  assert.equal(told.story.factors[0]?.weight, 0);
  assert.deepEqual(told.entities, [{ kind: 'service', value: 'files.example.net' }]);
});

test('what was seen as it ran is remembered; the file itself is surer than the names that were asked for', () => {
  const { found, told } = contentFacts({});
  const names = world([], [{ name: 'a.example.net', basis: 'tls', before: 100 }]);
  const fileSeen = world([file()]);
  const nothing = world([]);
  const services = new Services();
  const note = (at: World): void => services.note({ host: 'ws1', taint: told.taint } as unknown as ContentExecuted, at);
  assert.equal(services.of(found, told, nothing), null);
  note(names);
  note(nothing);
  assert.equal(services.of(found, told, nothing)?.basis, 'tls', 'the sensor has forgotten it since');
  assert.equal(services.of(found, told, fileSeen)?.basis, 'file');
  note(fileSeen);
  note(names);
  assert.equal(services.of(found, told, nothing)?.basis, 'file');
  assert.equal(services.of(found, told, names)?.basis, 'file');
  note(world([file()], [], '', { sha256: 'abc' }));
  assert.equal(services.of(found, told, nothing)?.basis, 'content', 'its hash became known later');
  note(fileSeen);
  assert.equal(services.of(found, told, nothing)?.basis, 'content');
  assert.equal(services.of(found, told, names)?.basis, 'content');
});
