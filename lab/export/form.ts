import type { WatchEvent } from '../../src/events/event.ts';

/** A sensor's form, and what of it is switched on. */
export interface Form {
  readonly id: string;
  /** Options by name with what they switch; all off unless named. */
  readonly options: Readonly<Record<string, string>>;
  /**
   * Files that the sensor would have written of these events: name, and lines without their ends. `names` are the users of
   * the recorded host by uid.
   */
  write(events: readonly WatchEvent[], on: ReadonlySet<string>, names: ReadonlyMap<number, string>): ExportedFile[];
}

export interface ExportedFile {
  readonly name: string;
  readonly lines: readonly string[];
}
