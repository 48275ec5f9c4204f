"""Many messages for one mailbox, and mail that only looks like it, the same for every MTA."""
import shutil
from act import *


def source(n):
    return f'203.0.113.{100 + n % 120}', f'host{100 + n % 120}.example.net'


def everyday():
    """Some mail for everybody, before and in between."""
    for n, user in enumerate(('clerk', 'dev', 'buyer', 'ops')):
        smtp('mx1', f'office{n}@example.com', [f'{user}@example.test'], source=f'192.0.2.{20 + n}', helo=f'host{20 + n}.example.com')


def strangers(address, count):
    """A confirmation from everybody who has a form to fill in: each sender once."""
    for n in range(count):
        ip, helo = source(n)
        smtp('mx1', f'confirm-{n * 7919 % 100003}@example.net', [address(n)], source=ip, helo=helo, subject='Please confirm', size=(n * 37) % 2000)
        if n % 50 == 25:
            smtp('mx1', 'office@example.com', ['clerk@example.test'], source='192.0.2.20', helo='host20.example.com')


def backscatter(user, count):
    """Answers with the null sender to mail that the user never sent."""
    for n in range(count):
        ip, helo = source(n)
        smtp('mx1', '', [f'{user}@example.test'], source=ip, helo=helo, subject='Undelivered Mail Returned to Sender', size=(n * 53) % 1500)


def newsletter(user, count):
    """The user's own newsletter: many recipients outside, some of whom are gone, so that many bounces come back to the user."""
    for n in range(count):
        local('mx1', user, [f'unknown{n}@example.net', f'reader{n}@example.com'], subject='Our news')


def list_mail(count):
    """One newsletter for everybody here."""
    for _ in range(count):
        smtp('mx1', 'news@lists.example.net', [f'{user}@example.test' for user in ('clerk', 'dev', 'buyer', 'ops', 'intern')], source='203.0.113.40', helo='lists.example.net')


def reports(address, count):
    """What machines of the house tell root: private addresses without a name, the own domain in each sender."""
    for n in range(count):
        node = f'node{n % 90 + 2}.example.test'
        smtp('mx1', f'root@{node}', [f'{address}@example.test'], source=f'10.0.3.{n % 90 + 2}', helo=node, subject='Disk is failing', size=(n * 41) % 1200)


def done(user, seconds=8):
    time.sleep(seconds)
    os.makedirs(f'{BASE}/out/etc', exist_ok=True)
    for name in ('passwd', 'aliases'):
        shutil.copy(f'{root("mx1")}/etc/{name}', f'{BASE}/out/etc/{name}')
    finish(['mx1'], user=user)
