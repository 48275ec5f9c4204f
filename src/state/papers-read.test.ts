import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { epochMs } from '../core/time.ts';
import { type FileOpened, fileNamed } from '../events/host-events.ts';
import { PapersRead } from './papers-read.ts';
import { MARK } from './path-marks.ts';
import type { Place } from './places.ts';
import type { ProcessState } from './processes.ts';

const PAPERS: Place = { marks: MARK.user, profile: false } as Place;
const KEPT_MAX = 256;

interface Read {
  readonly pid: number;
  readonly path: string;
  readonly time: number;
}

function note(papers: PapersRead, { pid, path, time }: Read, by: Partial<ProcessState> = {}, place = PAPERS): void {
  const process = { pid, trusted: false, script: '', ...by } as ProcessState;
  const event = { file: fileNamed(path), time: epochMs(time), order: time, ref: { source: 0, offset: time } };
  papers.note(process, event as unknown as FileOpened, place);
}

const told = (papers: PapersRead, pid: number, since = Number.NEGATIVE_INFINITY): readonly Read[] =>
  papers.of(pid, since).map(({ path, time }) => ({ pid, path, time }));

/** As the old list did: looked through from its beginning. */
function firstOfEach(all: readonly Read[], pid: number, since: number): readonly Read[] {
  const seen = new Set<string>();
  // A file without a name is none.
  const first = all.filter(each => each.pid === pid && each.path !== '' && !seen.has(each.path) && seen.add(each.path));
  return first.filter(({ time }) => time >= since);
}

const one = fc.record({
  pid: fc.integer({ min: 1, max: 4 }),
  path: fc.constantFrom(...Array.from({ length: 60 }, (_, i) => `/home/clerk/${i} c.txt`), '/home/clerk/1', '1', ''),
});
const reads = (maxLength: number) =>
  fc.array(one, { maxLength }).map(all => all.map((each, index): Read => ({ ...each, time: index })));

test('each file of a process is told once, in the order of reading, from any time on', () => {
  fc.assert(
    fc.property(reads(240), fc.integer({ min: 0, max: 240 }), (all, since) => {
      const papers = new PapersRead();
      for (const each of all) note(papers, each);
      for (const pid of [1, 2, 3, 4]) assert.deepEqual(told(papers, pid, since), firstOfEach(all, pid, since));
    }),
  );
});

test('a restart anywhere changes nothing, also where the cap was met', () => {
  const many = fc.array(fc.record({ pid: fc.integer({ min: 1, max: 3 }), path: fc.nat(400).map(String) }), {
    minLength: 200,
    maxLength: 900,
  });
  fc.assert(
    fc.property(many, fc.nat(900), (all, cut) => {
      const [whole, before] = [new PapersRead(), new PapersRead()];
      let other = before;
      for (const [time, each] of all.entries()) {
        if (time === cut) {
          other = new PapersRead();
          other.restore(deserialize(serialize(before.snapshot())));
        }
        note(whole, { ...each, time });
        note(other, { ...each, time });
      }
      assert.deepEqual(other.snapshot(), whole.snapshot());
    }),
    { numRuns: 30 },
  );
});

test('it keeps no more than its cap, and what was read last', () => {
  const papers = new PapersRead();
  for (let time = 0; time < 3 * KEPT_MAX; time++) {
    note(papers, { pid: 1, path: `${time}`, time });
    assert.ok(told(papers, 1).length <= KEPT_MAX);
    assert.equal(told(papers, 1).at(-1)?.path, `${time}`);
  }
  assert.ok(told(papers, 1).length > KEPT_MAX / 2);
});

test("programs of a package, the script itself, profiles and the system's places are no papers", () => {
  const papers = new PapersRead();
  const read = { pid: 1, path: '/home/clerk/a', time: 1 };
  note(papers, read, { trusted: true });
  note(papers, read, { script: '/home/clerk/a' });
  note(papers, read, {}, { ...PAPERS, profile: true });
  note(papers, read, {}, { ...PAPERS, marks: 0 });
  note(papers, read, {}, { ...PAPERS, marks: MARK.user | MARK.system });
  assert.deepEqual(told(papers, 1), []);
  note(papers, read);
  assert.deepEqual(told(papers, 1), [read]);
});
