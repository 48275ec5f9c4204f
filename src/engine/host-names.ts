/**
 * Hosts that name themselves in two ways: short in what a syslog daemon writes, in full in the journal and in logs of other
 * programs. A full name is the same host as the short one that it begins with, when the evidence has just one such full name.
 * By full name, the short one.
 */
export function shortNames(hosts: Iterable<string>): ReadonlyMap<string, string> {
  const all = new Set(hosts);
  const full = new Map<string, string[]>();
  for (const host of all) {
    const dot = host.indexOf('.');
    if (dot <= 0 || isAddress(host)) continue;
    const short = host.slice(0, dot);
    if (all.has(short)) full.set(short, [...(full.get(short) ?? []), host]);
  }
  const names = new Map<string, string>();
  for (const [short, longer] of full) if (longer.length === 1) names.set(longer[0] as string, short);
  return names;
}

const isAddress = (host: string): boolean => /^[0-9.]+$/.test(host) || host.includes(':');
