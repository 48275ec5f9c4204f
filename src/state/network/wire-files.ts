import { BoundedMap } from '../../core/bounded-map.ts';
import { baseName } from '../../core/paths.ts';
import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import type { FileTransferred, HttpSeen } from '../../events/network-events.ts';
import type { WantedFile, WireFile } from './contract.ts';

const CLIENTS_MAX = 2048;
const PER_CLIENT_MAX = 64;
const REQUESTS_MAX = 16_384;

interface Request {
  readonly server: Untrusted;
  readonly path: Untrusted;
}

export interface WireFileData {
  fetched: ReturnType<BoundedMap<string, WireFile[]>['snapshot']>;
  requests: ReturnType<BoundedMap<string, Request>['snapshot']>;
}

/** Files that clients fetched over HTTP and FTP: name, size, type and hash, and which server they came from. */
export class WireFiles {
  readonly #fetched = new BoundedMap<string, WireFile[]>(CLIENTS_MAX);
  /** By file id, and by flow: a file's own record often has no name, the request has. */
  readonly #requests = new BoundedMap<string, Request>(REQUESTS_MAX);

  get evicted(): number {
    return this.#requests.evicted;
  }

  onRequest(event: HttpSeen): void {
    const request = { server: event.name, path: event.path };
    for (const id of event.fileIds.slice(0, 8)) this.#requests.set(`file ${id}`, request);
    if (event.flowId !== '') this.#requests.set(`flow ${event.host} ${event.flowId}`, request);
  }

  onFile(event: FileTransferred): void {
    const service = event.service.toUpperCase();
    if (event.outbound || !(service.startsWith('HTTP') || service.startsWith('FTP'))) return;
    const request =
      this.#requests.peek(`file ${event.fileId}`) ?? this.#requests.peek(`flow ${event.host} ${event.flowId}`);
    const name = baseName(event.name) || (request === undefined ? '' : nameInPath(request.path));
    if ((name === '' && event.sha256 === '') || event.sourceAddress === '') return;
    const files = this.#fetched.touch(event.sourceAddress) ?? [];
    if (files.length === 0) this.#fetched.set(event.sourceAddress, files);
    if (files.length >= PER_CLIENT_MAX) files.shift();
    files.push({
      time: event.time,
      name: untrusted(name),
      type: event.type,
      sizeBytes: event.sizeBytes,
      sha256: event.sha256,
      server: event.server || (request?.server ?? ''),
      serverAddress: event.destinationAddress,
      service,
      ref: event.ref,
    });
  }

  fetched(clients: readonly string[], wanted: WantedFile, from: number, to: number): WireFile[] {
    const found: WireFile[] = [];
    const fits = ({ name, sha256 }: WireFile): boolean =>
      'sha256' in wanted ? sha256 !== '' && sha256 === wanted.sha256 : name === wanted.name;
    for (const client of clients)
      for (const file of this.#fetched.peek(client) ?? [])
        if (file.time >= from && file.time <= to && fits(file)) found.push(file);
    return found.sort((a, b) => b.time - a.time);
  }

  snapshot(): WireFileData {
    return { fetched: this.#fetched.snapshot(), requests: this.#requests.snapshot() };
  }

  restore(from: WireFileData): void {
    this.#fetched.restore(from.fetched);
    this.#requests.restore(from.requests);
  }
}

/** The last part of a URL's path, percent signs undone: what a browser proposes as the file's name. */
function nameInPath(path: string): string {
  const end = path.search(/[?#]/);
  const name = baseName(end < 0 ? path : path.slice(0, end));
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
