import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import { type ContentFacts, contentFacts, weightsOf } from '../content-facts.test-support.ts';
import type { DeliveryLink } from '../delivery-link.ts';
import { Tunables } from '../tunables.ts';
import { placeMet, weigh } from './weigh.ts';

const WORLD = { mail: { judgementsOf: () => [] } } as unknown as World;

const RUN = '3 content of a message was run';
const MAIL = '3 file came out of mail';
const OUT = '2 outbound network afterwards';
const SAME = '2 the file is the attachment, by its sha256';
const APPEARED = '2 file appeared where a mail client saves';
const PLACE = '1 lies where attachments are saved';
const GUESS = '0 who brought it in is a guess';
const MANAGER = '-3 installed by the package manager';
const INSTALLED = '-3 only programs that were installed before connected';
const CURATED = '-5 taken in by version control, a compiler or a package manager';
const LABEL = 'brought';
const TOLD = (weight: number) => `${weight} a delivered message belongs to it`;

/** A delivery, seen at the agent's hand or known by person and time; of the very content where that is said. */
const delivery = (strength: 'observed' | 'inferred', basis = ''): DeliveryLink =>
  ({
    strength,
    why: '',
    attachment:
      basis === ''
        ? null
        : {
            basis,
            path: 'a.zip',
          },
    message: {
      queueId: '4F1A010B',
      judgements: [],
      host: 'ws1',
      origin: '',
      messageId: '',
    },
    delivery: { mailbox: 'clerk' },
  }) as unknown as DeliveryLink;
const seen = delivery('observed');
const known = delivery('inferred');

interface Row {
  readonly says: string;
  readonly facts: ContentFacts;
  readonly severity: string;
  readonly factors: readonly string[];
}

const ROWS: readonly Row[] = [
  { says: 'content of a message is run', facts: {}, severity: 'medium', factors: [RUN, MAIL] },
  { says: 'and its delivery was seen', facts: { delivery: seen }, severity: 'high', factors: [RUN, MAIL, TOLD(3)] },
  {
    says: 'and a delivery fits by person and time',
    facts: { delivery: known, chain: 'inferred' },
    severity: 'medium',
    factors: [RUN, MAIL, TOLD(2)],
  },
  { says: 'and it connects', facts: { connects: [LABEL] }, severity: 'high', factors: [RUN, MAIL, OUT] },
  {
    says: 'and it leaves something',
    facts: { persists: true },
    severity: 'high',
    factors: [RUN, MAIL, '2 left something that runs later'],
  },
  {
    says: 'under a disguised name',
    facts: { disguise: 'padded' },
    severity: 'high',
    factors: [RUN, MAIL, '1 disguised name'],
  },
  {
    says: 'what lies where attachments are saved is run',
    facts: { basis: 'place' },
    severity: 'informational',
    factors: [RUN, PLACE, GUESS],
  },
  {
    says: 'and its name is disguised: still one guess',
    facts: { basis: 'place', disguise: 'padded' },
    severity: 'informational',
    factors: [RUN, PLACE, GUESS, '1 disguised name'],
  },
  {
    says: 'what lies there is run, and a delivery fits',
    facts: { basis: 'place', delivery: known },
    severity: 'low',
    factors: [RUN, PLACE, GUESS, TOLD(2)],
  },
  {
    says: 'what appeared is run, and a delivery fits',
    facts: { basis: 'appeared', delivery: known },
    severity: 'medium',
    factors: [RUN, APPEARED, GUESS, TOLD(2)],
  },
  {
    says: 'and it connects: who brought it in stays a guess',
    facts: { basis: 'appeared', delivery: known, connects: [LABEL] },
    severity: 'medium',
    factors: [RUN, APPEARED, GUESS, TOLD(2), OUT],
  },
  {
    says: 'what only lies there holds the same bytes as the attachment',
    facts: { basis: 'place', delivery: delivery('observed', 'content') },
    severity: 'high',
    factors: [RUN, MAIL, SAME, TOLD(3)],
  },
  {
    says: 'what appeared has the name of the attachment',
    facts: { basis: 'appeared', delivery: delivery('observed', 'name') },
    severity: 'medium',
    factors: [RUN, APPEARED, GUESS, TOLD(3)],
  },
  {
    says: 'a viewer starts one helper',
    facts: { how: 'spawned-by-viewer' },
    severity: 'informational',
    factors: [RUN, MAIL, '-4 only the viewer started something'],
  },
  {
    says: 'a viewer starts the same one twice',
    facts: { how: 'spawned-by-viewer', alsoRun: ['spawned-by-viewer'] },
    severity: 'informational',
    factors: [RUN, MAIL, '-4 only the viewer started something'],
  },
  {
    says: 'a viewer starts one, and it leaves something that runs later',
    facts: { how: 'spawned-by-viewer', persists: true },
    severity: 'high',
    factors: [RUN, MAIL, '2 left something that runs later'],
  },
  {
    says: 'a viewer starts one, and then the content runs',
    facts: { how: 'spawned-by-viewer', alsoRun: ['binary'] },
    severity: 'medium',
    factors: [RUN, MAIL],
  },
  {
    says: 'a viewer starts two',
    facts: { how: 'spawned-by-viewer', alsoRun: ['spawned-by-viewer'], alsoCommand: 'sh -c other' },
    severity: 'medium',
    factors: [RUN, MAIL],
  },
  {
    says: 'a shell takes in its lines',
    facts: { how: 'sourced' },
    severity: 'informational',
    factors: [RUN, MAIL, '-4 a shell took in its lines, and no record shows that they did anything'],
  },
  {
    says: 'and an installed program connects meanwhile',
    facts: { how: 'sourced', connects: ['installed'] },
    severity: 'informational',
    factors: [RUN, MAIL, OUT, '-4 a shell took in its lines, and no record shows that they did anything'],
  },
  {
    says: 'and a tool does',
    facts: { how: 'sourced', connects: ['tool'] },
    severity: 'high',
    factors: [RUN, MAIL, OUT],
  },
  {
    says: 'and something is left behind',
    facts: { how: 'sourced', persists: true },
    severity: 'high',
    factors: [RUN, MAIL, '2 left something that runs later'],
  },
  {
    says: 'a program that read it starts one, twice',
    facts: { how: 'spawned-by-reader', alsoRun: ['spawned-by-reader'], delivery: known },
    severity: 'informational',
    factors: [RUN, MAIL, TOLD(2), '-4 only the program that read it started a command'],
  },
  {
    says: 'and an installed program connects',
    facts: { how: 'spawned-by-reader', connects: ['installed', 'manager', 'unknown'] },
    severity: 'informational',
    factors: [RUN, MAIL, OUT, '-4 only the program that read it started a command'],
  },
  {
    says: 'and a tool does',
    facts: { how: 'spawned-by-reader', connects: ['installed', 'tool'] },
    severity: 'medium',
    factors: [RUN, MAIL, OUT, '0 that the content ordered the command is a guess'],
  },
  {
    says: 'and it leaves something that runs later',
    facts: { how: 'spawned-by-reader', persists: true },
    severity: 'medium',
    factors: [RUN, MAIL, '2 left something that runs later', '0 that the content ordered the command is a guess'],
  },
  {
    says: 'and what it brought along runs besides',
    facts: { how: 'spawned-by-reader', alsoRun: ['binary'], connects: ['brought'] },
    severity: 'high',
    factors: [RUN, MAIL, OUT],
  },
  {
    says: 'data have their reader start what is new to it, and it leaves something that runs later',
    facts: { how: 'new-order', persists: true, delivery: seen },
    severity: 'medium',
    factors: [
      RUN,
      MAIL,
      TOLD(3),
      '2 left something that runs later',
      '0 that the content ordered the command is a guess',
    ],
  },
  {
    says: 'and what it brought along runs besides: where the order came from stays a guess',
    facts: { how: 'new-order', alsoRun: ['binary'], connects: ['brought'], delivery: seen },
    severity: 'medium',
    factors: [RUN, MAIL, TOLD(3), OUT, '0 that the content ordered the command is a guess'],
  },
  {
    says: 'a program of the message runs, and one that reads another part starts something new: no guess',
    facts: { how: 'binary', alsoRun: ['new-order'], connects: ['brought'] },
    severity: 'high',
    factors: [RUN, MAIL, OUT],
  },
  {
    says: 'a package is installed',
    facts: { how: 'package-script' },
    severity: 'low',
    factors: [RUN, MAIL, MANAGER],
  },
  {
    says: 'a package is installed, and a program that was there before connects',
    facts: { how: 'package-script', connects: ['installed'] },
    severity: 'low',
    factors: [RUN, MAIL, OUT, INSTALLED],
  },
  {
    says: 'a program is run, and an installed one connects',
    facts: { how: 'binary', connects: [LABEL] },
    severity: 'high',
    factors: [RUN, MAIL, OUT],
  },
  {
    says: 'version control took it in',
    facts: { curated: true },
    severity: 'informational',
    factors: [RUN, MAIL, CURATED],
  },
  {
    says: 'version control took it in, and it connects',
    facts: { curated: true, connects: [LABEL] },
    severity: 'low',
    factors: [RUN, MAIL, OUT],
  },
];

for (const { says, facts, severity, factors } of ROWS)
  test(`${says}: ${severity}`, () => {
    const { found, told } = contentFacts(facts);
    assert.equal(weigh(found, told, WORLD, new Tunables(new Map())), severity);
    assert.deepEqual(weightsOf(told), factors);
  });

test('content that was never a file is named by what it lies in', () => {
  const { found, told } = contentFacts({ basis: 'place', path: '', object: '/home/clerk/box' });
  weigh(found, told, WORLD, new Tunables(new Map()));
  assert.equal(told.story.factors.find(each => PLACE.endsWith(each.name))?.evidence, '/home/clerk/box');
  const named = contentFacts({ basis: 'place', path: '/home/clerk/run', object: '/home/clerk/box' });
  weigh(named.found, named.told, WORLD, new Tunables(new Map()));
  assert.equal(named.told.story.factors.find(each => PLACE.endsWith(each.name))?.evidence, '/home/clerk/run');
});

test('the place that is met is the entry that the file lies below, of whichever of its paths', () => {
  const tunables = new Tunables(new Map([['AttachmentStoragePaths', ['/srv/elsewhere', '/home/*/Mail']]]));
  assert.equal(placeMet(tunables, '/home/clerk/Mail/a.sh')?.limit, '/home/*/Mail');
  assert.equal(placeMet(tunables, '/tmp/a.sh', '/home/clerk/Mail/a.sh')?.limit, '/home/*/Mail');
  assert.equal(placeMet(tunables, '/tmp/a.sh'), null);
});
