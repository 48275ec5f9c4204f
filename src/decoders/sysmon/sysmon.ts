import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import { isoTime } from '../json-lines/values.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';
import { EVENTS } from './events.ts';
import { parseSysmonEvent } from './xml.ts';

/**
 * Sysmon for Linux: one event a message, as XML.
 *
 *   message := "<Event><System>…</System><EventData>…</EventData></Event>"        (see xml.ts)
 *
 * Events bear the time at which Sysmon logged them (`TimeCreated`, to the microsecond), for `UtcTime` of a ProcessCreate is
 * when the process was forked. A record that names no such time is put at its line's.
 *
 * Source: SysmonForLinux 1.3 outputxml.c, sysmonforlinux.c, ebpfKern; SysmonCommon manifest.xml, eventsCommon.cpp. Emits:
 * process.started, process.exited, network.connected, file.opened, file.deleted, sensor.health.
 * Trust: names, paths and command lines are the watched programs' words; Sysmon escapes them, so none can add a field.
 * Skips: events of no use here. Rejects: what is not closed, or not in the shape that Sysmon writes.
 */
export const sysmonDecoder: ProgramDecoder = Object.freeze({
  id: 'sysmon',
  programs: ['sysmon'],
  ownTime: true,
  decode(text, meta, emit): Verdict {
    if (!text.startsWith('<Event')) return NO_EVENT;
    const event = parseSysmonEvent(text);
    if (event === 'cut') return CUT;
    if (event === 'shape') return SHAPE;
    if (event.provider !== 'Linux-Sysmon') return OTHER_PROVIDER;
    const write = EVENTS.get(event.id);
    if (write === undefined) return UNUSED;
    const created = isoTime(event.created);
    const time = Number.isNaN(created) ? meta.time : created;
    // Where Sysmon cannot keep its counter every event has number 0: then two of one moment are told apart by their lines.
    const order = event.recordId > 0 ? event.recordId : meta.lineHash;
    const base = { time, order, host: meta.host, ref: meta.ref };
    const written = write(event.data, base);
    if ('tag' in written) return written;
    emit(written);
    return EMIT;
  },
} satisfies ProgramDecoder);

const NO_EVENT = skip('Sysmon message that is no event');
const CUT = reject('Sysmon event that is cut off');
const SHAPE = reject('Sysmon event in an unknown shape');
const OTHER_PROVIDER = skip('Sysmon event of another provider');
const UNUSED = skip('Sysmon event of no use here');
