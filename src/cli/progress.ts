import type { ScanProgress } from '../engine/report.ts';
import { count } from '../sinks/layout.ts';

/** Shorter work shows nothing. */
const SILENT_MS = 500;
const INTERVAL_MS = 100;

export interface Progress {
  update(progress: ScanProgress): void;
  /** Takes the line away. */
  clear(): void;
}

/** One line on a terminal's standard error that is written over: how far, how fast, how long still. */
export function progressOn(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  wanted: boolean,
): Progress {
  if (!wanted || stream.isTTY !== true) return { update() {}, clear() {} };
  let shownAt = SILENT_MS - INTERVAL_MS;
  let shown = false;
  return {
    update(progress) {
      if (progress.elapsedMs - shownAt < INTERVAL_MS) return;
      shownAt = progress.elapsedMs;
      shown = true;
      stream.write(`\r\u001b[K${progressLine(progress)}`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}

export function progressLine({ bytesRead, bytesTotal, events, elapsedMs }: ScanProgress): string {
  const rate = `${megabytes(bytesRead)} MB, ${megabytes((bytesRead / Math.max(1, elapsedMs)) * 1000)} MB/s, ${count(events)} events`;
  if (bytesTotal <= 0) return rate;
  const part = Math.min(1, bytesRead / bytesTotal);
  const leftSeconds = part > 0 ? Math.round((elapsedMs / part - elapsedMs) / 1000) : 0;
  return `${String(Math.floor(part * 100)).padStart(3)} %, ${rate}, ${duration(leftSeconds)} left`;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
