/** What a persisted baseline tells the analytics. */
export interface BaselineView {
  /**
   * The most that a mailbox usually gets around `time` (epoch ms): within a minute, five minutes, an hour, eight hours and
   * a day, each exceeded one time in ten. Null when too little was learned.
   */
  usual(mailbox: string, time: number): { readonly hoursSeen: number; readonly expected: readonly number[] } | null;
}
