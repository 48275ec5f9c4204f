import { z } from 'zod';
import { ANALYTIC_IDS, SEVERITIES, STRENGTHS } from './vocabulary.ts';

/** The one published shape of an alert (`watchpost.alert/1`): the same on stdout, in a store and over an API. */
const isoTime = z.string().meta({ description: 'ISO 8601 in UTC with milliseconds, such as 2026-03-01T09:30:00.000Z' });

const piece = {
  source: z.string().meta({ description: 'Name of the evidence file as given, or "-"; archive members follow "!".' }),
  offset: z.number().int().meta({ description: 'Bytes into the uncompressed content.' }),
  length: z.number().int().meta({ description: 'Bytes.' }),
  sha256: z.string().meta({ description: 'SHA-256 of the raw bytes; empty when they could not be read again.' }),
};

export const AlertRef = z
  .strictObject({
    ...piece,
    more: z
      .array(z.strictObject(piece))
      .meta({ description: 'Further pieces of a record that does not lie in one piece.' }),
  })
  .meta({ description: 'Where a raw record lies.' });

export const AlertStep = z.strictObject({
  id: z.string(),
  time: isoTime,
  kind: z.string().meta({ description: 'Event kind, such as process.started or mail.delivered.' }),
  summary: z
    .string()
    .meta({ description: "One sentence. Outsiders' text in it has control and bidi characters escaped." }),
  raw: z.array(z.string()).meta({ description: 'The raw record, one line an element, as it stands in the evidence.' }),
  ref: AlertRef.nullable(),
});

export const AlertLink = z.strictObject({
  from: z.string(),
  to: z.string(),
  kind: z.string(),
  strength: z.enum(STRENGTHS).meta({
    description:
      'observed: telemetry shows it; inferred: arguments, siblings, person or time say so; unavailable: not collected here.',
  }),
  why: z.string(),
});

export const AlertFactor = z.strictObject({
  name: z.string(),
  weight: z.number().meta({ description: 'Points added to the score; 0 for what caps the severity or is only said.' }),
  evidence: z.string().meta({ description: 'What was seen here.' }),
  reason: z.string().meta({ description: 'One sentence: why such a thing bears on the score.' }),
  steps: z.array(z.string()).meta({ description: 'Ids of the steps that show it.' }),
  tunable: z
    .strictObject({ name: z.string(), met: z.string(), limit: z.string() })
    .nullable()
    .meta({ description: 'The tunable that it met: what stood against it, and how it is set.' }),
});

export const AlertChange = z.strictObject({
  weight: z.number().meta({ description: 'Points it would add; 0 when it only moves a cap on the severity.' }),
  what: z.string().meta({ description: 'The condition, as it goes on after "if".' }),
  why: z.string().meta({ description: 'Why it does not count as things stand.' }),
  setting: z.string().meta({ description: 'Name of a tunable, "inventory" or "baseline"; empty for evidence.' }),
});

export const Alert = z
  .strictObject({
    schema: z.literal('watchpost.alert/1'),
    id: z.string().meta({ description: 'Stable: derived from analytic, host and the content that names the story.' }),
    revision: z.number().int().min(1),
    analytic: z.enum(ANALYTIC_IDS as [string, ...string[]]),
    techniques: z.array(z.string()),
    severity: z.enum(SEVERITIES),
    title: z.string(),
    story: z.string(),
    host: z.string(),
    firstSeen: isoTime,
    lastSeen: isoTime,
    entities: z.array(z.strictObject({ kind: z.string(), value: z.string() })),
    steps: z.array(AlertStep),
    links: z.array(AlertLink),
    missing: z.array(z.string()),
    score: z.number().meta({ description: "Sum of the factors' weights; its scale is that of the analytic." }),
    factors: z.array(AlertFactor),
    wouldChange: z.array(AlertChange),
    next: z.array(z.string()),
    exercise: z.boolean(),
    incident: z.string().meta({ description: 'Id of the incident it belongs to; empty when it stands alone.' }),
  })
  .meta({ id: 'watchpost.alert/1', title: 'Watchpost alert', description: 'One explained alert, final revision.' });
export type Alert = z.infer<typeof Alert>;
