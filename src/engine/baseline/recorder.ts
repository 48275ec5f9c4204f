import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { MailDelivery, MailEvent } from '../../events/mail-events.ts';
import type { SeenHour } from '../../state/baseline/mailbox-hours.ts';
import { deliveryTo } from '../../state/mail/deliveries.ts';
import type { Notice } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import type { Observer } from '../machine.ts';
import { SeenHours } from './seen-hours.ts';

/** So many hours with mail are held of each until it is known what alerts; what comes on top is not learned, and counted. */
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
  readonly stored = new SeenHours(HOURS_MAX);
  readonly passed = new SeenHours(HOURS_MAX);
  /** `host · program`, the place, and the days on which it was reached. */
  readonly destinations = new Map<string, { readonly key: string; readonly place: string; readonly time: number }>();
  /** Hours since the epoch of the first and last delivery that each host logged. */
  readonly spans = new Map<string, { from: number; to: number }>();
  notHeld = 0;

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
    if (message !== undefined && deliveryTo(message, event.recipient)?.retold === true) return;
    if (into === this.passed) {
      // What our own people sent out is no mail of a mailbox here.
      if (message === undefined || message.submitted || message.clientAddress === '') return;
    }
    const mailbox = world.identity.mailboxOf(event.recipient);
    if (!into.add(mailbox, event.host, hour, Math.floor(event.time / MINUTE_MS))) this.notHeld += 1;
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
    yield* this.stored.mailboxes();
    for (const each of this.passed.mailboxes()) if (!this.stored.has(each.mailbox)) yield each;
  }
}
