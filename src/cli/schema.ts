import { didYouMean } from '../config/did-you-mean.ts';
import { alertJsonSchema, configJsonSchema, incidentJsonSchema } from '../config/json-schemas.ts';
import { EXIT } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { METAS } from './settings.ts';
import { UsageError } from './usage-error.ts';

const SCHEMAS: Record<string, () => unknown> = {
  alert: alertJsonSchema,
  incident: incidentJsonSchema,
  config: () => configJsonSchema(METAS),
};

/** `watchpost schema alert|incident|config`: the JSON Schema of what Watchpost writes or reads. */
export async function schemaCommand(name: string): Promise<number> {
  const make = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (make === undefined) {
    const names = Object.keys(SCHEMAS);
    throw new UsageError(
      `no schema of ${JSON.stringify(name)}; expected ${names.join(', ')}; ${didYouMean(name, names) || 'name one of them'}`,
    );
  }
  const schema = make();
  await openOutput(undefined).write([`${JSON.stringify(schema, null, 2)}\n`]);
  return EXIT.done;
}
