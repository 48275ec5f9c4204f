import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { optionsOf } from '../scripts/lib/options.ts';
import { filesUnder, ROOT } from '../scripts/lib/tree.ts';
import { recordedCases } from '../test/support/recordings.ts';
import { scanCase } from '../test/support/scan-case.ts';
import { acceptedOf, TOLD_INTO, toldOf, toldPath } from '../test/support/told.ts';

/**
 * `npm run lab:told [-- ANALYTIC/CASE...]`: writes what the alerts of the recorded cases say to
 * `src/analytics/<analytic>/told/<case>.txt`, and, when no case is named, what the made-up stories of the tests come to, and why, to
 * `told/<test file>.stories.txt` beside them. Read the difference before it is committed.
 */
const { positionals: asked } = optionsOf({
  name: 'npm run lab:told --',
  says: 'Writes what the alerts of the recorded cases say to src/analytics/<analytic>/told/: of all, or of cases whose name contains a word.',
  takes: '[ANALYTIC/CASE...]',
  options: {},
});
const cases = recordedCases();
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
const keptWords = filesUnder('src/analytics').filter(each => each.includes('/told/'));
for (const file of keptWords.filter(each => !each.endsWith('.stories.txt')))
  if (!known.has(join(ROOT, file))) rmSync(join(ROOT, file));

if (asked.length === 0) {
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-told-'));
  try {
    const tests = filesUnder('src/analytics').filter(file => file.endsWith('.test.ts') && !file.includes('/cases/'));
    const run = spawnSync(process.execPath, ['--test', ...tests.map(file => join(ROOT, file))], {
      env: { ...process.env, [TOLD_INTO]: folder },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (run.status !== 0) throw new Error('the tests of the analytics fail: mend them first');
    const before = keptWords.filter(each => each.endsWith('.stories.txt'));
    const made = filesUnder('src/analytics', folder);
    for (const file of before) if (!made.includes(file)) rmSync(join(ROOT, file));
    for (const file of made) {
      const path = join(ROOT, file);
      if (existsSync(path) && readFileSync(path, 'utf8') === readFileSync(join(folder, file), 'utf8')) continue;
      cpSync(join(folder, file), path);
      console.log(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
