import { counted } from '../../core/counted.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Change, Finding } from '../../events/finding.ts';
import type { Ref } from '../../events/ref.ts';
import { byEvidence, byInventory } from '../factors.ts';
import type { Story } from '../story.ts';
import { toFinding } from '../to-finding.ts';

/** A message that came from outside and left for outside again, to somebody for whom nobody here is named. Plain data. */
export interface Copy {
  readonly queueId: string;
  /** When the message came, and when it left. */
  readonly came: EpochMs;
  readonly time: EpochMs;
  readonly sender: string;
  readonly recipient: string;
  readonly relay: string;
  readonly ref: Ref;
}

/** The step that tells of one delivery. */
export const deliveredId = ({ queueId, recipient }: { readonly queueId: string; readonly recipient: string }): string =>
  `mail.delivered#${queueId}.${recipient}`;

const TOLD_MAX = 6;

/** From some moment on every letter left for `to` as well. Returns the ids of the steps that show it. */
export function tellEvery(
  story: Story,
  copies: readonly Copy[],
  to: string,
  before: number,
  summary: (copy: Copy) => string,
): readonly string[] {
  const told = copies.slice(0, TOLD_MAX);
  for (const copy of told) story.step(deliveredId(copy), copy.time, 'mail.delivered', summary(copy), copy.ref);
  const shown = told.map(deliveredId);
  const evidence = `${counted(copies.length, 'message')} to ${to}, none of ${before} before`;
  story.factor('every message goes to another host as well', 4, evidence, shown);
  return shown;
}

/** What would tell of the hand behind it. */
export const unseenHand = byEvidence(
  1,
  'a record showed who set it up',
  'none of a redirection being written is in the evidence',
);

interface ByLog extends Pick<Finding, 'host' | 'key' | 'severity' | 'title' | 'next'> {
  /** All that is told of it, and the one sentence that says it. */
  readonly told: Story;
  readonly story: string;
  /** Who handed the mail in; '' where the log tells of nobody. */
  readonly who: string;
  readonly box: string;
  readonly to: string;
  /** The record that would tell more than the log of the MTA does. */
  readonly lacks: Change;
}

/** Mail of a box goes to somebody elsewhere: so much the log of the MTA tells by itself. */
export function findingByLog({ told, host, key, severity, title, story, who, box, to, lacks, next }: ByLog): Finding {
  told.change(lacks, byInventory('administrator', `${who === '' ? '' : `user: ${who}, `}destination: ${to}`));
  return toFinding(told, {
    analytic: 'AN1310',
    host,
    key,
    severity,
    title,
    story,
    entities: [
      { kind: 'host', value: host },
      ...(who === '' ? [] : [{ kind: 'user' as const, value: who }]),
      { kind: 'mailbox', value: box },
      { kind: 'recipient', value: to },
    ],
    next,
  });
}
