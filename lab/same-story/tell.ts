import { ANALYTICS_ALL } from '../../src/analytics/registry.ts';
import { defaultConfig } from '../../src/config/default-config.ts';
import type { ScanReport } from '../../src/engine/report.ts';
import { scan } from '../../src/engine/scan.ts';
import type { Strength } from '../../src/events/vocabulary.ts';
import { discover } from '../../src/sources/discover.ts';
import { evidenceOf, SOURCES, type StorySource } from './sources.ts';

export type Alert = ScanReport['alerts'][number];

export type JointId = 'arrived' | 'saved' | 'unpacked' | 'run' | 'reached';

interface Joint {
  readonly id: JointId;
  readonly title: string;
  readonly kinds: readonly string[];
  /** The kind of step that such a link comes from, where links of these kinds hold other things together too. */
  readonly from?: string;
}

/** The joints of the story, each by the kinds of link that can hold it. */
export const JOINTS: readonly Joint[] = [
  { id: 'arrived', title: 'the message arrived and was delivered', kinds: ['queue-id'] },
  { id: 'saved', title: 'the file came out of that message', kinds: ['delivery'] },
  { id: 'unpacked', title: 'what is run came out of that file', kinds: ['content'] },
  { id: 'run', title: 'it was run', kinds: ['execution'] },
  { id: 'reached', title: 'and reached out', kinds: ['process-tree', 'host-and-time'], from: 'content.executed' },
];

/** How surely each joint is held: by its weakest link, '' when the alert has none for it. */
export type Joints = Readonly<Record<JointId, Strength | ''>>;

export interface Told {
  readonly source: StorySource;
  readonly alerts: readonly Alert[];
}

/** What a scan of each source's evidence says, richest source first. */
export async function tellAll(): Promise<Told[]> {
  const told: Told[] = [];
  for (const source of SOURCES) told.push({ source, alerts: (await reportOf(source)).alerts });
  return told;
}

async function reportOf(source: StorySource): Promise<ScanReport> {
  return await scan({
    evidence: await discover(evidenceOf(source), { stdin: process.stdin, cwd: process.cwd() }),
    config: defaultConfig(ANALYTICS_ALL.map(analytic => analytic.meta)),
    only: null,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    zoneOffsetMinutes: 0,
    year: 2026,
    onProgress: () => {},
    clock: { now: () => 0 },
  });
}

const WEAKEST: readonly Strength[] = ['unavailable', 'inferred', 'observed'];

export function jointsOf(alert: Alert): Joints {
  const held = ({ kinds, from = '' }: Joint): Strength | '' => {
    const links = alert.links.filter(link => kinds.includes(link.kind) && link.from.startsWith(from));
    const strengths = links.map(link => link.strength);
    return WEAKEST.find(strength => strengths.includes(strength)) ?? '';
  };
  return Object.fromEntries(JOINTS.map(joint => [joint.id, held(joint)])) as Record<JointId, Strength | ''>;
}
