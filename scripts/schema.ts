import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertJsonSchema, incidentJsonSchema } from '../src/config/json-schemas.ts';
import { optionsOf } from './lib/options.ts';
import { ROOT } from './lib/tree.ts';

/** Writes the published JSON Schemas from those in the code; with `--check` says whether they are current. */
const { values } = optionsOf({
  name: 'npm run schema --',
  says: 'Writes the published JSON Schemas in schemas/ from those in the code.',
  options: { check: { type: 'boolean', default: false, says: 'only say whether they are current' } },
});
const SCHEMAS = { alert: alertJsonSchema, incident: incidentJsonSchema };

mkdirSync(join(ROOT, 'schemas'), { recursive: true });
for (const [name, make] of Object.entries(SCHEMAS)) {
  const file = join(ROOT, `schemas/${name}.schema.json`);
  const text = `${JSON.stringify(make(), null, 2)}\n`;
  if (!values.check) {
    writeFileSync(file, text);
    continue;
  }
  if (readFileSync(file, 'utf8') === text) continue;
  console.error(`schemas/${name}.schema.json is not what src/events/${name}.ts says: run \`npm run schema\``);
  process.exitCode = 1;
}
