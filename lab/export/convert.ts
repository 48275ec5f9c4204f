import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FORMS } from './forms.ts';
import { recordedEvents } from './recording.ts';

/**
 * node lab/export/convert.ts FORM[+OPTION…] CASE TARGET [KEEP…]
 *
 * Writes the host's events of a recorded case in the form of another sensor. KEEP names files of the case to copy as they
 * are (`mail.log.gz`, `etc`). Exit 2 when the form is not known.
 */
const [named = '', folder = '', target = '', ...keep] = process.argv.slice(2);
const [id, ...options] = named.split('+');
const form = FORMS.find(each => each.id === id);
if (form === undefined || target === '' || options.some(option => !(option in form.options))) {
  process.stderr.write('usage: node lab/export/convert.ts FORM[+OPTION…] CASE TARGET [KEEP…]\n');
  for (const each of FORMS) {
    const options = Object.entries(each.options).map(([name, what]) => `\n    +${name}: ${what}`);
    process.stderr.write(`  ${each.id}${options.join('')}\n`);
  }
  process.exit(2);
}
mkdirSync(target, { recursive: true });
for (const { name, lines } of form.write(await recordedEvents(folder), new Set(options))) {
  const content = Buffer.from(`${lines.join('\n')}\n`);
  const packed = content.length > 16_384;
  writeFileSync(join(target, packed ? `${name}.gz` : name), packed ? gzipSync(content, { level: 9 }) : content);
}
for (const name of keep)
  if (existsSync(join(folder, name))) cpSync(join(folder, name), join(target, name), { recursive: true });
