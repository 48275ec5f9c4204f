"""Starts a command as a user inside a login session without a terminal (a desktop session, say).

  desktop.py USER [NAME=VALUE]... -- COMMAND...

The kernel's login id is set first, so that auid and ses of everything below are the user's, as PAM would do it.
"""
import os, pwd, signal, sys

user = pwd.getpwnam(sys.argv[1])
split = sys.argv.index('--')
environment = {
    'HOME': user.pw_dir, 'USER': user.pw_name, 'LOGNAME': user.pw_name, 'SHELL': user.pw_shell,
    'PATH': '/usr/local/bin:/usr/bin:/bin:/usr/games', 'LANG': 'C.UTF-8', 'DISPLAY': ':0',
    'XDG_RUNTIME_DIR': f'/run/user/{user.pw_uid}', 'XDG_SESSION_TYPE': 'x11',
}
for item in sys.argv[2:split]:
    name, _, value = item.partition('=')
    environment[name] = value
with open('/proc/self/loginuid', 'w') as file:
    file.write(str(user.pw_uid))
os.initgroups(user.pw_name, user.pw_gid)  # asks the name service; nothing that is audited may happen between fork and execve
# A child of its own: the kernel caches a process's title for its PROCTITLE records across execve.
child = os.fork()
if child:
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 255)
os.setsid()
null = os.open('/dev/null', os.O_RDWR)
for fd in (0, 1, 2):
    os.dup2(null, fd)
os.closerange(3, 64)
os.setgid(user.pw_gid)
os.setuid(user.pw_uid)
os.umask(0o022)
os.chdir(user.pw_dir)
os.execvpe(sys.argv[split + 1], sys.argv[split + 1:], environment)
