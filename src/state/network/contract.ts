import type { EpochMs } from '../../core/time.ts';
import type { Untrusted } from '../../core/untrusted.ts';
import type { NetworkConnected } from '../../events/host-events.ts';
import type { Ref } from '../../events/ref.ts';

/** One connection as sensors saw it, put together from all their records of it. Plain data, shared with analytics. */
export interface Flow {
  readonly sensor: string;
  readonly flowId: string;
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly destinationAddress: string;
  readonly destinationPort: number;
  readonly transport: 'tcp' | 'udp' | 'icmp' | 'other';
  startTime: EpochMs;
  endTime: EpochMs;
  service: string;
  /** Bytes from and to the side that opened it, -1 when not counted. */
  bytesOut: number;
  bytesIn: number;
  counted: 'payload' | 'packets';
  established: boolean;
  /** What the client called the destination, '' when nothing told. */
  name: Untrusted;
  nameFrom: NameBasis | '';
  readonly ref: Ref;
  /** The connection of a process that this is, null while none is known. */
  contact: Contact | null;
}

/** Where a name was seen: asked for in TLS, in an HTTP request, or looked up by this client, or by another one. */
export type NameBasis = 'tls' | 'http' | 'dns' | 'dns-of-others';

/** A connection that a host's own records show, waiting for what the wire says of it. Plain data. */
export interface Contact {
  readonly host: string;
  readonly pid: number;
  readonly time: EpochMs;
  readonly address: string;
  readonly port: number;
  readonly failed: boolean;
  /** The flow that fits it best so far. */
  flow: Flow | null;
  /** The address that it spoke for as its host's; '' for none yet, '?' when flows of two addresses fit it. */
  voted: string;
}

/** How a flow came to be a host's or a process's. `alike` counts others that fit as well. */
export interface Attributed {
  readonly flow: Flow;
  readonly strength: 'observed' | 'inferred';
  readonly why: string;
  readonly alike: number;
}

/** Whose address it is; `others` are hosts of which the same was seen. */
export interface AddressOwner {
  readonly host: string;
  readonly basis: 'configured' | 'learned';
  readonly others: readonly string[];
}

/** A name that a client asked for or got, and when. */
export interface NameUse {
  readonly time: EpochMs;
  readonly name: Untrusted;
  /** The destination, '' for a question without an address in its answer. */
  readonly address: string;
  readonly basis: NameBasis;
  readonly ref: Ref;
}

/** A file that a client fetched, or sent, over HTTP or FTP. */
export interface WireFile {
  readonly time: EpochMs;
  readonly name: Untrusted;
  readonly type: Untrusted;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Name of the server as the client asked for it, else ''. */
  readonly server: Untrusted;
  readonly serverAddress: string;
  readonly service: string;
  readonly ref: Ref;
}

/** Flows of a host out of which a process could not be told, from a moment on. Plain data, filled as they end. */
export interface HostWatch {
  readonly host: string;
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly flows: Attributed[];
}

export type WantedFile = { readonly name: string } | { readonly sha256: string };

/** One SMTP transaction of a flow, as a sensor showed it. */
export interface FlowMail {
  readonly sender: Untrusted;
  readonly recipients: readonly Untrusted[];
  readonly messageId: Untrusted;
  /** The server's answer to its end, '' where the sensor does not log answers. */
  readonly lastReply: Untrusted;
  /** A message was seen to follow the envelope. */
  readonly dataSeen: boolean;
  readonly attachments: readonly { readonly name: Untrusted; readonly sizeBytes: number; readonly sha256: string }[];
  readonly time: EpochMs;
  readonly ref: Ref;
}

/** What the wire tells the analytics. Everything here is evidence beside a host's own, never a verdict. */
export interface NetworkView {
  /** True when records of this kind came from any sensor. */
  seen(kind: string): boolean;
  /** The connection that is being told at this moment on this host: for notices. */
  contactAt(host: string, time: number): Contact | null;
  contactOf(event: NetworkConnected): Contact | null;
  /** The flow of a connection, when one fits. */
  flowOf(contact: Contact | null): Attributed | null;
  /** The flows of a connection and of later ones of the same process to the same address and port, oldest first. */
  flowsOf(contact: Contact | null): readonly Attributed[];
  /** The mail that was seen in a flow; empty where it was encrypted, or the sensor does not log SMTP. */
  mailIn(flow: Flow): readonly FlowMail[];
  /** Connections to SMTP ports that left machines of ours, oldest first; the last 2 048. */
  smtpFlows(): readonly Flow[];
  /** True when the MTA's log of this host names this address as where it gave mail, or tried to, at that time. */
  mtaWentTo(host: string, address: string, from: number, to: number): boolean;
  /** Asks for the flows that leave a host from now on, for at most `forMs`; see HostWatch. */
  watch(host: string, from: EpochMs, forMs: number): HostWatch;
  hostOf(address: string, time: number): AddressOwner | null;
  /** Addresses that are this host's and no other's, configured or learned. */
  addressesOf(host: string): readonly string[];
  /** What `host` called `address` at that time. */
  nameOf(host: string, address: string, time: number): NameUse | null;
  /** Names that a host's addresses asked for in [from, to], oldest first, each once. */
  namesUsed(host: string, from: number, to: number): readonly NameUse[];
  /** Files with this name, or with this content, that a host fetched in [from, to], newest first. */
  filesFetched(host: string, wanted: WantedFile, from: number, to: number): readonly WireFile[];
}
