import { BoundedMap } from '../../core/bounded-map.ts';
import { counted } from '../../core/counted.ts';
import { baseName } from '../../core/paths.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import { actingUid } from '../../state/elevation.ts';
import type { RedirectWritten } from '../../state/notices.ts';
import { programOf } from '../../state/processes.ts';
import type { World } from '../../state/world.ts';
import { byEvidence, byInventory } from '../factors.ts';
import { Story } from '../story.ts';

/** A redirection and the mail that left by it since. Plain data. */
interface Redirect {
  readonly key: string;
  readonly host: string;
  readonly path: string;
  readonly owner: string;
  readonly uid: number;
  readonly pid: number;
  readonly program: string;
  readonly time: EpochMs;
  readonly ref: Ref;
  sent: {
    readonly time: EpochMs;
    readonly queueId: string;
    readonly recipient: string;
    readonly mailbox: string;
    readonly relay: string;
    readonly ref: Ref;
  }[];
  count: number;
}

const REDIRECTS_MAX = 4096;
const SENT_MAX = 6;

/** Mail stores harvested by the MTA itself: a redirection is written, and mail of that box leaves for outside. */
export class Redirects {
  entries = new BoundedMap<string, Redirect>(REDIRECTS_MAX);

  written(notice: RedirectWritten): void {
    const key = `redirect\0${notice.host}\0${notice.path}`;
    if (this.entries.peek(key) !== undefined) return;
    const { process } = notice;
    this.entries.set(key, {
      key,
      host: notice.host,
      path: notice.path,
      owner: notice.owner,
      uid: actingUid(process),
      pid: process.pid,
      program: programOf(process),
      time: notice.time,
      ref: notice.ref,
      sent: [],
      count: 0,
    });
  }

  delivered(event: MailDelivery, world: World): void {
    if (this.entries.size === 0 || event.channel !== 'relay' || event.originalRecipient === '') return;
    const mailbox = world.identity.mailboxOf(event.originalRecipient);
    for (const entry of this.entries.values()) {
      if (entry.host !== event.host || event.time + 1000 < entry.time) continue;
      if (
        entry.owner !== '' &&
        entry.owner !== mailbox &&
        entry.owner !== world.identity.accountOf(event.originalRecipient)
      )
        continue;
      entry.count += 1;
      if (entry.sent.length < SENT_MAX)
        entry.sent.push({
          time: event.time,
          queueId: event.queueId,
          recipient: event.recipient,
          mailbox,
          relay: event.relay,
          ref: event.ref,
        });
    }
  }

  findings(world: World): Finding[] {
    return [...this.entries.values()].map(entry => findingOf(entry, world));
  }

  snapshot(): unknown {
    return this.entries.snapshot();
  }

  restore(data: unknown): void {
    this.entries.restore(data as ReturnType<Redirects['entries']['snapshot']>);
  }
}

const sentId = ({ queueId, recipient }: Redirect['sent'][number]): string => `mail.delivered#${queueId}.${recipient}`;

function findingOf(entry: Redirect, world: World): Finding {
  const story = new Story();
  const who = world.userName(entry.host, entry.uid) || `uid ${entry.uid}`;
  const whose = entry.owner || 'this server';
  const written = `redirect.written#${entry.pid}.${entry.time}`;
  story.step(
    written,
    entry.time,
    'redirect.written',
    `${entry.program} (pid ${entry.pid}, ${who}) writes ${entry.path}`,
    entry.ref,
  );
  story.factor('mail redirection written', 2, entry.path, [written]);
  for (const sent of entry.sent) {
    const id = sentId(sent);
    story.step(
      id,
      sent.time,
      'mail.delivered',
      `mail for ${sent.mailbox} leaves as ${sent.queueId} for <${sent.recipient}> by ${sent.relay}`,
      sent.ref,
    );
    story.link(
      written,
      id,
      'redirection',
      'inferred',
      'mail of this box is sent on to another host after the redirection was written',
    );
  }
  if (entry.count > 0)
    story.factor(
      'mail left by it',
      3,
      `${counted(entry.count, 'message')} to ${[...new Set(entry.sent.map(sent => sent.recipient))].join(', ')}`,
      entry.sent.map(sentId),
    );
  else if (!world.anyMail) story.miss('No MTA log is in the evidence: whether mail left by it is not known.');
  story.miss('The content of the redirection is not in audit logs: read the file.');
  const to = [...new Set(entry.sent.map(sent => sent.recipient))];
  return {
    analytic: 'AN1310',
    host: entry.host,
    key: entry.key,
    severity: entry.count > 0 ? 'medium' : 'informational',
    title:
      entry.count > 0 ? `Mail of ${whose} is sent on to ${to.join(', ')}` : `Mail redirection written: ${entry.path}`,
    story: `On ${entry.host}, ${who} wrote ${entry.path} with ${baseName(entry.program)}${entry.count > 0 ? `; since then ${counted(entry.count, 'message')} of ${whose} left for ${to.join(', ')}` : '; no mail was seen to leave by it'}.`,
    steps: story.steps,
    links: story.links,
    entities: [
      { kind: 'host', value: entry.host },
      { kind: 'user', value: who },
      { kind: 'file', value: entry.path },
      ...(entry.owner === '' ? [] : [{ kind: 'mailbox' as const, value: entry.owner }]),
      ...to.map(value => ({ kind: 'recipient' as const, value })),
    ],
    missing: story.missing,
    factors: story.factors,
    wouldChange: [
      ...(entry.count > 0
        ? []
        : [
            byEvidence(
              3,
              'mail of this box had left for outside',
              world.anyMail ? 'the MTA log shows none' : 'not seen, because no MTA log is in the evidence',
            ),
          ]),
      byInventory('administrator', `user: ${who}, path: ${entry.path}`),
    ],
    next: [
      `Read ${entry.path} and ask ${entry.owner || 'the administrator'} whether it is theirs.`,
      to.length > 0
        ? `Who is ${to.join(', ')}? Look for the same address in other redirections.`
        : 'Watch for mail of this box that leaves.',
    ],
    exercise: false,
  };
}
