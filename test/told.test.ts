import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesUnder } from '../scripts/lib/tree.ts';
import { recordedCases } from './support/recordings.ts';

test('what is told of every recording is kept, and nothing of recordings that are gone', () => {
  const kept = filesUnder('src/analytics').filter(file => /\/told\/[^/]+\.txt$/.test(file));
  const cases = recordedCases().map(({ name }) => `src/analytics/${name.replace('/', '/told/')}.txt`);
  const words = kept.filter(file => !file.endsWith('.stories.txt'));
  assert.deepEqual(words.sort(), cases.sort(), '`npm run lab:told` renews them');
});

test('stories are kept beside the test file that makes them up', () => {
  const files = new Set(filesUnder('src/analytics'));
  for (const file of files) {
    if (!file.endsWith('.stories.txt')) continue;
    const of = file.replace('/told/', '/').replace('.stories.txt', '.test.ts');
    assert.ok(files.has(of), `${file}: ${of} is gone; \`npm run lab:told\` renews them`);
  }
});
