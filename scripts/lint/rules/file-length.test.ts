import { specify } from '../specify.ts';
import { fileLength } from './file-length.ts';

const lines = (count: number): string => 'f();\n'.repeat(count);

specify('file-length', fileLength(250), { passes: [lines(250)], fails: [[lines(251), 1]] });
specify('file-length', fileLength(400), { passes: [lines(251), lines(400)], fails: [[lines(401), 1]] });
