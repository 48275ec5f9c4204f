import type { ProcessStarted } from '../events/host-events.ts';
import { stepOf } from './carry.ts';
import { decodes, filesRead } from './decoders-of-text.ts';
import type { ExecutionPlan } from './execution.ts';
import type { HostState } from './host.ts';
import { handedMessage } from './message-agents.ts';
import { isForTyping } from './piped-mail.ts';
import { pipelineOf } from './pipelines.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, programName } from './programs.ts';
import { extendTaint } from './taint.ts';
import { tellExecuted } from './tell.ts';

/**
 * A plain shell, or an interpreter without a script, whose program a decoder prints (`… | base64 -d | sh`) below a program that delivery
 * handed a message to: nobody writes a gate that hides its own orders from itself, so they stood in the message, be it in the name of
 * an attachment that its shell took for words. The stages of a pipeline are recorded in any order.
 */
export function judgeDecoded(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  if (plan.fromInput) {
    const decoder = pipelineOf(process).find(stage => isDecoder(host, stage));
    if (decoder !== undefined) decoded(host, process, decoder, event);
  } else if (isDecoder(host, process)) {
    for (const stage of pipelineOf(process)) if (stage.readsProgramFromInput) decoded(host, stage, process, event);
  }
}

function decoded(host: HostState, shell: ProcessState, decoder: ProcessState, event: ProcessStarted): void {
  if (shell.controlled !== null || shell.carries.length > 0 || decoder.pid > shell.pid) return;
  if ((shell.classBits & (CLASS.shell | CLASS.interpreter)) === 0 || isForTyping(shell.argv)) return;
  const message = handedMessage(shell);
  if (message === undefined) return;
  const step = stepOf(
    event,
    'process.input',
    shell,
    'takes its program, decoded, from',
    `${programName(decoder.exe)} (pid ${decoder.pid})`,
    'inferred',
    'below a program that delivery handed the message to, a shell without a program takes what a decoder prints',
  );
  const onward = extendTaint(message.taint, step);
  if (onward !== null) tellExecuted(host, shell, onward, '', 'standard-input', 'inferred', event);
}

/** Its words name no file of its own: what it decodes comes over the pipeline. */
const isDecoder = (host: HostState, process: ProcessState): boolean =>
  decodes(host, process) && filesRead(host, process).length === 0;
