import { z } from 'zod';
import { Alert } from '../events/alert.ts';
import { Incident } from '../events/incident.ts';
import { configFileSchema, type TunableMetas } from './schema.ts';

/** JSON Schema (draft 2020-12) of an alert, as published in `schemas/alert.schema.json`. */
export const alertJsonSchema = (): unknown => z.toJSONSchema(Alert);

/** JSON Schema of an incident, as published in `schemas/incident.schema.json`. */
export const incidentJsonSchema = (): unknown => z.toJSONSchema(Incident);

/** JSON Schema of the configuration file, with the tunables of these analytics. */
export const configJsonSchema = (metas: TunableMetas): unknown =>
  z.toJSONSchema(configFileSchema(metas), { unrepresentable: 'any' });
