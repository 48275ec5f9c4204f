import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from '../lab/score/measure.ts';
import { markdown } from '../lab/score/render.ts';
import { writeFidelity } from '../test/fidelity/measure.ts';
import { optionsOf } from './lib/options.ts';
import { madeParts, withPart } from './lib/pages.ts';
import { renderDemo } from './lib/render-demo.ts';
import { ROOT } from './lib/tree.ts';

/**
 * Writes the parts of README.md and ARCHITECTURE.md that are made from code, docs/lab-score.md and docs/fidelity.md, which
 * are measured, and the demo's output; `--check` only says which parts are out of date (the measured pages have tests of their own).
 */
const { values } = optionsOf({
  name: 'npm run pages --',
  says: 'Makes what the pages take from code and from measurements, and the picture of the demo, anew.',
  options: { check: { type: 'boolean', says: 'only say which parts made from code are out of date' } },
});
const onlyCheck = values.check === true;
const stale: string[] = [];
for (const part of madeParts()) {
  const path = join(ROOT, part.page);
  const page = readFileSync(path, 'utf8');
  const current = withPart(page, part);
  if (current === page) continue;
  if (onlyCheck) stale.push(`${part.page}: the part '${part.name}' is out of date; run node scripts/pages.ts`);
  else writeFileSync(path, current);
}
if (!onlyCheck) {
  writeFileSync(join(ROOT, 'docs/lab-score.md'), markdown(await measure()));
  await writeFidelity();
  await renderDemo();
}
for (const line of stale) console.error(line);
process.exitCode = stale.length > 0 ? 1 : 0;

// docs/same-story.md is measured too, and has a test of its own.
if (!onlyCheck) {
  const { tellAll } = await import('../lab/same-story/tell.ts');
  const { markdown: sameStory } = await import('../lab/same-story/render.ts');
  writeFileSync(join(ROOT, 'docs/same-story.md'), sameStory(await tellAll()));
}
