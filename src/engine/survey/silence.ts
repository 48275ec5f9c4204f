import { HOUR_MS } from '../../core/time.ts';

/**
 * The longest stretch in which a log says nothing, when it stands out: at least an hour, and a hundred times the typical
 * stretch. Counts stretches in classes of powers of two, so memory does not grow.
 */
export class Silence {
  #previous = Number.NaN;
  #from = Number.NaN;
  #to = Number.NaN;
  readonly #classes = new Float64Array(64);
  #count = 0;

  see(time: number): void {
    const previous = this.#previous;
    this.#previous = Number.isNaN(previous) || time > previous ? time : previous;
    if (!(time > previous)) return;
    const stretch = time - previous;
    this.#count += 1;
    const index = Math.min(63, Math.floor(Math.log2(Math.max(1, stretch))));
    this.#classes[index] = (this.#classes[index] as number) + 1;
    if (!(stretch <= this.#to - this.#from)) {
      this.#from = previous;
      this.#to = time;
    }
  }

  longest(): { from: number; to: number } | null {
    const length = this.#to - this.#from;
    if (!(length >= HOUR_MS) || this.#count < STRETCHES_MIN) return null;
    let seen = 0;
    let index = 0;
    while (index < 63 && seen + (this.#classes[index] as number) < this.#count / 2) {
      seen += this.#classes[index] as number;
      index += 1;
    }
    return length >= 2 ** index * STANDS_OUT ? { from: this.#from, to: this.#to } : null;
  }
}

const STRETCHES_MIN = 20;
const STANDS_OUT = 100;
