import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ScanReport } from '../../src/engine/report.ts';
import { recordedCases } from '../../test/support/recordings.ts';
import type { LevelId } from './levels.ts';
import { Replay } from './replay.ts';
import { rewrite, type Words } from './rewrite.ts';

const scratch = mkdtempSync(join(tmpdir(), 'watchpost-words-'));
const replay = new Replay();
after(() => {
  replay.close();
  rmSync(scratch, { recursive: true, force: true });
});

const said = ({ alerts }: ScanReport): string[] => alerts.map(alert => `${alert.analytic} ${alert.severity}`).sort();

const before = new Map<string, string[]>();

/** What is said of a recording as it is: asked once for all that is changed in it. */
async function asItIs(folder: string, level: LevelId): Promise<string[]> {
  const key = `${level} ${folder}`;
  const known = before.get(key) ?? said(await replay.report(folder, level));
  before.set(key, known);
  return known;
}

/** Recordings of which something else is said with other words in them. */
async function otherwise(words: (content: string) => Words, levels: readonly LevelId[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name, folder } of recordedCases()) {
    const other = join(scratch, name);
    rewrite(folder, words, other);
    for (const level of levels) {
      const [was, is] = [await asItIs(folder, level), said(await replay.report(other, level))];
      if (was.join() !== is.join()) found.push(`${name} at ${level}: ${was.join(', ')}; now ${is.join(', ')}`);
    }
    rmSync(other, { recursive: true, force: true });
  }
  return found;
}

test('homes that lie on another disk, as the passwd file says, change nothing', async () => {
  const moved = new Map([
    ['/home/', '/data/people/'],
    ['"/home"', '"/data/people"'],
  ]);
  assert.deepEqual(await otherwise(() => moved, ['full', 'exec']), []);
});

test('other names of people and their files change nothing', async () => {
  assert.deepEqual(await otherwise(otherNames, ['full']), []);
});

/** Parts of names by which programs are known to work. */
const MEANS_SOMETHING =
  /^(?:users?|share|snap|setup|configure|index|main|package|requirements|dovecot|mozilla|thunderbird|mailcap)/;

function otherNames(content: string): Words {
  const people = content.match(/(?<=\/home\/)[a-z][a-z0-9_-]{2,}(?=\/)/g) ?? [];
  const files = content.match(/(?<=\/home\/[^" ]*\/)[A-Za-z][A-Za-z_-]{3,}(?=\.[a-z0-9]{2,8}")/g) ?? [];
  const ofSystem = (content.match(/\/(?:usr|etc|opt|s?bin|lib)\/[^" ]*/g) ?? []).join(' ');
  const words = [...new Set([...people, ...files])].filter(
    word => !MEANS_SOMETHING.test(word) && !ofSystem.includes(word) && !content.includes(`=${word} `),
  );
  return new Map(words.map(word => [word, turned(word)] as const));
}

/** Each letter is the one thirteen places on: nothing that anybody calls a thing. */
const turned = (word: string): string =>
  word.replace(/[a-z]/gi, letter => {
    const first = letter < 'a' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
