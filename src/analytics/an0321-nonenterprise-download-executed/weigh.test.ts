import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS } from '../../core/time.ts';
import { CLASS } from '../../state/programs.ts';
import { type ContentFacts, contentFacts, weightsOf } from '../content-facts.test-support.ts';
import { Tunables } from '../tunables.ts';
import {
  APPEARED,
  ARCHIVE,
  appeared,
  browser,
  DISGUISE,
  disguise,
  LABEL,
  LATER,
  ONLY_VIEWER,
  OUT,
  PLACE,
  RUN,
  SCRIPT,
  script,
  tellsOf,
  WEB,
  WROTE,
} from './weigh.test-support.ts';
import { weigh } from './weigh.ts';

tellsOf([
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
  {
    says: 'data have their reader start what is new to it, and what that brought connects',
    facts: { how: 'new-order', connects: ['brought'] },
    severity: 'medium',
    factors: [RUN, WROTE, OUT, '0 that the content ordered the command is a guess'],
  },
]);

test('only a place tells, and it is a script with the name of a lure: low', () => {
  const { found, told } = contentFacts({ ...browser, ...script, path: '/home/clerk/invoice' });
  const lures = new Tunables(new Map([['PhishingIndicators', ['invoice']]]));
  assert.equal(weigh(found, told, lures, true), 'low');
  assert.deepEqual(weightsOf(told), [RUN, PLACE, SCRIPT, '0.5 the name is that of a usual lure']);
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
