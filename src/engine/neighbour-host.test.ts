import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostByLikeFolder } from './neighbour-host.ts';

test('a folder beside that of a host is a host; one that every host has, or that lies elsewhere, is none', () => {
  const named = [{ name: 'evidence/mx1/var/log/mail.log', host: 'mx1.example.org' }];
  assert.equal(hostByLikeFolder('evidence/mx2/var/log/exim4/mainlog', named), 'mx2');
  assert.equal(hostByLikeFolder('evidence/mx1/etc/passwd', named), 'mx1');
  assert.equal(hostByLikeFolder('evidence/home/clerk/mbox', named), '');
  assert.equal(hostByLikeFolder('evidence/mainlog', named), '');
  assert.equal(hostByLikeFolder('other/mx2/mainlog', named), '');
  assert.equal(hostByLikeFolder('evidence/mx2/mainlog', [{ name: 'evidence/logs/mail.log', host: 'mx1' }]), '');
});
