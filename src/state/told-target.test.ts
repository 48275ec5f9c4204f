import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { offDrive, wholePath } from './told-target.ts';

const CLAIMS: readonly (readonly [command: string, path: string])[] = [
  ['mv Downloads/Rates.java rates/', '/home/buyer/rates/Rates.java'],
  ['mv -t rates Downloads/Rates.java', '/home/buyer/rates/Rates.java'],
  ['cp --target-directory=/srv/x Downloads/Rates.java', '/srv/x/Rates.java'],
  ['cp -r Downloads /srv/x', '/srv/x/Rates.java'],
  ['install -m 755 Downloads/Rates.java bin', '/home/buyer/bin/Rates.java'],
  ['busybox mv Downloads/Rates.java rates', '/home/buyer/rates/Rates.java'],
  ['tar xf a.tar', '?/Rates.java'],
  ['mv x', '?/Rates.java'],
];
for (const [command, path] of CLAIMS)
  test(`what "${command}" puts in place lies at ${path}`, () => {
    const argv = command.split(' ');
    const process = { exe: `/usr/bin/${argv[0]}`, argv, cwd: '/home/buyer' } as unknown as ProcessState;
    assert.equal(wholePath(process, '?/Rates.java'), path);
  });

test('where the folder in which the program runs is not known, a part stays a part', () => {
  const process = { exe: '/usr/bin/mv', argv: ['mv', 'a', 'rates'], cwd: '' } as unknown as ProcessState;
  assert.equal(wholePath(process, '?/Rates.java'), '?/Rates.java');
});

test('what a program of wine names by a drive lies where the drive leads', () => {
  const prefix = '/home/clerk/.wine';
  const autostart = '/home/clerk/.config/autostart/a.desktop';
  assert.equal(offDrive(`${prefix}/dosdevices/z:${autostart}`), autostart);
  assert.equal(offDrive(`${prefix}/dosdevices/c:/users/a.exe`), `${prefix}/drive_c/users/a.exe`);
  for (const path of [`${prefix}/dosdevices/d:/a`, `${prefix}/dosdevices/z:`, `${prefix}/drive_c/a`, autostart])
    assert.equal(offDrive(path), path);
});
