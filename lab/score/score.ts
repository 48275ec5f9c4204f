import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionsOf } from '../../scripts/lib/options.ts';
import { ROOT } from '../../scripts/lib/tree.ts';
import { measure } from './measure.ts';
import { levelTable, lostTable, markdown, plain, rulesTable, ruleTable } from './render.ts';

/**
 * `npm run lab:score [-- --format json|table|markdown] [--write]`: what is found in the recordings at which telemetry, beside rules that
 * see one event. `--write` renews docs/lab-score.md.
 */
const { values } = optionsOf({
  name: 'npm run lab:score --',
  says: 'What is found in the recordings at which telemetry, beside rules that see one event.',
  options: {
    format: { type: 'string', default: 'table', takes: 'FORMAT', says: 'table, json or markdown' },
    write: { type: 'boolean', default: false, says: 'write docs/lab-score.md anew' },
  },
});
const measured = await measure();
if (values.write) writeFileSync(join(ROOT, 'docs/lab-score.md'), markdown(measured));
switch (values.format) {
  case 'json':
    console.log(
      JSON.stringify(
        { ...measured, rules: measured.rules.map(one => ({ ...one, hits: Object.fromEntries(one.hits) })) },
        null,
        2,
      ),
    );
    break;
  case 'markdown':
    process.stdout.write(markdown(measured));
    break;
  case 'table':
    console.log(plain([levelTable(measured), rulesTable(measured), ruleTable(measured), lostTable(measured)]));
    break;
  default:
    console.error(`--format ${values.format}: not known; give table, json or markdown`);
    process.exitCode = 3;
}
