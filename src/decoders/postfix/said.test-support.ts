import type { MailEvent } from '../../events/mail-events.ts';
import { eventOf, read } from '../syslog/replay.test-support.ts';

/** The event without what every event has, and without what is empty. */
export function said(daemon: string, text: string): Record<string, unknown> {
  const {
    time: _t,
    order: _o,
    host: _h,
    ref: _r,
    program: _p,
    pid: _i,
    ...rest
  } = eventOf(`${daemon}[7]`, text) as MailEvent;
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== '' && value !== -1 && value !== false),
  );
}
/** All events of one line. */
export const all = (daemon: string, text: string): MailEvent[] =>
  read([`Mar  1 09:30:00 mx1 ${daemon}[7]: ${text}`]).events as MailEvent[];
