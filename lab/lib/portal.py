"""What a file chooser does for a sandboxed application: asks the documents portal for a name in a folder, prints the document's id.

  portal.py FOLDER NAME
"""
import os
import sys

import dbus

folder = os.open(sys.argv[1], os.O_PATH | os.O_DIRECTORY)
portal = dbus.Interface(dbus.SessionBus().get_object('org.freedesktop.portal.Documents', '/org/freedesktop/portal/documents'), 'org.freedesktop.portal.Documents')
print(portal.AddNamed(dbus.types.UnixFd(folder), dbus.ByteArray(sys.argv[2].encode() + b'\0'), True, False))
