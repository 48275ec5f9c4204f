import { stringify } from 'yaml';
import type { Config } from './config.ts';
import type { LoadedConfig } from './load-config.ts';

/** The effective configuration as a plain value in its file's own form. */
export function plainConfig(config: Config): Record<string, unknown> {
  return {
    analytics: Object.fromEntries([...config.analytics].map(([id, tunables]) => [id, Object.fromEntries(tunables)])),
    limits: config.limits,
    time: config.time,
    identity: config.identity,
    hosts: config.hosts,
    inventory: config.inventory,
    exceptions: config.exceptions,
  };
}

/** The effective configuration as a file that would give the same. */
export const configYaml = (config: Config): string => stringify(plainConfig(config), { lineWidth: 120 });

export interface OriginLine {
  readonly name: string;
  readonly value: unknown;
  /** `file:line:column`, `$VARIABLE` or `default`. */
  readonly origin: string;
}

/** Every effective value and where it came from. */
export function originLines({ config, origins }: LoadedConfig): OriginLine[] {
  const lines: OriginLine[] = [];
  const add = (name: string, value: unknown): void => {
    const origin = origins.get(name);
    const place =
      origin === undefined
        ? 'default'
        : origin.line === 0
          ? origin.file
          : `${origin.file}:${origin.line}:${origin.column}`;
    lines.push({ name, value, origin: place });
  };
  for (const [id, tunables] of config.analytics)
    for (const [key, value] of tunables) add(`analytics.${id}.${key}`, value);
  for (const section of ['limits', 'time', 'identity'] as const) {
    for (const [key, value] of Object.entries(config[section])) add(`${section}.${key}`, value);
  }
  for (const list of ['hosts', 'inventory', 'exceptions'] as const)
    for (const [index, entry] of config[list].entries()) add(`${list}[${index}]`, entry);
  return lines;
}
