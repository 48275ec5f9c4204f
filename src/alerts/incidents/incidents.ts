import { contentId } from '../../core/hash.ts';
import type { Alert } from '../../events/alert.ts';
import type { Incident, IncidentLink } from '../../events/incident.ts';
import { ANALYTICS, type AnalyticId, SEVERITIES, type Severity, severityRank } from '../../events/vocabulary.ts';
import { durationText, relationOf, type Subject, subjectOf } from './relate.ts';

/** More alerts than this are not compared pairwise: the last are left alone and stay alerts by themselves. */
const ALERTS_MAX = 5000;

/**
 * Alerts that share a message, process, file, person, address or host, as incidents of two or more. An informational alert
 * may belong to an incident, by something observed, and never joins two others. Pure: same alerts, same incidents.
 */
export function incidentsOf(alerts: readonly Alert[]): Incident[] {
  const subjects = alerts.slice(0, ALERTS_MAX).map(subjectOf).sort(byTime);
  const loud = subjects.filter(subject => subject.alert.severity !== 'informational');
  const quiet = subjects.filter(subject => subject.alert.severity === 'informational');
  const groups = components(loud);
  for (const subject of quiet) attach(subject, groups);
  return groups
    .filter(group => group.members.length > 1)
    .map(toIncident)
    .sort(compareIncidents);
}

/** The alerts again, each with the id of its incident, or ''. */
export function withIncidents(alerts: readonly Alert[], incidents: readonly Incident[]): Alert[] {
  const ids = new Map(incidents.flatMap(incident => incident.alerts.map(id => [id, incident.id] as const)));
  return alerts.map(alert => ({ ...alert, incident: ids.get(alert.id) ?? '' }));
}

interface Group {
  members: Subject[];
  links: IncidentLink[];
}

const byTime = (a: Subject, b: Subject): number => a.firstMs - b.firstMs || (a.alert.id < b.alert.id ? -1 : 1);

function components(subjects: readonly Subject[]): Group[] {
  let groups: Group[] = [];
  for (const subject of subjects) {
    const links: IncidentLink[] = [];
    const joined: Group[] = [];
    for (const group of groups) {
      const here = strongest(group.members.map(member => relationOf(member, subject)));
      if (here === null) continue;
      links.push(here);
      joined.push(group);
    }
    const merged: Group = {
      members: [...joined.flatMap(group => group.members), subject],
      links: [...joined.flatMap(group => group.links), ...links],
    };
    groups = [...groups.filter(group => !joined.includes(group)), merged];
  }
  return groups;
}

function attach(subject: Subject, groups: readonly Group[]): void {
  for (const group of groups) {
    const link = strongest(group.members.map(member => relationOf(member, subject)));
    if (link === null || link.strength !== 'observed') continue;
    group.members.push(subject);
    group.links.push(link);
    return;
  }
}

function strongest(links: readonly (IncidentLink | null)[]): IncidentLink | null {
  let best: IncidentLink | null = null;
  for (const link of links)
    if (link !== null && (best === null || (best.strength !== 'observed' && link.strength === 'observed'))) best = link;
  return best;
}

function toIncident(group: Group): Incident {
  const members = group.members.toSorted(byTime);
  const alerts = members.map(member => member.alert);
  const first = alerts[0] as Alert;
  const analytics = [...new Set(alerts.map(alert => alert.analytic as AnalyticId))];
  const persons = [...new Set(alerts.flatMap(personsOf))];
  const hosts = [...new Set(alerts.map(alert => alert.host).filter(host => host !== ''))];
  const { severity, factors } = weigh(alerts);
  const deeds = analytics.map(id => ANALYTICS[id].deed).join(', then ');
  return {
    schema: 'watchpost.incident/1',
    id: contentId('wi', [first.id]),
    severity,
    title: `${persons[0] ?? hosts[0] ?? 'unknown'}: ${deeds}`,
    story: storyOf(members),
    firstSeen: first.firstSeen,
    lastSeen: members.reduce((last, { alert }) => (alert.lastSeen > last ? alert.lastSeen : last), first.lastSeen),
    analytics,
    hosts,
    persons,
    alerts: alerts.map(alert => alert.id),
    links: group.links.toSorted((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : a.from < b.from ? -1 : 1)),
    factors,
  };
}

/** The highest of its alerts, and a step more where different analytics, each at medium or above, tell one story. */
function weigh(alerts: readonly Alert[]): { severity: Severity; factors: Incident['factors'] } {
  const highest = alerts.reduce<Severity>(
    (best, { severity }) => (severityRank(severity) > severityRank(best) ? severity : best),
    'informational',
  );
  const loud = new Set(
    alerts.filter(alert => severityRank(alert.severity) >= severityRank('medium')).map(alert => alert.analytic),
  );
  const factors = [
    { name: 'highest alert', weight: severityRank(highest), evidence: `one of its alerts is ${highest}` },
  ];
  if (loud.size < 2) return { severity: highest, factors };
  factors.push({
    name: 'several analytics',
    weight: 1,
    evidence: `${[...loud].sort().join(' and ')} tell one story, each at medium or above`,
  });
  return { severity: SEVERITIES[Math.min(severityRank(highest) + 1, SEVERITIES.length - 1)] as Severity, factors };
}

const STORIES_TOLD = 6;

function storyOf(members: readonly Subject[]): string {
  const told = members.slice(0, STORIES_TOLD).map((member, index) => {
    const before = members[index - 1];
    if (before === undefined) return member.alert.story;
    const gap = member.firstMs - before.lastMs;
    return `${gap > 0 ? `Then, ${durationText(gap)} later` : 'Meanwhile'}: ${member.alert.story}`;
  });
  if (members.length > STORIES_TOLD) told.push(`And ${members.length - STORIES_TOLD} more.`);
  return told.join(' ');
}

const personsOf = (alert: Alert): string[] =>
  ['user', 'mailbox']
    .flatMap(kind => alert.entities.filter(each => each.kind === kind).map(each => each.value))
    .slice(0, 1);

export function compareIncidents(a: Incident, b: Incident): number {
  if (a.severity !== b.severity) return severityRank(b.severity) - severityRank(a.severity);
  if (a.firstSeen !== b.firstSeen) return a.firstSeen < b.firstSeen ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
