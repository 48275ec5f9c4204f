import { epochMs } from '../../core/time.ts';
import type { WatchEvent } from '../../events/event.ts';
import { ID_UNSET } from '../../events/host-events.ts';
import type { Ref } from '../../events/ref.ts';
import { splitCommandLine } from '../command-line.ts';
import { textOf } from './bytes.ts';
import type { Pending } from './pending.ts';

/**
 * Records that are whole events of their own: sessions from PAM and the kernel, services from systemd, the state of the
 * audit system itself. Source: audit userspace, audit_log_user_message(3); kernel audit_set_loginuid (LOGIN).
 */
export const STANDALONE = new Set([
  'LOGIN',
  'USER_START',
  'USER_LOGIN',
  'USER_CMD',
  'SERVICE_START',
  'DAEMON_START',
  'DAEMON_END',
  'DAEMON_ABORT',
  'DAEMON_ROTATE',
  'CONFIG_CHANGE',
  'KERNEL',
]);

export function buildRecord(p: Pending, host: string, ref: Ref): WatchEvent | string {
  const fields = p.fields ?? new Map<string, string>();
  const base = { time: epochMs(p.time), order: p.serial, host, ref };
  const number = (key: string, absent: number) => {
    const text = fields.get(key);
    if (text === undefined || text === '') return absent;
    const value = Number(text);
    return Number.isFinite(value) ? (value < 0 ? ID_UNSET : value) : absent;
  };
  const word = (key: string) => {
    const text = fields.get(key) ?? '';
    return text === '?' || text === '(none)' || text === '(null)' ? '' : text;
  };
  switch (p.record) {
    case 'LOGIN':
    case 'USER_START':
    case 'USER_LOGIN':
      return {
        kind: 'session.started',
        ...base,
        ses: number('ses', ID_UNSET),
        auid: number('auid', ID_UNSET),
        pid: number('pid', -1),
        program: word('exe'),
        user: word('acct'),
        address: word('addr'),
      };
    case 'USER_CMD': {
      const said = word('cmd');
      const isHex = /^[0-9A-F]+$/.test(said) && said.length % 2 === 0;
      const command = isHex ? textOf(Buffer.from(said, 'hex')) : said;
      return {
        kind: 'job.started',
        ...base,
        scheduler: 'sudo',
        user: word('acct'),
        pid: number('pid', -1),
        command,
        by: {
          user: '',
          auid: number('auid', ID_UNSET),
          ses: number('ses', ID_UNSET),
          tty: word('terminal').replace(/^\/dev\//, ''),
          folder: word('cwd'),
          words: splitCommandLine(command, ''),
        },
      };
    }
    case 'SERVICE_START':
      return {
        kind: 'job.started',
        ...base,
        scheduler: 'systemd',
        user: '',
        pid: number('pid', -1),
        command: word('unit'),
      };
    case 'DAEMON_START':
      return { kind: 'sensor.health', ...base, what: 'started', count: 1 };
    case 'DAEMON_END':
    case 'DAEMON_ABORT':
      return { kind: 'sensor.health', ...base, what: 'stopped', count: 1 };
    case 'DAEMON_ROTATE':
      return { kind: 'sensor.health', ...base, what: 'rotated', count: 1 };
    case 'CONFIG_CHANGE':
      return { kind: 'sensor.health', ...base, what: 'rules-changed', count: 1 };
    default:
      return 'record type not used';
  }
}
