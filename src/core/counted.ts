/** `1 message`, `3 messages`, `2 boxes`: a number and its noun. `many` where the plural is no mere `s`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
