import { alertJsonSchema, configJsonSchema } from '../config/json-schemas.ts';
import { EXIT } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { METAS } from './settings.ts';

/** `watchpost schema alert|config`: the JSON Schema of what Watchpost writes or reads. */
export async function schemaCommand(name: string): Promise<number> {
  const schema = name === 'config' ? configJsonSchema(METAS) : alertJsonSchema();
  await openOutput(undefined).write([`${JSON.stringify(schema, null, 2)}\n`]);
  return EXIT.done;
}
