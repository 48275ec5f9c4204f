import type { EpochMs } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';

/** What all events of one record have. */
export interface ZeekBase {
  readonly time: EpochMs;
  readonly order: number;
  readonly host: string;
  readonly ref: Ref;
  readonly flowId: string;
  readonly communityId: string;
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly destinationAddress: string;
  readonly destinationPort: number;
}
