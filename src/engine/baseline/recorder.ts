import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { MailDelivery, MailEvent } from '../../events/mail-events.ts';
import type { SeenHour } from '../../state/baseline/mailbox-hours.ts';
import type { Notice } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import type { Observer } from '../machine.ts';

interface Hours {
  readonly hosts: Set<string>;
  readonly seen: { hour: number; count: number; peakMinute: number; peakFive: number }[];
  /** Messages of the last five minutes, by minute. */
  readonly minutes: Map<number, number>;
}

/** So many hours with mail are held until it is known what alerts; what comes on top is not learned, and counted. */
const HOURS_MAX = 4_000_000;
const DESTINATIONS_MAX = 100_000;

/** Looks on at a scan and keeps what a baseline could learn from it: until the end nobody knows what of it alerts. */
export class Recorder implements Observer {
  readonly notices = ['smtp.connected', 'controlled.connected'] as const;
  readonly mailKinds = ['mail.delivered'] as const;
  readonly run = {
    onMail: (event: MailEvent, world: World) => this.#onMail(event as MailDelivery, world),
    onNotice: (notice: Notice) => this.#onNotice(notice),
  };
  /** Into a mailbox here, and passed on to another host: the second counts only where the first is never seen. */
  readonly stored = new Map<string, Hours>();
  readonly passed = new Map<string, Hours>();
  /** `host · program`, the place, and the days on which it was reached. */
  readonly destinations = new Map<string, { readonly key: string; readonly place: string; readonly time: number }>();
  /** Hours since the epoch of the first and last delivery that each host logged. */
  readonly spans = new Map<string, { from: number; to: number }>();
  notHeld = 0;
  #held = 0;

  /** Isn't trained twice: hours that a baseline has learned from this host are left out. */
  readonly #isCovered: (host: string, hour: number) => boolean;

  constructor(isCovered: (host: string, hour: number) => boolean) {
    this.#isCovered = isCovered;
  }

  #onMail(event: MailDelivery, world: World): void {
    const hour = Math.floor(event.time / HOUR_MS);
    const span = this.spans.get(event.host);
    if (span === undefined) this.spans.set(event.host, { from: hour, to: hour });
    else {
      span.from = Math.min(span.from, hour);
      span.to = Math.max(span.to, hour);
    }
    if (this.#isCovered(event.host, hour)) return;
    const into = event.channel === 'mailbox' || event.channel === 'command' ? this.stored : this.passed;
    const message = world.mail.message(event.host, event.queueId);
    if (message?.deliveries.get(event.recipient)?.retold === true) return;
    if (into === this.passed) {
      // What our own people sent out is no mail of a mailbox here.
      if (message === undefined || message.submitted || message.clientAddress === '') return;
    }
    const mailbox = world.identity.mailboxOf(event.recipient);
    let hours = into.get(mailbox);
    if (hours === undefined) {
      hours = { hosts: new Set(), seen: [], minutes: new Map() };
      into.set(mailbox, hours);
    }
    hours.hosts.add(event.host);
    this.#count(hours, hour, Math.floor(event.time / MINUTE_MS));
  }

  #count(hours: Hours, hour: number, minute: number): void {
    let here = hours.seen.findLast(each => each.hour <= hour);
    if (here === undefined || here.hour !== hour) {
      if (this.#held >= HOURS_MAX) {
        this.notHeld += 1;
        return;
      }
      this.#held += 1;
      const made = { hour, count: 0, peakMinute: 0, peakFive: 0 };
      const at = here === undefined ? 0 : hours.seen.indexOf(here) + 1;
      hours.seen.splice(at, 0, made);
      here = made;
    }
    const { minutes } = hours;
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    for (const each of minutes.keys()) if (each <= minute - 10) minutes.delete(each);
    let five = 0;
    for (let back = 0; back < 5; back++) five += minutes.get(minute - back) ?? 0;
    here.count += 1;
    here.peakMinute = Math.max(here.peakMinute, minutes.get(minute) ?? 0);
    here.peakFive = Math.max(here.peakFive, five);
  }

  #onNotice(notice: Notice): void {
    if (notice.kind !== 'smtp.connected' && notice.kind !== 'controlled.connected') return;
    if (/^(?:0\.0\.0\.0|::)$/.test(notice.event.address)) return;
    const key = `${notice.host} · ${notice.process.exe}`;
    const place = `${notice.event.address}:${notice.event.port}`.toLowerCase();
    const id = `${key}\0${place}\0${Math.floor(notice.time / 86_400_000)}`;
    if (this.destinations.size < DESTINATIONS_MAX || this.destinations.has(id))
      this.destinations.set(id, { key, place, time: notice.time });
  }

  /** Per mailbox its hours and the hosts that delivered them. */
  *mailboxes(): Generator<{ mailbox: string; hosts: ReadonlySet<string>; seen: readonly SeenHour[] }> {
    for (const [mailbox, { hosts, seen }] of this.stored) yield { mailbox, hosts, seen };
    for (const [mailbox, { hosts, seen }] of this.passed) if (!this.stored.has(mailbox)) yield { mailbox, hosts, seen };
  }
}
