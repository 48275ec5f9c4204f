import { convertCase } from './convert-case.ts';
import { FORMS } from './forms.ts';

/**
 * node lab/export/convert.ts FORM[+OPTION…] CASE TARGET [KEEP…]
 *
 * Writes the host's events of a recorded case in the form of another sensor. KEEP names files of the case to copy as they
 * are (`mail.log.gz`, `etc`). Exit 2 when the form is not known.
 */
const [named = '', folder = '', target = '', ...keep] = process.argv.slice(2);
if (target === '' || !(await convertCase(named, folder, target, keep))) {
  process.stderr.write('usage: node lab/export/convert.ts FORM[+OPTION…] CASE TARGET [KEEP…]\n');
  for (const each of FORMS) {
    const options = Object.entries(each.options).map(([name, what]) => `\n    +${name}: ${what}`);
    process.stderr.write(`  ${each.id}${options.join('')}\n`);
  }
  process.exit(2);
}
