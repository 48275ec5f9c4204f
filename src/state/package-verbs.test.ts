import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayInstall, mayNotInstall } from './package-verbs.ts';
import { programName } from './programs.ts';

const says = (line: string): boolean => {
  const argv = line.split(' ');
  return mayInstall(programName(argv[0] ?? ''), argv);
};

test('what installs a package runs its scripts', () => {
  for (const line of [
    'dpkg -i a.deb',
    'dpkg --install --force-all a.deb',
    'dpkg --unpack a.deb',
    'apt install ./a.deb',
    'apt-get -y -q install ./a.deb',
    'aptitude install ./a.deb',
    'gdebi -n a.deb',
    'rpm -ivh a.rpm',
    'rpm -Uvh a.rpm',
    'rpm --install a.rpm',
    'dnf install a.rpm',
    'yum -y localinstall a.rpm',
    'zypper --non-interactive install a.rpm',
    'pacman -U a.pkg.tar.zst',
    'apk add --allow-untrusted a.apk',
    'snap install --dangerous a.snap',
    'flatpak install a.flatpak',
  ])
    assert.ok(says(line), line);
});

test('what only looks into one, unpacks it or tries runs nothing of it', () => {
  for (const line of [
    'dpkg -I a.deb',
    'dpkg --contents a.deb',
    'dpkg -x a.deb out',
    'dpkg-deb -I a.deb',
    'dpkg-deb --control a.deb out',
    'apt show ./a.deb',
    'apt-get -s install ./a.deb',
    'apt-get download a',
    'rpm -qpi a.rpm',
    'rpm -K a.rpm',
    'rpm --query --package a.rpm',
    'dnf info a.rpm',
    'zypper info a.rpm',
    'pacman -Qip a.pkg.tar.zst',
    'apk verify a.apk',
    'snap info a.snap',
  ])
    assert.ok(!says(line), line);
});

const refuses = (line: string, euid: number): boolean => {
  const argv = line.split(' ');
  return mayNotInstall(programName(argv[0] ?? ''), argv, euid);
};

test('nobody but root installs into the system', () => {
  for (const line of ['dpkg -i a.deb', 'apt-get install ./a.deb', 'rpm -Uvh a.rpm', 'pacman -U a.pkg.tar.zst']) {
    assert.ok(refuses(line, 1004), line);
    assert.ok(!refuses(line, 0), `${line} as root`);
    assert.ok(!refuses(line, -1), `${line} as who knows`);
  }
});

test('but into a place of their own, or through a service, people may', () => {
  for (const line of [
    'dpkg --root=/home/buyer/x -i a.deb',
    'dpkg --force-not-root --instdir=/home/buyer/x -i a.deb',
    'rpm --root /home/buyer/x -i a.rpm',
    'rpm --dbpath /home/buyer/db -i a.rpm',
    'dnf --installroot=/home/buyer/x install a.rpm',
    'apk --root /home/buyer/x add a.apk',
    'pacman -r /home/buyer/x -U a.pkg.tar.zst',
    'flatpak install --user a.flatpak',
    'snap install --dangerous a.snap',
  ])
    assert.ok(!refuses(line, 1004), line);
});
