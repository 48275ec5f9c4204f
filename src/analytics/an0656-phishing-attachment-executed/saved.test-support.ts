import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE } from './host-log.test-support.ts';

/** A message for the clerk, whose mail client reads it and saves what is attached; then a shell of the clerk. */
export function saved(path: string): { log: HostLog; shell: Process; queueId: string } {
  const log = new HostLog();
  const message = log.deliver();
  log.wait(MINUTE);
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
  client.read(message.path).write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(MINUTE);
  return { log, shell: log.shell('clerk'), queueId: message.queueId };
}
