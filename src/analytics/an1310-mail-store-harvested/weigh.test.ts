import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, Factor } from '../../events/finding.ts';
import type { World } from '../../state/world.ts';
import type { TunableValue } from '../contract.ts';
import { Story } from '../story.ts';
import { Tunables } from '../tunables.ts';
import type { BoxRead, HarvestCase, Transfer } from './case.ts';
import { changesOf } from './changes.ts';
import { weigh } from './weigh.ts';

/** A harvest as it is weighed, and what would weigh otherwise. */
const step = (time: number) => ({ kind: 'x', time, order: 0, pid: 1, object: '' });
const read = (box: string, own: boolean | null = true): BoxRead =>
  ({ box, owner: 'clerk', own, pid: 1, program: '/bin/cat', time: 0, taint: { step: step(0) } }) as unknown as BoxRead;
const transfer = (facts: Partial<Transfer> = {}): Transfer =>
  ({
    pid: 2,
    time: 5,
    program: '/home/clerk/x',
    destination: '',
    servedAt: '',
    also: [],
    strength: 'inferred',
    byWindow: false,
    gapMs: -1,
    taint: null,
    ...facts,
  }) as Transfer;

const found = (facts: Partial<HarvestCase> = {}): HarvestCase =>
  ({
    host: 'ws1',
    uid: 1003,
    context: 'interactive',
    job: '-bash',
    systemOwned: false,
    broad: false,
    backupProgram: false,
    reads: new Map([['/var/mail/clerk', read('/var/mail/clerk')]]),
    staged: [],
    transfers: [],
    ...facts,
  }) as HarvestCase;

type Settings = Readonly<Record<string, TunableValue>>;
const tunables = (settings: Settings): Tunables => new Tunables(new Map(Object.entries(settings)));

function factor(name: string, one: HarvestCase, settings: Settings = {}): Factor | undefined {
  const story = new Story();
  weigh(one, story, tunables(settings), new Set());
  return story.factors.find(each => each.name === name);
}
function changes(one: HarvestCase, seen: readonly string[] = []): readonly Change[] {
  const world = {
    userName: () => 'clerk',
    seen: (_host: string, kind: string) => seen.includes(kind),
    baseline: undefined,
  } as unknown as World;
  return changesOf(one, world, tunables({}));
}
const weights = (all: readonly Change[], part: string): readonly number[] =>
  all.filter(each => each.what.includes(part)).map(each => each.weight);

test("a backup program excuses other people's mail in a scheduled job of the system or of a service's account", () => {
  const excused = (facts: Partial<HarvestCase>): boolean => {
    const job: Partial<HarvestCase> = { backupProgram: true, context: 'systemd', transfers: [transfer()] };
    const reads = new Map([['/var/mail/buyer', { ...read('/var/mail/buyer'), own: false }]]);
    return factor('a backup job of the system', found({ ...job, reads, ...facts })) !== undefined;
  };
  assert.equal(excused({ uid: 999 }), true);
  assert.equal(excused({ uid: 1000 }), false);
  assert.equal(excused({ uid: 1000, systemOwned: true }), true);
  assert.equal(excused({ uid: 999, context: 'interactive' }), false);
  assert.equal(excused({ uid: 0, context: 'unknown' }), true, 'a daemon that started before the records');
  assert.equal(excused({ uid: 1000, context: 'unknown' }), false);
});

test('hosts that are validated are told beside the one that is not', () => {
  const limit = (validated: readonly string[]): string | undefined =>
    factor('host not validated', found({ transfers: [transfer()] }), { ValidatedHosts: validated })?.tunable?.limit;
  assert.equal(limit([]), 'no host');
  assert.equal(limit(['mx1', 'mx2']), 'mx1, mx2');
});

test('the entry of WatchedMailDirs is told by whichever box it is met', () => {
  const boxes = ['/var/mail/clerk', '/srv/mail/clerk'].map(box => [box, read(box)] as const);
  const told = factor('mail store read', found({ reads: new Map(boxes) }), { WatchedMailDirs: ['/srv/mail'] });
  assert.equal(told?.tunable?.limit, '/srv/mail');
});

test('TimeWindow is what joins them only where nothing else does', () => {
  const late = transfer({ byWindow: true, gapMs: 7000 });
  const met = (...transfers: Transfer[]) =>
    factor('data left or was handed to a sender', found({ transfers }), { TimeWindow: 9000 })?.tunable;
  assert.deepEqual(met(late, transfer({ byWindow: true, gapMs: 5000 })), {
    name: 'TimeWindow',
    met: '5000 ms after the read',
    limit: '9000 ms',
  });
  assert.equal(met(late, transfer()), null);
});

test('a smaller TimeWindow would take the transfer away, and a record of the data would tell more', () => {
  const late = found({ transfers: [transfer({ byWindow: true, gapMs: 7000 })] });
  const all = changes(late);
  assert.deepEqual(weights(all, 'TimeWindow were below 7000 ms'), [-4]);
  assert.deepEqual(weights(all, 'records showed the data itself going to the tool'), [1]);
});

test('without a transfer, one by time would count where files are not recorded', () => {
  const tool = 'a tool that uploads had been started in the session within TimeWindow';
  assert.deepEqual(weights(changes(found()), tool), [4]);
  assert.deepEqual(weights(changes(found(), ['file:written']), tool), []);
});

test('mail of the reader is told apart from mail of which nobody says whose it is', () => {
  const why = (...owns: readonly (boolean | null)[]): string | undefined => {
    const reads = new Map(owns.map((own, index) => [`${index}`, read(`/var/mail/${index}`, own)]));
    return changes(found({ reads })).find(each => each.what.includes('of somebody else'))?.why;
  };
  assert.equal(why(true), 'it is the mail of the reader');
  assert.equal(why(true, null), 'whose mail it is, no record says');
});

const OWN: ReadonlySet<string> = new Set(['example.com', 'example.org']);
const staged = (...paths: readonly string[]) =>
  paths.map(path => ({
    time: 0,
    pid: 1,
    path,
    taint: { origin: { id: path }, step: step(0) },
  })) as unknown as HarvestCase['staged'];
const to = (...destinations: readonly string[]): HarvestCase =>
  found({ transfers: destinations.map(destination => transfer({ destination })) });
const severity = (one: HarvestCase): string => weigh(one, new Story(), tunables({}), OWN);

test('a host below a domain of this site is found in whatever a tool takes for a place', () => {
  for (const destination of [
    'rsync://mx2.example.org/in',
    'ops@mx2.example.org:in',
    'MX2.Example.org:in@noon',
    'https://ops:secret@mx2.example.org:8443/in?by=x@example.net',
    'https://o@b@mx2.example.org',
    'mx2.eu.example.org/in',
  ])
    assert.equal(severity(to(destination)), 'low', destination);
});

test('what only looks like such a host is none', () => {
  for (const destination of [
    'files.example.net:in@mx2.example.org',
    'files.example.net:@mx2.example.org:in',
    'files.example.net/in@mx2.example.org',
    'https://files.example.net/in@mx2.example.org',
    'https://files.example.net?to=@mx2.example.org',
    'https://files.example.net#@mx2.example.org',
    'https://files.example.net\\@mx2.example.org',
    'https://mx2.example.org@files.example.net/',
    'mx2.example.org.example.net:in',
    'otherexample.org:in',
    'example.org:in',
    '198.51.100.7:in',
    '',
  ])
    assert.equal(severity(to(destination)), 'medium', destination);
  assert.equal(severity(to('mx2.example.org:in', 'files.example.net:in')), 'medium', 'one of them is elsewhere');
});

test('another host among the words, or a way to one, is no host of the own domain', () => {
  const also = (...words: readonly string[]): string =>
    severity(found({ transfers: [transfer({ destination: 'mx2.example.org:in', also: words })] }));
  assert.equal(also('backup.example.org:in'), 'low');
  for (const word of ['files.example.net/in', '203.0.113.80', 'settings'])
    assert.equal(also('backup.example.org:in', word), 'medium', word);
});

test('a connection of the tool that names such a host is told by that name', () => {
  const one = to('', 'mx2.example.org:in', '198.51.100.7:22');
  const story = new Story();
  assert.equal(weigh(one, story, tunables({}), OWN), 'low');
  assert.deepEqual(
    story.factors.filter(each => each.name === 'to a host of the own domain').map(each => each.evidence),
    ['mx2.example.org:in, 198.51.100.7:22'],
  );
  const others = [
    transfer({ destination: 'mx2.example.org:in' }),
    transfer({ pid: 3, destination: '198.51.100.7:22' }),
  ];
  assert.equal(severity(found({ transfers: others })), 'medium', 'another tool names none');
});

test('a job that copies the own mail within the site is informational', () => {
  const keeps = (facts: Partial<HarvestCase>): string => severity({ ...to('mx2.example.org:in'), ...facts });
  assert.equal(keeps({ context: 'cron' }), 'informational');
  assert.equal(keeps({ context: 'systemd' }), 'informational');
  assert.equal(keeps({ context: 'interactive' }), 'low', 'no job');
  for (const own of [false, null])
    assert.equal(keeps({ context: 'cron', reads: new Map([['/var/mail/b', read('/var/mail/b', own)]]) }), 'low');
});

test('an administrator who moves a mailbox within the site is informational, unless a copy was hidden', () => {
  const moves = (paths: readonly string[], elevated = true): string =>
    severity({ ...to('mx2.example.org:in'), elevated, staged: staged(...paths) });
  assert.equal(moves([]), 'informational');
  assert.equal(moves(['/srv/move/clerk.tar']), 'informational');
  assert.equal(moves(['/srv/move/clerk.tar', '/srv/.move']), 'low');
  assert.equal(moves([], false), 'low');
});

test('a few messages of the own, taken within the site, are informational', () => {
  const taken = (facts: Partial<HarvestCase>): string => severity({ ...to('mx2.example.org:in'), ...facts });
  assert.equal(taken({ singledOut: true }), 'informational');
  assert.equal(taken({ singledOut: false }), 'low');
  for (const own of [false, null])
    assert.equal(taken({ singledOut: true, reads: new Map([['/var/mail/b', read('/var/mail/b', own)]]) }), 'low');
  assert.equal(severity({ ...to('files.example.net:in'), singledOut: true }), 'medium', 'elsewhere');
});

test('a message to people of the own domain stays within the site, by a sender of the system', () => {
  const mailed = (program: string, ...words: readonly string[]): string => {
    const [destination = '', ...also] = words;
    return severity(found({ transfers: [transfer({ program, destination, also })] }));
  };
  assert.equal(mailed('/usr/bin/mail', 'legal@example.org'), 'low');
  assert.equal(mailed('/usr/bin/mail', 'Legal@Example.org', 'ops@example.com'), 'low');
  assert.equal(mailed('/usr/bin/mail', 'legal@example.org', 'x@example.net'), 'medium', 'one of them is elsewhere');
  assert.equal(mailed('/home/clerk/mail', 'legal@example.org'), 'medium', 'a program of the home');
  assert.equal(mailed('/usr/bin/ssh', 'legal@example.org'), 'medium', 'a host of that name');
});

test('a look into the own mail and a message to the own people, which only time joins, are two things', () => {
  const both = (own: boolean, byWindow: boolean, facts: Partial<HarvestCase> = {}): string =>
    severity(
      found({
        reads: new Map([['/var/mail/b', read('/var/mail/b', own)]]),
        transfers: [transfer({ program: '/usr/bin/mail', destination: 'ops@example.org', byWindow })],
        ...facts,
      }),
    );
  assert.equal(both(true, true), 'informational');
  assert.equal(both(true, false), 'low', 'it was handed over');
  assert.equal(both(false, true), 'low', 'mail of somebody else');
  assert.equal(both(true, true, { staged: staged('/tmp/x') }), 'low', 'a copy was made');
});
