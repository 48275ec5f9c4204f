import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesUnder, ROOT } from '../scripts/lib/tree.ts';
import { recordedCases } from '../test/support/recordings.ts';
import { scanCase } from '../test/support/scan-case.ts';
import { acceptedOf, toldOf, toldPath } from '../test/support/told.ts';

/**
 * `npm run lab:told [-- ANALYTIC/CASE...]`: writes what the alerts of the recorded cases say to `src/analytics/<analytic>/told/`, and,
 * when no case is named, the digests of the tests' made-up stories to `src/analytics/told-stories.json`. Read the difference
 * before it is committed.
 */
const cases = recordedCases();
const asked = process.argv.slice(2);
const chosen = cases.filter(({ name }) => asked.length === 0 || asked.some(word => name.includes(word)));
if (chosen.length === 0) {
  console.error(`no case is named like ${asked.join(' ')}`);
  process.exit(3);
}
for (const recorded of chosen) {
  const told = toldOf(await scanCase(recorded.folder));
  if (told === acceptedOf(recorded)) continue;
  mkdirSync(dirname(toldPath(recorded)), { recursive: true });
  writeFileSync(toldPath(recorded), told);
  console.log(recorded.name);
}
const known = new Set(cases.map(toldPath));
for (const file of filesUnder('src/analytics').filter(each => each.includes('/told/')))
  if (!known.has(join(ROOT, file))) rmSync(join(ROOT, file));

if (asked.length === 0) {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-told-'));
  try {
    const collected = join(folder, 'stories');
    writeFileSync(collected, '');
    const tests = filesUnder('src/analytics').filter(file => file.endsWith('.test.ts') && !file.includes('/cases/'));
    const run = spawnSync(process.execPath, ['--test', ...tests.map(file => join(ROOT, file))], {
      env: { ...process.env, WATCHPOST_TOLD: collected },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (run.status !== 0) throw new Error('the tests of the analytics fail: mend them first');
    const pairs = readFileSync(collected, 'utf8').trim().split('\n').sort();
    const stories = Object.fromEntries([...new Set(pairs)].map(pair => pair.split(' ') as [string, string]));
    writeFileSync(join(ROOT, 'src/analytics/told-stories.json'), `${JSON.stringify(stories, null, 2)}\n`);
    console.log(`${Object.keys(stories).length} stories of the tests`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
