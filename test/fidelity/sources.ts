import type { FidelitySource } from './contract.ts';
import { auditSources } from './sources/audit.ts';
import { convertedSources } from './sources/converted.ts';
import { fail2banSources } from './sources/fail2ban.ts';
import { laurelSources } from './sources/laurel.ts';
import { mailRecordingSources } from './sources/mail-recordings.ts';
import { mimeSources } from './sources/mime.ts';
import { osquerySources } from './sources/osquery.ts';
import { suricataSources } from './sources/suricata.ts';
import { zeekSources } from './sources/zeek.ts';

/** Every row of docs/fidelity.md, in its order. A new format adds its sources here. */
export const FIDELITY_SOURCES: readonly FidelitySource[] = [
  ...laurelSources,
  ...auditSources,
  ...osquerySources,
  ...zeekSources,
  ...suricataSources,
  ...fail2banSources,
  ...mimeSources,
  ...mailRecordingSources,
  ...convertedSources,
];
