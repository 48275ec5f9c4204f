import { join } from 'node:path';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { BaselineFileError, readBaseline, writeBaseline } from '../engine/baseline/file.ts';
import { EXIT } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/** Where the baseline lies when no file is named: `$XDG_STATE_HOME/watchpost/baseline`. */
export function defaultBaselinePath(): string {
  const state = process.env.XDG_STATE_HOME;
  const base = state?.startsWith('/') ? state : join(process.env.HOME ?? '/', '.local/state');
  return join(base, 'watchpost', 'baseline');
}

/** The baseline of a file. Throws UsageError: 3 when it is not there or damaged, 5 when it cannot be read. */
export function openBaseline(path: string): Baseline {
  try {
    return readBaseline(path);
  } catch (error) {
    throw told(path, error);
  }
}

/** As `openBaseline`, and null where there is no file yet. */
export function openBaselineIfAny(path: string): Baseline | null {
  try {
    return readBaseline(path);
  } catch (error) {
    if (error instanceof BaselineFileError && error.code === 'E_BASELINE_MISSING') return null;
    throw told(path, error);
  }
}

export function saveBaseline(path: string, baseline: Baseline): void {
  try {
    writeBaseline(path, baseline);
  } catch (error) {
    throw told(path, error);
  }
}

function told(path: string, error: unknown): unknown {
  if (!(error instanceof BaselineFileError)) return error;
  const isStore = error.code === 'E_BASELINE_WRITE' || error.code === 'E_BASELINE_UNREADABLE';
  return new UsageError(
    `baseline ${JSON.stringify(path)} ${error.message} [${error.code}]`,
    isStore ? EXIT.store : EXIT.usage,
  );
}
