/** Queue ids of messages that only a store tells of begin with this; see MailStored. */
const STORE_ID = 'store.';

export const isStoreId = (queueId: string): boolean => queueId.startsWith(STORE_ID);
