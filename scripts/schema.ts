import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertJsonSchema } from '../src/config/json-schemas.ts';
import { ROOT } from './lib/tree.ts';

/** Writes `schemas/alert.schema.json` from the schema in the code; with `--check` says whether it is current. */
const file = join(ROOT, 'schemas/alert.schema.json');
const text = `${JSON.stringify(alertJsonSchema(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const stored = readFileSync(file, 'utf8');
  if (stored !== text) {
    console.error('schemas/alert.schema.json is not what src/events/alert.ts says: run `npm run schema`');
    process.exitCode = 1;
  }
} else {
  mkdirSync(join(ROOT, 'schemas'), { recursive: true });
  writeFileSync(file, text);
}
