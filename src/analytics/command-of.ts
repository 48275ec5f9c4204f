import type { ProcessState } from '../state/processes.ts';

/** The words that started it, as they are told: of very many, or very long ones, the first. */
export const commandOf = ({ argv }: Pick<ProcessState, 'argv'>): string => argv.slice(0, 16).join(' ').slice(0, 512);
