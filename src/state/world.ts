import type { BaselineView } from './baseline/view.ts';
import type { FileContent } from './file-content.ts';
import type { HostState } from './host.ts';
import type { MailIdentity, MailState } from './mail/contract.ts';
import type { NetworkView } from './network/contract.ts';

/** Everything the analytics may look at. */
export interface World {
  readonly hosts: ReadonlyMap<string, HostState>;
  readonly mail: MailState;
  readonly identity: MailIdentity;
  /** What sensors on the wire saw. */
  readonly network: NetworkView;
  /** Which event kinds each host has shown so far: absence is judged from data, never declared. */
  seen(host: string, kind: string): boolean;
  /** What is known of a file's content: from a record that hashes files, or from a copy in the evidence. */
  contentOf(host: string, path: string): FileContent | undefined;
  /** Name of a uid on a host, '' when nothing tells it. */
  userName(host: string, uid: number): string;
  /** True when any mail log has been read at all. */
  readonly anyMail: boolean;
  /** What was learned before this evidence, where a baseline was given. */
  readonly baseline?: BaselineView | undefined;
}
