/**
 * Closed vocabularies: unions, validators, labels and documents derive from these tables. `deed` is what an incident's
 * title says was done.
 */
export const ANALYTICS = {
  AN0656: {
    name: 'Phishing attachment executed',
    deed: 'an attachment run',
    techniques: ['T1566.001', 'T1204.002'],
    strategy: 'DET0236',
  },
  AN0321: {
    name: 'Non-enterprise mail or messaging download executed',
    deed: 'a download run',
    techniques: ['T1566.003', 'T1204.002'],
    strategy: 'DET0115',
  },
  AN1310: {
    name: 'Mail store harvested',
    deed: 'mail stores harvested',
    techniques: ['T1114.001'],
    strategy: 'DET0476',
  },
  AN0380: {
    name: 'Scripted mail transmission',
    deed: 'mail sent by a script',
    techniques: ['T1071.003'],
    strategy: 'DET0135',
  },
  AN1009: {
    name: 'One recipient flooded',
    deed: 'a mailbox flooded',
    techniques: ['T1667'],
    strategy: 'DET0355',
  },
} as const;
export type AnalyticId = keyof typeof ANALYTICS;
export const ANALYTIC_IDS = Object.keys(ANALYTICS) as AnalyticId[];

export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** `observed`: the telemetry shows it. `inferred`: arguments, siblings, person or time say so. `unavailable`: not collected here. */
export const STRENGTHS = ['observed', 'inferred', 'unavailable'] as const;
export type Strength = (typeof STRENGTHS)[number];
