import type { WatchEvent } from '../../events/event.ts';
import type { ClockMarks } from './clock-offsets.ts';

/** What more than one log of a host, or a log and a mail store, can have seen: short-lived processes, messages, connections. */
export function markEvent(marks: ClockMarks, event: WatchEvent): void {
  switch (event.kind) {
    case 'process.started':
    case 'process.exited':
    case 'file.opened':
      marks.see(`pid ${event.host} ${event.actor.pid}`, event.time);
      return;
    case 'session.started':
    case 'job.started':
      if (event.pid > 0) marks.see(`pid ${event.host} ${event.pid}`, event.time);
      return;
    case 'network.connected':
      if (event.family !== 'unix') marks.see(`flow ${event.address} ${event.port}`, event.time);
      return;
    case 'flow.ended':
      marks.see(`flow ${event.destinationAddress} ${event.destinationPort}`, event.startTime);
      return;
    case 'mail.identified':
    case 'mail.stored':
      marks.see(`message ${event.messageId}`, event.time);
      return;
    case 'mail.delivered':
    case 'mail.submitted':
    case 'mail.received':
      if (event.pid > 0) marks.see(`pid ${event.host} ${event.pid}`, event.time);
      return;
    default:
  }
}
