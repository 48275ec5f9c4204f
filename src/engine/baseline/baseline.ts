import { HOUR_MS } from '../../core/time.ts';
import { KNOWN_KINDS, KnownThings } from '../../state/baseline/known.ts';
import { MailboxHours, SLOTS, slotOf } from '../../state/baseline/mailbox-hours.ts';
import { countQuantile } from '../../state/baseline/tails.ts';
import type { BaselineView } from '../../state/baseline/view.ts';

/** Hours since the epoch, `from` inclusive, `to` exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** Fewer trained hours than three days say nothing of a mailbox. */
const HOURS_KNOWN = 72;
/** What one hour in ten exceeds: the same quantile as within a scan. */
const TAIL = 0.1;

/** Everything that was learned: mailboxes by hour of week, things that happen here, and from which hours of which hosts. */
export class Baseline implements BaselineView {
  readonly mailboxes = new MailboxHours();
  readonly things = new KnownThings();
  frozen = false;
  /** Per host, the spans that are learned already: the same evidence does not count twice. */
  covered = new Map<string, Span[]>();

  usual(mailbox: string, time: number): { hoursSeen: number; expected: number[] } | null {
    const row = this.mailboxes.get(mailbox);
    if (row === undefined || row.hoursTrained < HOURS_KNOWN) return null;
    const hour = Math.floor(time / HOUR_MS);
    const rate = (back: number): number => row.rates[slotOf(hour - back)] as number;
    const sum = (hours: number): number => {
      let total = 0;
      for (let back = 0; back < Math.min(hours, SLOTS); back++) total += rate(back);
      return total;
    };
    const most = (mean: number): number => countQuantile(TAIL, mean, row.varianceRatio);
    const expected = [
      row.peakMinute,
      row.peakFive,
      most(Math.max(rate(-1), rate(0), rate(1))),
      most(sum(8)),
      most(sum(24)),
    ];
    return { hoursSeen: row.hoursTrained, expected };
  }

  isCovered(host: string, hour: number): boolean {
    return this.covered.get(host)?.some(span => hour >= span.from && hour < span.to) ?? false;
  }

  cover(host: string, span: Span): void {
    const spans = [...(this.covered.get(host) ?? []), span].toSorted((a, b) => a.from - b.from);
    const merged: Span[] = [];
    for (const each of spans) {
      const last = merged.at(-1);
      if (last !== undefined && each.from <= last.to) last.to = Math.max(last.to, each.to);
      else merged.push({ ...each });
    }
    this.covered.set(host, merged);
  }

  /** `text` is a kind and a key, such as `job mx1 · clerk · report`. False when nothing of that name is known. */
  forgetThing(text: string): boolean {
    const kind = KNOWN_KINDS.find(each => text.startsWith(`${each} `));
    return kind !== undefined && this.things.forget(kind, text.slice(kind.length + 1));
  }

  snapshot(): unknown {
    return {
      mailboxes: this.mailboxes.snapshot(),
      things: this.things.snapshot(),
      frozen: this.frozen,
      covered: this.covered,
    };
  }

  /** Throws when the data is no snapshot of a baseline. */
  restore(data: unknown): void {
    const from = data as { mailboxes: unknown; things: unknown; frozen: boolean; covered: Map<string, Span[]> };
    this.mailboxes.restore(from.mailboxes);
    this.things.restore(from.things);
    this.frozen = from.frozen;
    this.covered = from.covered;
  }
}
