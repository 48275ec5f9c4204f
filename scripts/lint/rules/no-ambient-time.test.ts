import { specify } from '../specify.ts';
import { noAmbientTime } from './no-ambient-time.ts';

specify('no-ambient-time', noAmbientTime, {
  passes: [
    'const iso = new Date(time).toISOString();',
    'const floor = Math.floor(x);',
    'const at = clock.now();',
    'const now = event.time;',
  ],
  fails: [
    ['const a = Date.now();', 1],
    ['const a = new Date();', 1],
    ['const a = Date();', 1],
    ['const a = Math.random();', 1],
    ['const a = performance.now();', 1],
    ['const a = process.hrtime.bigint();', 1],
    ['setTimeout(f, 10); setInterval(f, 10); setImmediate(f);', 3],
    ['const now = Date.now;', 1],
    ['globalThis.setTimeout(f, 1);', 1],
    ['const id = crypto.randomUUID();', 1],
  ],
});
