import type { EpochMs } from '../../core/time.ts';

/** What a shipper says of the text it carries. */
export interface ShippedText {
  readonly text: string;
  /** The file it was read from, '' when not said. */
  readonly path: string;
  readonly host: string;
  /** Program and process where the shipper took them out of the line (filebeat's system module, vector's and fluent-bit's syslog). */
  readonly program: string;
  readonly pid: number;
  /** When it was read, or written where the shipper took that out of the line. */
  readonly time: EpochMs;
}
