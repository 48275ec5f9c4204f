import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../../core/time.ts';
import { CLASS } from '../../state/programs.ts';
import { type ContentFacts, contentFacts, weightsOf } from '../content-facts.test-support.ts';
import { Tunables } from '../tunables.ts';
import { BUILT, LABEL, LATER } from './weigh.test-support.ts';
import { weighFetch } from './weigh.ts';

const FETCHED = '2 fetched content was run';
const BROWSED = '2 a browser or messenger was used just before';
const HABIT = '-2 this user does so habitually';
const HALF_HOUR = HOUR_MS / 2;
for (const [says, facts, gapMs, earlier, severity, factors] of [
  ['just after browsing', {}, HALF_HOUR, 0, 'medium', [FETCHED, BROWSED]],
  ['long after browsing', {}, HALF_HOUR + 1, 0, 'informational', [FETCHED]],
  ['by habit', {}, 0, 1, 'informational', [FETCHED, HABIT]],
  ['by habit, and it connects', { connects: [LABEL] }, 0, 1, 'informational', [FETCHED, HABIT]],
  ['by habit, and it connects and stays', { connects: [LABEL], persists: true }, 0, 1, 'low', [FETCHED, HABIT]],
  [
    'after browsing, and it connects',
    { connects: [LABEL] },
    9,
    0,
    'high',
    [FETCHED, BROWSED, '1 outbound network afterwards'],
  ],
  ['after browsing, and it stays', { persists: true }, 9, 0, 'high', [FETCHED, BROWSED, LATER]],
] as const)
  test(`fetched content is run ${says}: ${severity}`, () => {
    const { found, told } = contentFacts({ ...facts, basis: 'fetched' });
    assert.equal(weighFetch(found, told, { gapMs, earlier }, new Tunables(new Map()), true), severity);
    assert.deepEqual(weightsOf(told), factors);
  });

for (const [says, facts, severity, factors] of [
  [
    'from a bare address, and hidden',
    { url: 'http://203.0.113.81/m.tgz', path: '/var/tmp/.m/a.pl' },
    'medium',
    [FETCHED, '1 it came from a bare address', '1 it lies hidden among temporary files'],
  ],
  ['from a bare address', { url: 'http://203.0.113.81/m.tgz', path: '/home/clerk/a.pl' }, 'informational', [FETCHED]],
] as const)
  test(`content fetched ${says} is run long after browsing, and connects nowhere: ${severity}`, () => {
    const { found, told } = contentFacts({ ...facts, basis: 'fetched' });
    assert.equal(weighFetch(found, told, { gapMs: HOUR_MS, earlier: 0 }, new Tunables(new Map()), true), severity);
    assert.deepEqual(weightsOf(told), factors);
  });

const SOURCES = { how: 'build', archived: true, basis: 'fetched', alsoRun: ['binary'], alsoCurated: true } as const;
for (const [says, facts, recorded, severity, factors] of [
  ['nothing reached out', {}, true, 'informational', [FETCHED, BUILT]],
  ['whether it reached out is not recorded', {}, false, 'medium', [FETCHED, BROWSED]],
  ['it reached out', { connects: [LABEL] }, true, 'high', [FETCHED, BROWSED, '1 outbound network afterwards']],
  ['no archive held it', { archived: false }, true, 'medium', [FETCHED, BROWSED]],
] as const)
  test(`sources fetched just after browsing are built, and ${says}: ${severity}`, () => {
    const { found, told } = contentFacts({ ...SOURCES, ...facts });
    assert.equal(weighFetch(found, told, { gapMs: 9, earlier: 0 }, new Tunables(new Map()), recorded), severity);
    assert.deepEqual(weightsOf(told), factors);
  });

const COMPILED = { basis: 'fetched', curated: true } as const;
for (const [says, facts, severity] of [
  ['did no more', {}, 'informational'],
  ['connected', { connects: [LABEL] }, 'high'],
  ['stayed', { persists: true }, 'high'],
  ['may have sent something', { leaves: true }, 'medium'],
] as const)
  test(`what a compiler made of fetched sources ${says}: ${severity}`, () => {
    const { found, told } = contentFacts({ ...COMPILED, ...facts });
    assert.equal(weighFetch(found, told, { gapMs: 9, earlier: 0 }, new Tunables(new Map()), false), severity);
    assert.equal(weightsOf(told).includes(BUILT), severity === 'informational');
  });

/** What a build of cloned sources is told as, with no browsing before it. */
function built(facts: ContentFacts): string | null {
  const { found, told } = contentFacts({ basis: 'fetched', classBits: CLASS.versionControl, ...facts });
  return weighFetch(found, told, { gapMs: HOUR_MS, earlier: 0 }, new Tunables(new Map()), true);
}

test('the build of a clone is work while it speaks to the web, to sources and to this host', () => {
  for (const port of [80, 443, 22, 9418]) assert.equal(built({ connects: ['tool'], port }), null, `${port}`);
  for (const port of [23, 25, 9419]) assert.equal(built({ connects: ['tool'], port }), 'informational', `${port}`);
  for (const address of ['127.0.0.1', '127.0.1.1', '[::1]'])
    assert.equal(built({ connects: ['tool'], address }), null, address);
  for (const address of ['128.0.0.1', '[2001:db8::1]'])
    assert.equal(built({ connects: ['tool'], address }), 'informational', address);
  assert.equal(built({ persists: true }), 'informational');
});

test('the build of a clone is work while only what was installed here speaks to other ports', () => {
  for (const standing of ['installed', 'manager'] as const)
    assert.equal(built({ connects: [standing] }), null, standing);
  for (const standing of ['brought', 'tool', 'unknown', 'elsewhere'] as const)
    assert.equal(built({ connects: ['installed', standing] }), 'informational', standing);
});

/** The same, and a process of it reads a private key; connections are those of pid 9. */
function keyed(facts: ContentFacts, secret: { readonly pid?: number; readonly laterMs?: number } = {}): string | null {
  const { found, told } = contentFacts({ basis: 'fetched', ...facts });
  const time = (found.runs[0]?.time ?? 0) + (secret.laterMs ?? 0);
  const { pid = 9 } = secret;
  found.secrets = [{ ...found.connections[0], time, pid, path: '/home/clerk/.ssh/id_work', what: 'a key' }] as never;
  return weighFetch(found, told, { gapMs: HOUR_MS, earlier: 3 }, new Tunables(new Map()), true);
}

test('what was fetched reads a key by itself and speaks past the site: medium, whenever its user browsed', () => {
  const clone = { classBits: CLASS.versionControl };
  assert.equal(keyed({ ...clone, connects: ['brought'], port: 9001 }), 'medium');
  assert.equal(keyed({ connects: ['elsewhere'], port: 9001 }), 'medium');
});

test('keys are used by tools, for ssh, on the own network, on the web, and by another process', () => {
  const clone = { classBits: CLASS.versionControl, port: 9001 };
  assert.equal(keyed({ ...clone, connects: ['tool'] }), 'informational');
  assert.equal(keyed({ ...clone, connects: ['brought'], port: 22 }), null);
  assert.equal(keyed({ ...clone, connects: ['brought'], port: 443 }), null);
  assert.equal(keyed({ ...clone, connects: ['brought'], address: '10.0.0.7' }), 'informational');
  assert.equal(keyed({ ...clone, connects: ['brought'] }, { pid: 10 }), 'informational');
  assert.equal(keyed({ ...clone, connects: ['brought'] }, { laterMs: 1 }), 'informational', 'read afterwards');
});
