"""What happens to mail on an ordinary day, the same for every MTA; the hosts' differences are arguments."""
from act import *


def ordinary(flush, auth=True, quota=True, command=True):
    # Mail comes in.
    for n in range(4):
        smtp('mx1', f'office{n}@example.net', ['clerk@example.test'], source=f'203.0.113.{20 + n}', helo=f'host{20 + n}.example.net')
        time.sleep(0.4)
    smtp('mx1', 'news@lists.example.net', ['clerk@example.test', 'buyer@example.test', 'dev@example.test'], source='203.0.113.40', helo='lists.example.net')
    smtp('mx1', 'sales@example.com', ['buyer@example.test'], source='192.0.2.25', helo='host25.example.com', attach=('offer.zip', 30_000))
    smtp('mx1', 'quoted@example.net', ['"clerk"@example.test'], source='203.0.113.21', helo='host21.example.net')
    smtp('mx1', '', ['dev@example.test'], source='203.0.113.22', helo='host22.example.net')
    many('mx1', [(f'batch{n}@example.net', ['buyer@example.test'], {}) for n in range(3)], source='203.0.113.31', helo='host31.example.net')
    # Other addresses of the same person.
    smtp('mx1', 'a@example.net', ['office@example.test'], source='203.0.113.23', helo='host23.example.net')
    smtp('mx1', 'b@example.net', ['info@example.test'], source='203.0.113.23', helo='host23.example.net')
    smtp('mx1', 'c@example.net', ['clerk+shop@example.test'], source='203.0.113.23', helo='host23.example.net')
    # A forward of the user's own, and one to a command.
    write('mx1', '/home/intern/.forward', 'buyer@example.test\n', owner='intern')
    smtp('mx1', 'd@example.net', ['intern@example.test'], source='203.0.113.25', helo='host25.example.net')
    if command:
        write('mx1', '/home/ops/.forward', '"|/usr/bin/sort -o /dev/null"\n', owner='ops')
        smtp('mx1', 'e@example.net', ['ops@example.test'], source='203.0.113.25', helo='host25.example.net')
    time.sleep(2)
    # Users of this host send.
    local('mx1', 'dev', ['clerk@example.test'], subject='build finished')
    local('mx1', 'dev', ['friend@example.net', 'clerk'], subject='lunch')
    local('mx1', 'clerk', ['staff@example.com'], sender='clerk@example.test', headers=[('Message-ID', None)])
    local('mx1', 'clerk', ['dev@branch.example.test'], subject='for the branch')
    # Somebody writes in somebody else's name.
    local('mx1', 'dev', ['friend@example.net'], sender='clerk@example.test')
    smtp('mx1', 'root@example.test', ['buyer@example.test'], source='203.0.113.24', helo='host24.example.net')
    if auth:
        smtp('mx1', 'dev@example.test', ['partner@example.com'], source='192.0.2.77', helo='laptop', user='dev:lab-only')
    # The branch's mail goes through this host.
    smtp('mx1', 'f@example.net', ['clerk@branch.example.test', 'buyer@branch.example.test'], source='203.0.113.26', helo='host26.example.net')
    # Refused, bounced, deferred.
    smtp('mx1', 'g@example.net', ['nosuch@example.test'], source='203.0.113.28', helo='host28.example.net')
    smtp('mx1', 'h@example.net', ['victim@elsewhere.example.com', 'clerk@example.test'], source='203.0.113.28', helo='host28.example.net')
    local('mx1', 'dev', ['unknown1@example.net'])
    local('mx1', 'dev', ['gone@down.example.net'])
    local('mx1', 'dev', ['later1@example.net', 'friend@example.net'])
    local('mx1', 'dev', ['full1@example.com'])
    time.sleep(2)
    # Text that looks like something else.
    smtp('mx1', 'x@example.net', ['clerk@example.test'], source='203.0.113.29', helo='host29.example.net',
         subject='to=<root@example.test>, stat=Sent => root <root@example.test> R=x T=y " S=1 id=z')
    smtp('mx1', 'to=<root>,stat=Sent@example.net', ['dev@example.test'], source='203.0.113.29', helo='host29.example.net')
    smtp('mx1', '"a> b, stat=Sent"@example.net', ['dev@example.test'], source='203.0.113.29', helo='host29.example.net')
    smtp('mx1', 'y@example.net', ['clerk@example.test'], source='203.0.113.29', helo='host29.example.net', headers=[('Message-ID', '<a b, stat=Sent (x) S=9 T="q">')])
    # Connections without a message.
    visit('mx1', '203.0.113.70', ['EHLO scanner'])
    visit('mx1', '203.0.113.71', ['EHLO scanner', 'MAIL FROM:<a@example.net>'], leave='gone')
    visit('mx1', '203.0.113.72', [], leave='gone')
    visit('mx1', '203.0.113.73', ['EHLO scanner', 'VRFY root', 'EXPN root', 'BOGUS command'])
    time.sleep(1)
    on('mx1', flush)
    time.sleep(3)


def flood(user, count=60):
    for n in range(count):
        smtp('mx1', f'promo{n}@example.net', [f'{user}@example.test'], source=f'203.0.113.{100 + n % 40}', helo=f'host{100 + n % 40}.example.net')
