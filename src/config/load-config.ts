import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TunableValue } from '../analytics/contract.ts';
import type { AnalyticId } from '../events/vocabulary.ts';
import type { Config, ExceptionEntry, HostEntry, InventoryEntry, Scope } from './config.ts';
import { defaultConfig } from './default-config.ts';
import { doubledIds } from './doubled-ids.ts';
import type { Layer, Origin } from './layer.ts';
import { type Located, locateConfig, type Surroundings } from './locate.ts';
import { patternsIn } from './patterns.ts';
import type { ConfigProblem } from './problem.ts';
import type { TunableMetas } from './schema.ts';
import { hasVariables } from './variables.ts';

export interface LoadedConfig {
  /** With the defaults in place of what has problems. */
  readonly config: Config;
  /** By dotted name; what is not here is a default. */
  readonly origins: ReadonlyMap<string, Origin>;
  readonly problems: readonly ConfigProblem[];
  readonly located: Located;
}

const FILE_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Finds, reads, checks and joins the configuration. Later files and then the environment win, key by key; inventories add
 * up. What parses and checks is only loaded when there is something to check: most runs have no configuration.
 */
export async function loadConfig(
  explicit: string | undefined,
  metas: TunableMetas,
  surroundings: Surroundings,
): Promise<LoadedConfig> {
  const located = locateConfig(explicit, surroundings);
  if (located.files.length === 0 && !hasVariables(surroundings.env)) {
    return { config: defaultConfig(metas), origins: new Map(), problems: [], located };
  }
  const [{ checkLayer }, { envLayers }, { yamlLayer }] = await Promise.all([
    import('./check-layer.ts'),
    import('./env-layer.ts'),
    import('./yaml-layer.ts'),
  ]);
  const problems: ConfigProblem[] = [];
  const layers: Layer[] = [];
  for (const file of located.files) {
    const layer = readLayer(file, surroundings.cwd, yamlLayer);
    if (Array.isArray(layer)) problems.push(...(layer as readonly ConfigProblem[]));
    else layers.push(layer as Layer);
  }
  layers.push(...envLayers(surroundings.env, metas));
  const origins = new Map<string, Origin>();
  const draft = draftOf(defaultConfig(metas));
  for (const layer of layers) {
    const checked = checkLayer(layer, metas);
    if (Array.isArray(checked)) problems.push(...checked);
    else apply(checked as Record<string, unknown>, layer, draft, origins);
  }
  const within = problems.some(problem => problem.code === 'E_CONFIG_INVENTORY');
  for (const list of within ? [] : (['inventory', 'exceptions'] as const)) {
    for (const { id, index } of doubledIds(draft[list])) {
      const place = origins.get(`${list}[${index}]`) ?? { file: '', line: 0, column: 0 };
      const message = `${list} id ${JSON.stringify(id)} is in another file too; expected each id once; rename or remove one`;
      problems.push({ code: 'E_CONFIG_INVENTORY', ...place, message });
    }
  }
  return { config: draft as unknown as Config, origins, problems, located };
}

type Parse = (file: string, text: string) => Layer | readonly ConfigProblem[];

function readLayer(file: string, cwd: string, parse: Parse): Layer | readonly ConfigProblem[] {
  const problem = (code: ConfigProblem['code'], message: string): ConfigProblem[] => [
    { code, file, line: 0, column: 0, message },
  ];
  let text: string;
  try {
    if (statSync(resolve(cwd, file)).size > FILE_BYTES_MAX) {
      return problem('E_CONFIG_TOO_LARGE', 'is larger than 16 MiB; expected a configuration; check the path');
    }
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return problem('E_CONFIG_MISSING', 'no such file; expected a configuration; check the path');
    return problem(
      'E_CONFIG_UNREADABLE',
      `cannot be read (${code}); expected a readable file; check its type and permissions`,
    );
  }
  return parse(file, text);
}

interface Draft {
  analytics: Map<AnalyticId, Map<string, TunableValue>>;
  limits: Record<string, unknown>;
  time: Record<string, unknown>;
  identity: Record<string, unknown>;
  hosts: HostEntry[];
  inventory: InventoryEntry[];
  exceptions: ExceptionEntry[];
}

function draftOf(config: Config): Draft {
  return {
    analytics: new Map([...config.analytics].map(([id, tunables]) => [id, new Map(tunables)])),
    limits: { ...config.limits },
    time: { ...config.time },
    identity: { ...config.identity },
    hosts: [],
    inventory: [],
    exceptions: [],
  };
}

function apply(said: Record<string, unknown>, layer: Layer, draft: Draft, origins: Map<string, Origin>): void {
  for (const section of ['limits', 'time', 'identity'] as const) {
    for (const [key, value] of Object.entries(said[section] ?? {})) {
      draft[section][key] = value;
      origins.set(`${section}.${key}`, layer.placeOf([section, key]));
    }
  }
  for (const [id, tunables] of Object.entries((said.analytics ?? {}) as Record<string, Record<string, TunableValue>>)) {
    for (const [key, value] of Object.entries(tunables)) {
      draft.analytics.get(id as AnalyticId)?.set(key, value);
      origins.set(`analytics.${id}.${key}`, layer.placeOf(['analytics', id, key]));
    }
  }
  for (const list of ['hosts', 'inventory', 'exceptions'] as const) {
    const into: unknown[] = draft[list];
    for (const [index, entry] of ((said[list] ?? []) as unknown[]).entries()) {
      const name = `${list}[${into.length}]`;
      origins.set(name, layer.placeOf([list, index]));
      if (list !== 'hosts')
        for (const key of patternsIn(entry as Scope)) origins.set(`${name}.${key}`, layer.placeOf([list, index, key]));
      into.push(entry);
    }
  }
}
