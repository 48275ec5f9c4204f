import { specify } from '../specify.ts';
import { noConsole } from './no-console.ts';

specify('no-console', noConsole, {
  passes: ['log.warn("x");', 'const consoleLike = { log() {} }; consoleLike.log();', 'const a = process.env.HOME;'],
  fails: [
    ['console.log("x");', 1],
    ['console.error("x"); console.table([]);', 2],
    ['process.stdout.write("x");', 1],
    ['process.stderr.write("x");', 1],
  ],
});
