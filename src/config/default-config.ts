import type { AnalyticMeta } from '../analytics/contract.ts';
import { SOURCE_LIMITS } from '../sources/limits.ts';
import type { Config, Limits } from './config.ts';

export const DEFAULT_LIMITS: Limits = Object.freeze({
  ...SOURCE_LIMITS,
  lineBytesMax: 1024 * 1024,
  latenessMs: 5_000,
  messagesMax: 100_000,
  mailBytesMax: 256 * 1024 ** 3,
});

/** What holds when nothing is configured. `analytics` are the metas whose tunables are to be known. */
export function defaultConfig(analytics: readonly Pick<AnalyticMeta, 'id' | 'tunables'>[]): Config {
  return {
    analytics: new Map(analytics.map(meta => [meta.id, new Map(meta.tunables.map(t => [t.name, t.default]))])),
    limits: DEFAULT_LIMITS,
    time: { timezone: 'UTC', year: null },
    identity: { recipientDelimiter: '+', files: [] },
    hosts: [],
    inventory: [],
    exceptions: [],
  };
}
