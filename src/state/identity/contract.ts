/** What a file that says who is who is, by its content or by where another file of its host names it. */
export const IDENTITY_KINDS = {
  passwd: 'passwd',
  group: 'group',
  aliases: 'aliases',
  include: 'alias list (:include:)',
  'main-cf': 'Postfix main.cf',
  virtual: 'virtual aliases',
  canonical: 'canonical addresses',
  'virtual-mailboxes': 'virtual mailboxes',
  people: 'people (CSV)',
  directory: 'people (LDIF)',
} as const;
export type IdentityKind = keyof typeof IDENTITY_KINDS;

/** Content of one such file. */
export interface IdentityText {
  readonly kind: IdentityKind;
  /** Name in the evidence, for what is told of it. */
  readonly name: string;
  /** Of which host it is, '' when nothing tells. */
  readonly host: string;
  readonly text: string;
}

/** A line that could not be read. `line` counts from 1; 0 is the file as a whole. */
export interface FileProblem {
  readonly line: number;
  readonly reason: string;
}

export interface IdentityProblem extends FileProblem {
  readonly name: string;
}

/** An account on a host; the host is '' when it is not known to be on one host only. */
export interface AccountOnHost {
  readonly account: string;
  readonly host: string;
}

/** What is behind a folded mailbox. */
export const MAILBOX_KINDS = {
  account: 'an account',
  list: 'an alias with several members',
  command: 'an alias that hands mail to a program',
  file: 'an alias that appends to a file',
  include: 'an alias whose list is not in the evidence',
  elsewhere: 'an alias that leads to another domain',
  virtual: 'a virtual mailbox without an account of its own',
  unknown: 'nothing that is known',
} as const;
export type MailboxKind = keyof typeof MAILBOX_KINDS;

export interface MailboxFacts {
  readonly kind: MailboxKind;
  /** Where the person behind it has accounts, sorted; empty for an unmapped mailbox. */
  readonly accounts: readonly AccountOnHost[];
  /** Groups of those accounts by name, sorted. */
  readonly groups: readonly string[];
  /** Where its mail goes on to, when it is no account: at most 64. */
  readonly targets: readonly string[];
}
