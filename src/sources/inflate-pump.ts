import type { Transform } from 'node:stream';

/**
 * Drives one of Node's decompressing streams by hand, so that memory stays bounded (it stops when a block waits to be
 * taken) and nothing that was unpacked before an error is lost, which `for await` and `pipeline` do not promise.
 */
export class InflatePump {
  /** Code of the error that ended it, '' while there is none. */
  errorCode = '';
  readonly #stream: Transform;
  #ended = false;
  #wake: () => void = () => {};

  constructor(stream: Transform) {
    this.#stream = stream;
    stream.on('readable', () => this.#wake());
    stream.on('end', () => this.#stop(''));
    stream.on('close', () => this.#stop(''));
    stream.on('error', error => this.#stop((error as NodeJS.ErrnoException).code ?? 'unknown'));
  }

  /** True when nothing more will come, once `take` gives null. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What has been unpacked and not yet taken. */
  take(): Buffer | null {
    return this.#stream.read() as Buffer | null;
  }

  /** Hands `piece` over; resolves when it has been used up, which needs `take` to be called when woken. */
  write(piece: Buffer, onUsed: () => void): void {
    this.#stream.write(piece, () => {
      onUsed();
      this.#wake();
    });
  }

  end(): void {
    this.#stream.end();
  }

  /** Until there is something to take, a piece was used up, or it ended. */
  change(): Promise<void> {
    return new Promise(resolve => {
      this.#wake = resolve;
    });
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #stop(code: string): void {
    this.errorCode ||= code;
    this.#ended = true;
    this.#wake();
  }
}
