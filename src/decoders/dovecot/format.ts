import type { FileFormat } from '../contract.ts';
import { ownLogFormat } from '../own-log/own-log.ts';
import { dovecotDecoder } from './dovecot.ts';
import { prefixOf } from './prefix.ts';

const LEVELS = ['Info: ', 'Warning: ', 'Error: ', 'Debug: ', 'Fatal: ', 'Panic: '];

/**
 * Dovecot's own log file (log_path, info_log_path).
 *
 *   line := stamp SP prefix level ": " message        as the syslog line, with a level between prefix and message
 *
 * Source: Dovecot settings manual (log_path, log_timestamp), recordings of 2.3.19 and 2.4.1. log_timestamp is
 * `Mmm dd hh:mm:ss` unless configured; an ISO date is read as well. Trust: as in dovecot.ts.
 */
export const dovecotFormat: FileFormat = ownLogFormat({
  id: 'dovecot-log',
  title: 'Dovecot log file (log_path)',
  stampAt: (_, start) => start,
  frame(rest) {
    const prefix = prefixOf(rest);
    if (prefix === null) return null;
    const level = LEVELS.find(word => rest.startsWith(word, prefix.at));
    if (level === undefined) return null;
    return {
      program: 'dovecot',
      pid: prefix.pid,
      text: rest.slice(0, prefix.at) + rest.slice(prefix.at + level.length),
    };
  },
  decoder: dovecotDecoder,
});
