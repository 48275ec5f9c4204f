import { type SyslogMeta, syslogOrder } from './syslog-contract.ts';

/**
 * What every mail event made from one line begins with. `nth` tells events of one phase apart that come from one line: equal
 * order would make them the same record seen twice.
 */
export function mailBase(meta: SyslogMeta, phase: number, queueId: string, nth = 0, program = meta.program) {
  return {
    time: meta.time,
    order: syslogOrder(phase, (meta.lineHash + nth) >>> 0),
    host: meta.host,
    ref: meta.ref,
    program,
    pid: meta.pid,
    queueId,
  };
}
