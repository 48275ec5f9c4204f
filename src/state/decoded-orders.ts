import { baseName } from '../core/paths.ts';
import { ancestry } from './ancestry.ts';
import { describe } from './carry.ts';
import { decodes, filesRead } from './decoders-of-text.ts';
import type { HostState } from './host.ts';
import { pipelineOf } from './pipelines.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { stepOf } from './step-of.ts';
import type { TaintStep } from './taint.ts';

const ELDERS_MAX = 5;

/**
 * What a plain shell starts stood in the file that a decoder beside it makes plain (`tail -n 1 x.png | base64 -d | sh`): whoever looks at
 * what it fetched is led to that file. Of a line that was pasted (`echo … | base64 -d | bash`) nothing but the decoder is recorded.
 * Undefined where the shell's content is followed already, or several files are named.
 */
export function decodedOrder(host: HostState, fetcher: ProcessState): TaintStep | undefined {
  for (const shell of ancestry(fetcher, ELDERS_MAX).slice(1)) {
    if (!shell.readsProgramFromInput || shell.controlled !== null || shell.execRef === null) continue;
    const before = pipelineOf(shell).filter(stage => stage.parent === shell.parent && stage.pid < shell.pid);
    const decoder = before.find(stage => decodes(host, stage));
    if (decoder === undefined || before.some(stage => isFetcher(host, stage))) continue;
    const files = new Set(before.flatMap(stage => filesRead(host, stage)).filter(isFile));
    if (files.size > 1) continue;
    const [file = `${describe(decoder)}, whose words name no file`] = files;
    const at = { time: shell.execTime, order: 0, ref: shell.execRef };
    const why = 'children of one parent that started together';
    return stepOf(at, 'process.input', shell, 'takes its program, decoded, from', file, 'inferred', why);
  }
  return undefined;
}

/** `-n 1` of tail(1) is a number. */
const isFile = (path: string): boolean =>
  path.startsWith('/') && !path.startsWith('/dev/') && !/^[-+]?\d+$/.test(baseName(path));

/** What asks the network has its own. */
const isFetcher = (host: HostState, stage: ProcessState): boolean =>
  (stage.classBits & CLASS.transfer) !== 0 && !decodes(host, stage);
