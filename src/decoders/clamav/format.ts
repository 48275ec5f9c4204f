import type { FileFormat } from '../contract.ts';
import { ownLogFormat } from '../own-log/own-log.ts';
import { clamavDecoder } from './clamav.ts';

/**
 * ClamAV's own log files: clamd, clamav-milter, freshclam, with LogTime on.
 *
 *   line := Www SP Mmm SP dd SP hh:mm:ss SP yyyy " -> " message
 *
 * Source: clamd.conf(5), ctime(3); recordings of 1.4.6. Trust: as in clamav.ts.
 */
export const clamavFormat: FileFormat = ownLogFormat({
  id: 'clamav-log',
  title: 'ClamAV log file (clamd, clamav-milter)',
  stampAt: (buffer, start, end) => (end - start > 28 && buffer[start + 3] === 0x20 ? start + 4 : -1),
  frame: rest => (rest.startsWith('-> ') ? { program: 'clamav', pid: -1, text: rest.slice(3) } : null),
  decoder: clamavDecoder,
});
