import type { EpochMs } from '../core/time.ts';
import type { Untrusted } from '../core/untrusted.ts';
import type { Ref } from './ref.ts';

/**
 * What a sensor on the wire saw (Zeek, Suricata, flow logs). `host` is the sensor; which machine a flow belongs to is
 * worked out from its addresses. `flowId` joins the records of one connection (Zeek `uid`, Suricata `flow_id`, community id).
 */
export interface NetworkEventBase {
  readonly time: EpochMs;
  readonly order: number;
  readonly host: string;
  readonly ref: Ref;
  readonly flowId: string;
  /** Community ID of the connection (`1:` and a hash of its addresses and ports), the same from every sensor; '' when not logged. */
  readonly communityId: string;
  /** Who opened the connection, and to where; '' and -1 when not said. Addresses as written, IPv6 in lower case. */
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly destinationAddress: string;
  readonly destinationPort: number;
}

/** A connection is over (or was reported so far). `time` is its end where known; bytes are payload, -1 when not counted. */
export interface FlowEnded extends NetworkEventBase {
  readonly kind: 'flow.ended';
  readonly startTime: EpochMs;
  /** When it ended, where it was logged too late to be told then: `time` is later. */
  readonly endTime?: EpochMs;
  readonly transport: 'tcp' | 'udp' | 'icmp' | 'other';
  /** What the sensor took it for, such as `smtp`, `ssl`; '' when unknown. */
  readonly service: string;
  /** From the side that opened it. */
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** What the bytes count: payload, or whole packets with their headers, which is more. */
  readonly counted: 'payload' | 'packets';
  readonly established: boolean;
}

/** A DNS answer: addresses that this client now knows under this name. */
export interface NameResolved extends NetworkEventBase {
  readonly kind: 'name.resolved';
  readonly name: Untrusted;
  readonly answers: readonly string[];
}

/** The name that a client asked for in TLS (SNI), or the name in a certificate. */
export interface TlsNameSeen extends NetworkEventBase {
  readonly kind: 'tls.name-seen';
  readonly name: Untrusted;
}

export interface HttpSeen extends NetworkEventBase {
  readonly kind: 'http.seen';
  readonly method: string;
  readonly name: Untrusted;
  readonly path: Untrusted;
  readonly userAgent: Untrusted;
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** Ids of the files in the answer, where the sensor gives each an id (Zeek `resp_fuids`). */
  readonly fileIds: readonly string[];
}

/** One SMTP transaction seen on the wire. Never its text or its subject. */
export interface SmtpSeen extends NetworkEventBase {
  readonly kind: 'smtp.seen';
  readonly helo: Untrusted;
  readonly sender: Untrusted;
  readonly recipients: readonly Untrusted[];
  readonly messageId: Untrusted;
  readonly userAgent: Untrusted;
  readonly lastReply: Untrusted;
  readonly tls: boolean;
  /** Whether the sensor saw a message follow the envelope; false also where it does not look into messages. */
  readonly dataSeen: boolean;
  /** Number of this message within its connection, as the sensor counts; -1 when not said. */
  readonly transaction: number;
  /** Ids of the files in it (Zeek `fuids`): their records say what they are. */
  readonly fileIds: readonly string[];
  /** Names of its attachments where the record itself lists them (Suricata `email.attachment`). */
  readonly attachmentNames: readonly Untrusted[];
}

/** A file that went over the wire. */
export interface FileTransferred extends NetworkEventBase {
  readonly kind: 'file.transferred';
  /** Zeek `fuid`, or ''. */
  readonly fileId: string;
  /** Number of the message or request within its connection that it was in; -1 when not said. */
  readonly transaction: number;
  /** `SMTP`, `HTTP`, … as the sensor says. */
  readonly service: string;
  /** Name of the server as the client asked for it, where the record itself says so (HTTP); else ''. */
  readonly server: Untrusted;
  readonly name: Untrusted;
  readonly type: Untrusted;
  /** -1 when not said. */
  readonly sizeBytes: number;
  /** Hex; '' when the sensor was not told to hash, or saw only a part. */
  readonly sha256: string;
  /** True when the side that opened the connection sent it. */
  readonly outbound: boolean;
}

/** Another sensor's own judgement: context, never a verdict of ours. */
export interface SensorAlert extends NetworkEventBase {
  readonly kind: 'sensor.alert';
  readonly signature: Untrusted;
  readonly category: Untrusted;
}

export type NetworkEvent = FlowEnded | NameResolved | TlsNameSeen | HttpSeen | SmtpSeen | FileTransferred | SensorAlert;
