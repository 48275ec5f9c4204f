import type { TunableMet } from '../events/finding.ts';
import { programKey, programName } from '../state/programs.ts';
import type { TunableValue } from './contract.ts';

/** Tunables as a running analytic asks for them. */
export class Tunables {
  readonly #values: ReadonlyMap<string, TunableValue>;

  constructor(values: ReadonlyMap<string, TunableValue>) {
    this.#values = values;
  }

  number(name: string, absent: number): number {
    const value = this.#values.get(name);
    return Number.isFinite(value) ? (value as number) : absent;
  }

  list(name: string): readonly string[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }

  /** The entry of the list `name` that names one of these programs; null when it is known by other means only. */
  program(name: string, ...paths: readonly string[]): TunableMet | null {
    for (const path of paths) {
      if (path === '') continue;
      const keys = [programName(path), programKey(path)];
      const limit = this.list(name).find(entry => keys.includes(entry.toLowerCase()));
      if (limit !== undefined) return { name, met: path, limit };
    }
    return null;
  }

  /** The first entry of the list `name` that fits `value`. */
  entry(name: string, value: string, fits: (entry: string) => boolean): TunableMet | null {
    const limit = this.list(name).find(fits);
    return limit === undefined ? null : { name, met: value, limit };
  }
}
