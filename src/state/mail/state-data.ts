import type { BoundedMap } from '../../core/bounded-map.ts';
import type { Message } from './contract.ts';
import type { LearnedDomains } from './domains.ts';
import type { JourneysData } from './journeys.ts';
import type { LivesData } from './lives.ts';
import type { Delivered, RecentData } from './recent.ts';
import type { Sessions } from './sessions.ts';
import type { StoredData } from './stored.ts';

/** What is kept of mail, as it is saved: plain data. */
export interface MailData {
  lives: LivesData;
  mailboxes: ReturnType<BoundedMap<string, { delivered: number; lastTime: number }>['snapshot']>;
  boxes: RecentData<Delivered>;
  agents: RecentData<Delivered>;
  submitted: RecentData<Message>;
  received: RecentData<Message>;
  domains: ReturnType<LearnedDomains['snapshot']>;
  stored: StoredData;
  sessions: ReturnType<Sessions['snapshot']>;
  journeys: JourneysData;
  refused: number;
}
