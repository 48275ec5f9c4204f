import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../../core/time.ts';
import { CLASS } from '../../state/programs.ts';
import { type ContentFacts, contentFacts, weightsOf } from '../content-facts.test-support.ts';
import { Tunables } from '../tunables.ts';
import { weigh, weighFetch } from './weigh.ts';

const RUN = '3 a download was run';
const WROTE = '2 a browser or messenger wrote it';
const OUT = '2 outbound network afterwards';
const LATER = '2 left something that runs later';
const SCRIPT = '1 a script, not an installed program';
const PLACE = '-2 only the place tells that it was downloaded';
const APPEARED = '1 file appeared where a browser or messenger saves';
const ONLY_VIEWER = '-4 only the viewer started something';
const MANAGER = '-3 installed by the package manager';
const INSTALLED = '-3 only programs that were installed before connected';
const ARCHIVE = '1 came out of an archive';
const BUILT = '-3 sources were built, and nothing reached out';
const WEB = '-2 its user ran it, and it only spoke to the web';
const CURATED = '-4 taken in by version control, a compiler or a package manager';
const TOOL = '1 code of the download is run by a build or package tool';
const LEFT = '1 outbound network from this host afterwards';
const LABEL = 'brought';

interface Row {
  readonly says: string;
  readonly facts: ContentFacts;
  readonly severity: string | null;
  readonly factors: readonly string[];
  /** Whether the host tells of connections; true unless said. */
  readonly recorded?: boolean;
}

const browser = { basis: 'place', classBits: CLASS.browser } as const;
const appeared = { basis: 'appeared' } as const;
const script = { how: 'interpreter-script' } as const;
const disguise = 'padded';
const DISGUISE = '2 disguised name';

const ROWS: readonly Row[] = [
  { says: 'a download is run', facts: {}, severity: 'low', factors: [RUN, WROTE] },
  { says: 'a script is run', facts: script, severity: 'medium', factors: [RUN, WROTE, SCRIPT] },
  { says: 'a download connects', facts: { connects: [LABEL] }, severity: 'high', factors: [RUN, WROTE, OUT] },
  {
    says: 'one of which a step is inferred connects',
    facts: { connects: [LABEL], chain: 'inferred' },
    severity: 'high',
    factors: [RUN, WROTE, OUT],
  },
  {
    says: 'one that stays has run and a step is inferred',
    facts: { persists: true, chain: 'inferred' },
    severity: 'high',
    factors: [RUN, WROTE, LATER],
  },
  { says: 'one that stays has run', facts: { persists: true }, severity: 'high', factors: [RUN, WROTE, LATER] },
  {
    says: 'what only a mail place tells of is no download',
    facts: { basis: 'place', classBits: 0 },
    severity: null,
    factors: [RUN],
  },
  { says: 'only a place tells', facts: browser, severity: 'informational', factors: [RUN, PLACE] },
  {
    says: 'only a place tells, and it is a script',
    facts: { ...browser, ...script },
    severity: 'informational',
    factors: [RUN, PLACE, SCRIPT],
  },
  {
    says: 'only a place tells, and the name is disguised',
    facts: { ...browser, disguise },
    severity: 'low',
    factors: [RUN, PLACE, DISGUISE],
  },
  { says: 'one appeared', facts: appeared, severity: 'informational', factors: [RUN, APPEARED] },
  { says: 'a script appeared', facts: { ...appeared, ...script }, severity: 'low', factors: [RUN, APPEARED, SCRIPT] },
  {
    says: 'a disguised script appeared',
    facts: { ...appeared, ...script, disguise },
    severity: 'medium',
    factors: [RUN, APPEARED, DISGUISE, SCRIPT],
  },
  {
    says: 'a disguised one appeared',
    facts: { ...appeared, disguise },
    severity: 'low',
    factors: [RUN, APPEARED, DISGUISE],
  },
  {
    says: 'one is run by the loader',
    facts: { how: 'loader' },
    severity: 'medium',
    factors: [RUN, WROTE, '2 run in a way that hides it'],
  },
  {
    says: 'one is run out of memory',
    facts: { how: 'memory' },
    severity: 'medium',
    factors: [RUN, WROTE, '2 run in a way that hides it'],
  },
  {
    says: 'one was made executable by hand',
    facts: { madeExecutable: true },
    severity: 'medium',
    factors: [RUN, WROTE, '1 made executable by hand'],
  },
  {
    says: 'a script that was made executable is a script',
    facts: { madeExecutable: true, ...script },
    severity: 'medium',
    factors: [RUN, WROTE, SCRIPT],
  },
  {
    says: 'it came out of an archive, by a messenger whose name is not known',
    facts: { archived: true, classBits: CLASS.messenger, originProgram: '' },
    severity: 'medium',
    factors: [RUN, WROTE, '1 came out of an archive', '1 came through a messenger'],
  },
  {
    says: 'the browser itself starts it',
    facts: { parentClass: CLASS.browser },
    severity: 'medium',
    factors: [RUN, WROTE, '1 started by the client itself'],
  },
  {
    says: 'it is run within the hour: half a point is no suspicion',
    facts: { afterMs: HOUR_MS - 1 },
    severity: 'low',
    factors: [RUN, WROTE, '0.5 run within the hour'],
  },
  { says: 'it is run after an hour', facts: { afterMs: HOUR_MS }, severity: 'low', factors: [RUN, WROTE] },
  {
    says: 'its code is run by a build tool',
    facts: { how: 'build' },
    severity: 'medium',
    factors: [RUN, WROTE, TOOL],
  },
  {
    says: 'a package is installed',
    facts: { how: 'package-script', alsoRun: ['package-script'] },
    severity: 'informational',
    factors: [RUN, WROTE, TOOL, MANAGER],
  },
  {
    says: 'a package is installed, and something else of it is run',
    facts: { how: 'package-script', alsoRun: ['binary'] },
    severity: 'medium',
    factors: [RUN, WROTE, TOOL],
  },
  {
    says: 'a package is installed, and a program that was there before connects',
    facts: { how: 'package-script', connects: ['installed'] },
    severity: 'low',
    factors: [RUN, WROTE, TOOL, OUT, INSTALLED],
  },
  {
    says: 'an installed program connects, but no package was installed',
    facts: { how: 'build', connects: [LABEL] },
    severity: 'high',
    factors: [RUN, WROTE, TOOL, OUT],
  },
  {
    says: 'version control took it in',
    facts: { curated: true, ...script },
    severity: 'informational',
    factors: [RUN, WROTE, SCRIPT, CURATED],
  },
  {
    says: 'version control took it in, and it connects',
    facts: { curated: true, ...script, connects: [LABEL] },
    severity: 'low',
    factors: [RUN, WROTE, SCRIPT, OUT, CURATED],
  },
  {
    says: 'sources out of an archive are built',
    facts: { how: 'build', archived: true, alsoRun: ['interpreter-script'] },
    severity: 'informational',
    factors: [RUN, WROTE, ARCHIVE, TOOL, BUILT],
  },
  {
    says: 'a script that builds is run first',
    facts: { ...script, archived: true, alsoRun: ['build'] },
    severity: 'informational',
    factors: [RUN, WROTE, SCRIPT, ARCHIVE, BUILT],
  },
  {
    says: 'sources are built where connections are not recorded',
    facts: { how: 'build', archived: true },
    severity: 'medium',
    factors: [RUN, WROTE, ARCHIVE, TOOL],
    recorded: false,
  },
  {
    says: 'what was built is run',
    facts: { how: 'build', archived: true, alsoRun: ['binary'] },
    severity: 'medium',
    factors: [RUN, WROTE, ARCHIVE, TOOL],
  },
  {
    says: 'what a compiler made of the sources is run',
    facts: { how: 'build', archived: true, alsoRun: ['binary'], alsoCurated: true },
    severity: 'informational',
    factors: [RUN, WROTE, ARCHIVE, TOOL, BUILT],
  },
  {
    says: 'something leaves the host while sources are built',
    facts: { how: 'build', archived: true, leaves: true },
    severity: 'medium',
    factors: [RUN, WROTE, ARCHIVE, TOOL, LEFT],
  },
  {
    says: 'scripts of an archive are run, and nothing is built',
    facts: { ...script, archived: true },
    severity: 'medium',
    factors: [RUN, WROTE, SCRIPT, ARCHIVE],
  },
  {
    says: 'a build leaves something behind',
    facts: { how: 'build', archived: true, persists: true },
    severity: 'high',
    factors: [RUN, WROTE, ARCHIVE, TOOL, LATER],
  },
  {
    says: 'a build of a disguised name',
    facts: { how: 'build', archived: true, disguise },
    severity: 'medium',
    factors: [RUN, WROTE, DISGUISE, ARCHIVE, TOOL],
  },
  {
    says: 'a person runs a program, and it speaks to the web',
    facts: { connects: [LABEL], port: 443 },
    severity: 'medium',
    factors: [RUN, WROTE, OUT, WEB],
  },
  ...[
    { says: 'with a tool', facts: { connects: ['tool'] }, also: [] },
    { says: 'with a disguised name', facts: { disguise }, also: [DISGUISE] },
    { says: 'out of an archive', facts: { archived: true }, also: [ARCHIVE] },
    { says: 'by a messenger', facts: { classBits: CLASS.messenger }, also: ['1 came through a messenger'] },
    { says: 'started by the browser', facts: { parentClass: CLASS.browser }, also: ['1 started by the client itself'] },
    { says: 'started by a shell without a terminal', facts: { parentClass: CLASS.shell, tty: '' }, also: [] },
    { says: 'and is a script', facts: script, also: [SCRIPT] },
    { says: 'and another of it is run', facts: { alsoRun: ['memory'] }, also: [] },
  ].map(({ says, facts, also }) => ({
    says: `a program speaks to the web ${says}`,
    facts: { connects: [LABEL], port: 443, ...facts } as ContentFacts,
    severity: 'high',
    factors: [RUN, WROTE, ...also, OUT],
  })),
  {
    says: 'a program speaks to the web and leaves something',
    facts: { connects: [LABEL], port: 443, persists: true },
    severity: 'high',
    factors: [RUN, WROTE, OUT, LATER],
  },
  {
    says: 'a viewer starts one helper',
    facts: { how: 'spawned-by-viewer' },
    severity: 'informational',
    factors: [RUN, WROTE, ONLY_VIEWER],
  },
  {
    says: 'a viewer starts the same one twice',
    facts: { how: 'spawned-by-viewer', alsoRun: ['spawned-by-viewer'] },
    severity: 'informational',
    factors: [RUN, WROTE, ONLY_VIEWER],
  },
  {
    says: 'a viewer starts one, and it leaves something that runs later',
    facts: { how: 'spawned-by-viewer', persists: true },
    severity: 'high',
    factors: [RUN, WROTE, LATER],
  },
  {
    says: 'a viewer starts one, and then the content runs',
    facts: { how: 'spawned-by-viewer', alsoRun: ['binary'] },
    severity: 'low',
    factors: [RUN, WROTE],
  },
  {
    says: 'a viewer starts two',
    facts: { how: 'spawned-by-viewer', alsoRun: ['spawned-by-viewer'], alsoCommand: 'sh -c other' },
    severity: 'low',
    factors: [RUN, WROTE],
  },
  {
    says: 'a viewer starts what connects',
    facts: { how: 'spawned-by-viewer', connects: [LABEL] },
    severity: 'high',
    factors: [RUN, WROTE, OUT],
  },
  {
    says: 'a shell takes in its lines',
    facts: { how: 'sourced' },
    severity: 'informational',
    factors: [RUN, WROTE, SCRIPT, '-4 a shell took in its lines, and no record shows that they did anything'],
  },
  {
    says: 'and an installed program connects meanwhile',
    facts: { how: 'sourced', connects: ['installed'] },
    severity: 'informational',
    factors: [RUN, WROTE, SCRIPT, OUT, '-4 a shell took in its lines, and no record shows that they did anything'],
  },
  {
    says: 'and a tool does',
    facts: { how: 'sourced', connects: ['tool'] },
    severity: 'high',
    factors: [RUN, WROTE, SCRIPT, OUT],
  },
  {
    says: 'and something is left behind',
    facts: { how: 'sourced', persists: true },
    severity: 'high',
    factors: [RUN, WROTE, SCRIPT, '2 left something that runs later'],
  },
  {
    says: 'a program that read it starts a command',
    facts: { how: 'spawned-by-reader' },
    severity: 'informational',
    factors: [RUN, WROTE, '-4 only the program that read it started a command'],
  },
  {
    says: 'a program that read it starts a tool that connects',
    facts: { how: 'spawned-by-reader', connects: ['tool'] },
    severity: 'medium',
    factors: [RUN, WROTE, OUT, '0 that the content ordered the command is a guess'],
  },
];

for (const { says, facts, severity, factors, recorded = true } of ROWS)
  test(`${says}: ${severity ?? 'nothing'}`, () => {
    const { found, told } = contentFacts(facts);
    assert.equal(weigh(found, told, new Tunables(new Map()), recorded), severity);
    assert.deepEqual(weightsOf(told), factors);
  });

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

test('only a place tells, and it is a script with the name of a lure: low', () => {
  const { found, told } = contentFacts({ ...browser, ...script, path: '/home/clerk/invoice' });
  const lures = new Tunables(new Map([['PhishingIndicators', ['invoice']]]));
  assert.equal(weigh(found, told, lures, true), 'low');
  assert.deepEqual(weightsOf(told), [RUN, PLACE, SCRIPT, '0.5 the name is that of a usual lure']);
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

test('the web has five ports', () => {
  for (const [port, severity] of [
    [80, 'medium'],
    [443, 'medium'],
    [8008, 'medium'],
    [8080, 'medium'],
    [8443, 'medium'],
    [81, 'high'],
    [22, 'high'],
  ] as const) {
    const { found, told } = contentFacts({ connects: [LABEL], port });
    assert.equal(weigh(found, told, new Tunables(new Map()), true), severity, `${port}`);
  }
});

test('a messenger whose program no record tells was in use', () => {
  const { found, told } = contentFacts({ classBits: CLASS.messenger, originProgram: '' });
  weigh(found, told, new Tunables(new Map()), true);
  const through = told.story.factors.find(each => each.name === 'came through a messenger');
  assert.equal(through?.evidence, 'a messenger was in use');
});
