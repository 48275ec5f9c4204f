import type { ProgramDecoder } from '../syslog-contract.ts';

/** The decoder of a program's messages: exact names win over `accepts`. */
export function decoderOf(decoders: readonly ProgramDecoder[], name: string): ProgramDecoder | undefined {
  return (
    decoders.find(decoder => decoder.programs.includes(name)) ??
    decoders.find(decoder => decoder.accepts?.(name) === true)
  );
}
