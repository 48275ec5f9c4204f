import { parse } from 'yaml';
import { defaultConfig } from './default-config.ts';
import type { Layer } from './layer.ts';
import type { TunableMetas } from './schema.ts';
import { variablePath, variables } from './variables.ts';

/**
 * Values from the environment: `WATCHPOST_SECTION__KEY`, such as `WATCHPOST_LIMITS__LATENESS_MS=60000` or
 * `WATCHPOST_ANALYTICS__AN1009__MAIL_VOLUME_THRESHOLD=30`. Case and single underscores of a key do not matter; values are
 * YAML. One layer a variable, so that each problem names its own.
 */
export function envLayers(env: Readonly<Record<string, string | undefined>>, metas: TunableMetas): Layer[] {
  return variables(env).map(name => {
    const path = canonicalPath(variablePath(name), metas);
    const origin = { file: `$${name}`, line: 0, column: 0 };
    const value = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), valueOf(env[name] ?? ''));
    return { value, placeOf: () => origin, placeOfKey: () => origin };
  });
}

function valueOf(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 }) as unknown;
  } catch {
    return text;
  }
}

/** Finds the key that is meant, level by level; an unknown one stays as it is and is told by the check. */
function canonicalPath(parts: readonly string[], metas: TunableMetas): string[] {
  const fold = (text: string): string => text.replaceAll('_', '').toLowerCase();
  const { limits, time, identity } = defaultConfig(metas);
  const analytics = Object.fromEntries(metas.map(m => [m.id, Object.fromEntries(m.tunables.map(t => [t.name, 0]))]));
  let level: unknown = { analytics, limits, time, identity, hosts: [], inventory: [] };
  return parts.map(part => {
    const keys = typeof level === 'object' && level !== null ? Object.keys(level) : [];
    const key = keys.find(each => fold(each) === fold(part)) ?? part;
    level = (level as Record<string, unknown> | undefined)?.[key];
    return key;
  });
}
