import { ROOT } from '../../scripts/lib/tree.ts';

/** A way in which one and the same attack can have been recorded. Paths are below the project's root. */
export interface StorySource {
  readonly id: string;
  readonly title: string;
  /** What the sensor is told to collect. */
  readonly collects: string;
  /** How the evidence came to be. */
  readonly made: string;
  readonly evidence: readonly string[];
}

const CASE = 'src/analytics/an0656-phishing-attachment-executed/cases/fires.zip-hidden-child';
/** What every source has beside it: the mail log, and who is who. */
const BESIDE = [`${CASE}/mail.log.gz`, `${CASE}/etc`];
const OWN = 'lab/same-story/evidence';

/** Richest first. `evidence.sh` makes what is not recorded. */
export const SOURCES: readonly StorySource[] = [
  {
    id: 'auditd',
    title: 'auditd',
    collects: 'the rules of `lab/audit.rules`: executions, opens, names, modes, connections',
    made: 'recorded',
    evidence: [`${CASE}/audit.log.gz`, ...BESIDE],
  },
  {
    id: 'laurel',
    title: 'LAUREL',
    collects: 'the same records, as JSON',
    made: 'written by LAUREL 0.8.2 out of the recording',
    evidence: ['src/decoders/laurel/recordings/zip-hidden-child.json.gz', ...BESIDE],
  },
  {
    id: 'ecs',
    title: 'ECS (auditbeat)',
    collects: 'the same rules through the auditd module of auditbeat',
    made: 'converted by `lab/export/auditbeat.ts`',
    evidence: [`${OWN}/ecs`, ...BESIDE],
  },
  {
    id: 'sysmon',
    title: 'Sysmon for Linux',
    collects: 'ProcessCreate, NetworkConnect, FileCreate, FileDelete',
    made: 'converted by `lab/export/sysmon.ts`',
    evidence: [`${OWN}/sysmon`, ...BESIDE],
  },
  {
    id: 'osquery-sockets-zeek',
    title: 'osquery and Zeek',
    collects: 'process_events, file_events, socket_events; conn, dns, files and smtp on the wire',
    made: 'converted by `lab/export/osquery.ts` and `lab/export/zeek.ts`',
    evidence: [`${OWN}/osquery-sockets-zeek`, ...BESIDE],
  },
  {
    id: 'osquery-zeek',
    title: 'osquery without sockets, and Zeek',
    collects: 'process_events, file_events; conn, dns, files and smtp on the wire',
    made: 'converted by the same',
    evidence: [`${OWN}/osquery-zeek`, ...BESIDE],
  },
];

export const evidenceOf = (source: StorySource): string[] => source.evidence.map(path => `${ROOT}/${path}`);
