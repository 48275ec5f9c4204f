import { ANALYTICS_ALL } from '../../analytics/registry.ts';
import type { Config } from '../../config/config.ts';
import type { Machine, MachineSetting } from '../machine.ts';
import type { Contribution } from './report.ts';

/** A machine that one log is put through by itself. */
export function machineSetting(config: Config): MachineSetting {
  return {
    analytics: ANALYTICS_ALL,
    tunables: config.analytics,
    identity: { recipientDelimiter: config.identity.recipientDelimiter },
    messagesMax: config.limits.messagesMax,
  };
}

/** The kinds of telemetry that analytics ask for and that the machine has seen. */
export function contributionsOf(machine: Machine): Contribution[] {
  return ANALYTICS_ALL.flatMap(({ meta }) =>
    meta.telemetry
      .filter(({ kind }) => machine.world.seenAnywhere(kind))
      .map(({ what, required }) => ({ analytic: meta.id, telemetry: what, required })),
  );
}
