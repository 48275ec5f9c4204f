import { PEOPLE_UID } from '../events/host-events.ts';
import type { HostState } from './host.ts';

/** The account of somebody who works here, by passwd or by the records: none of the system's. */
export function isPerson({ setting, names }: HostState, account: string): boolean {
  if (setting.identity.uidOf(account) >= PEOPLE_UID) return true;
  for (const [uid, name] of names) if (uid >= PEOPLE_UID && name === account) return true;
  return false;
}
