import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import { doubledIds } from './doubled-ids.ts';
import type { KeyPath, Layer } from './layer.ts';
import type { ConfigProblem } from './problem.ts';
import { configFileSchema, type TunableMetas } from './schema.ts';

export type ConfigFile = z.infer<ReturnType<typeof configFileSchema>>;

/** Checks one layer; what it says, or all that is wrong with it, each at its place. */
export function checkLayer(layer: Layer, metas: TunableMetas): ConfigFile | ConfigProblem[] {
  const schema = configFileSchema(metas);
  const value = withoutEmptySections(layer.value);
  const result = schema.safeParse(value);
  if (!result.success) return result.error.issues.flatMap(issue => problemsOf(issue, layer, schema, value));
  const doubled = (['inventory', 'exceptions'] as const).flatMap(list =>
    doubledIds(result.data[list] ?? []).map(
      ({ id, index }): ConfigProblem => ({
        code: 'E_CONFIG_INVENTORY',
        ...layer.placeOf([list, index, 'id']),
        message: `${list} id ${JSON.stringify(id)} is there twice; expected each id once; rename or remove one`,
      }),
    ),
  );
  return doubled.length === 0 ? result.data : doubled;
}

/** `limits:` with nothing under it means: nothing said. */
function withoutEmptySections(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const said = Object.entries(value).filter(([, section]) => section !== null);
  return Object.fromEntries(
    said.map(([key, section]) => [key, key === 'analytics' ? withoutEmptySections(section) : section]),
  );
}

function problemsOf(issue: z.core.$ZodIssue, layer: Layer, schema: z.ZodType, value: unknown): ConfigProblem[] {
  const path = issue.path as KeyPath;
  const name = nameOf(path);
  const inInventory = path[0] === 'inventory' || path[0] === 'exceptions';
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map(key => ({
      code: inInventory ? 'E_CONFIG_INVENTORY' : 'E_CONFIG_UNKNOWN_KEY',
      ...layer.placeOfKey(path, key),
      message: [
        `unknown key ${JSON.stringify(key)}${path.length === 0 ? '' : ` in ${name}`}`,
        known.length === 0 ? 'expected no keys here' : `expected one of ${known.join(', ')}`,
        didYouMean(key, known) || 'remove it, or see `watchpost config show`',
      ].join('; '),
    }));
  }
  const found = describe(
    path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value),
  );
  const wrong =
    found === 'nothing' && path.length > 0 ? `${name} is missing` : `${name === '' ? 'the file' : name} is ${found}`;
  const type = issue.code === 'invalid_type';
  return [
    {
      code: inInventory ? 'E_CONFIG_INVENTORY' : type ? 'E_CONFIG_TYPE' : 'E_CONFIG_VALUE',
      ...layer.placeOf(path),
      message: `${wrong}; ${expected(issue)}; correct it${inInventory ? '' : ', or remove it to use the default'}`,
    },
  ];
}

const nameOf = (path: KeyPath): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');

const TYPES: Record<string, string> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  nan: 'no number',
};

function expected(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${TYPES[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small')
    return `expected at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}`;
  if (issue.code === 'too_big')
    return `expected at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.join(', ')}`;
  return issue.message;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a group of keys' : String(value as number | boolean);
}

/** Keys that the schema knows at a path. */
function keysAt(schema: z.ZodType, path: KeyPath): string[] {
  let at: unknown = schema;
  for (const key of path) {
    const { shape, element } = unwrapped(at);
    at = typeof key === 'number' ? element : shape?.[key];
  }
  return Object.keys(unwrapped(at).shape ?? {});
}

interface Inner {
  readonly shape?: Record<string, unknown>;
  readonly element?: unknown;
}

function unwrapped(schema: unknown): Inner {
  let at = schema as { unwrap?: () => unknown } & Inner;
  while (at && at.shape === undefined && at.element === undefined && at.unwrap) at = at.unwrap() as typeof at;
  return at ?? {};
}
