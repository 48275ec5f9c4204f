/** Queue ids of messages that only the wire tells of begin with this. */
const WIRE_ID = 'wire.';

export const wireIdOf = (flowId: string, transaction: number): string => `${WIRE_ID}${flowId}.${transaction}`;

export const isWireId = (queueId: string): boolean => queueId.startsWith(WIRE_ID);
