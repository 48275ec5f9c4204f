import { z } from 'zod';
import { ANALYTIC_IDS, SEVERITIES, STRENGTHS } from './vocabulary.ts';

const isoTime = z.string().meta({ description: 'ISO 8601 in UTC with milliseconds' });

export const IncidentLink = z.strictObject({
  from: z.string().meta({ description: 'Id of the earlier alert.' }),
  to: z.string().meta({ description: 'Id of the later alert.' }),
  kind: z.enum(['message', 'process', 'file', 'person', 'address', 'host']),
  strength: z.enum(STRENGTHS),
  why: z.string(),
});

/** The published shape of an incident (`watchpost.incident/1`): alerts that belong together, as one story. */
export const Incident = z
  .strictObject({
    schema: z.literal('watchpost.incident/1'),
    id: z.string().meta({ description: 'Stable: derived from its first alert.' }),
    severity: z.enum(SEVERITIES),
    title: z.string(),
    story: z.string(),
    firstSeen: isoTime,
    lastSeen: isoTime,
    analytics: z.array(z.enum(ANALYTIC_IDS as [string, ...string[]])),
    hosts: z.array(z.string()),
    persons: z.array(z.string()),
    alerts: z.array(z.string()).meta({ description: 'Ids of its alerts, first seen first; at least two.' }),
    links: z.array(IncidentLink),
    factors: z.array(z.strictObject({ name: z.string(), weight: z.number(), evidence: z.string() })),
  })
  .meta({ id: 'watchpost.incident/1', title: 'Watchpost incident', description: 'Alerts that belong together.' });
export type Incident = z.infer<typeof Incident>;
export type IncidentLink = z.infer<typeof IncidentLink>;
