"""A file server that speaks as much of Nextcloud as its command line client asks: status, capabilities, user, and WebDAV below
/remote.php/dav/files/USER. Keeps files in memory. cloud.py ADDRESS PORT"""
import hashlib, json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

files = {'': None}  # path below the user's root: bytes, or None for a folder
STATUS = {'installed': True, 'maintenance': False, 'needsDbUpgrade': False, 'version': '27.1.0.0', 'versionstring': '27.1.0', 'edition': '', 'productname': 'Cloud'}
CAPABILITIES = {'version': {'major': 27, 'minor': 1, 'micro': 0, 'string': '27.1.0'}, 'capabilities': {'core': {'pollinterval': 60, 'webdav-root': 'remote.php/webdav'}, 'dav': {'chunking': '1.0'}, 'files': {'bigfilechunking': False}}}


def tag(path):
    return hashlib.md5(repr([(p, files[p]) for p in sorted(files) if p == path or p.startswith(path + '/') or path == '']).encode()).hexdigest()


class Cloud(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def answer(self, code, body=b'', kind='application/json', **more):
        self.send_response(code)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        for name, value in more.items():
            self.send_header(name.replace('_', '-'), value)
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

    def ocs(self, data):
        self.answer(200, json.dumps({'ocs': {'meta': {'status': 'ok', 'statuscode': 100, 'message': 'OK'}, 'data': data}}).encode())

    def path_below(self):
        parts = unquote(urlsplit(self.path).path).strip('/').split('/')
        return '/'.join(parts[4:]) if parts[:3] == ['remote.php', 'dav', 'files'] else None

    def do_GET(self):
        path = urlsplit(self.path).path
        if path.endswith('/status.php'):
            return self.answer(200, json.dumps(STATUS).encode())
        if not self.headers.get('Authorization'):
            return self.answer(401, WWW_Authenticate='Basic realm="cloud"')
        if path.endswith('/cloud/capabilities'):
            return self.ocs(CAPABILITIES)
        if '/cloud/user' in path:
            return self.ocs({'id': 'clerk', 'display-name': 'clerk', 'email': 'clerk@example.org'})
        body = files.get(self.path_below() or '')
        return self.answer(404) if body is None else self.answer(200, body, 'application/octet-stream')

    do_HEAD = do_GET

    def do_PUT(self):
        path = self.path_below()
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        files[path] = body
        mark = f'"{tag(path)}"'
        self.answer(201, ETag=mark, OC_ETag=mark, OC_FileId=f'{abs(hash(path)) % 10**8:08d}lab', X_OC_MTime='accepted')

    def do_MKCOL(self):
        path = self.path_below()
        files[path] = None
        self.answer(201, OC_FileId=f'{abs(hash(path)) % 10**8:08d}lab')

    def do_DELETE(self):
        path = self.path_below()
        for each in [p for p in files if p == path or p.startswith(f'{path}/')]:
            del files[each]
        self.answer(204)

    def do_PROPFIND(self):
        self.rfile.read(int(self.headers.get('Content-Length') or 0))
        if not self.headers.get('Authorization'):
            return self.answer(401, WWW_Authenticate='Basic realm="cloud"')
        top = self.path_below()
        top = '' if top is None else top
        if top not in files:
            return self.answer(404)
        listed = [p for p in sorted(files) if p == top or (self.headers.get('Depth') != '0' and p != '' and p.rpartition('/')[0] == top and p != top)]
        base = '/'.join(urlsplit(self.path).path.strip('/').split('/')[:4])
        rows = ''
        for each in listed:
            body = files[each]
            kind = '<d:resourcetype><d:collection/></d:resourcetype>' if body is None else f'<d:resourcetype/><d:getcontentlength>{len(body)}</d:getcontentlength>'
            end = '/' if body is None else ''
            rows += (f'<d:response><d:href>/{base}/{escape(each)}{end if each else ""}</d:href><d:propstat><d:prop>{kind}<d:getetag>"{tag(each)}"</d:getetag>'
                     f'<oc:id>{abs(hash(each)) % 10**8:08d}lab</oc:id><oc:fileid>{abs(hash(each)) % 10**8}</oc:fileid><oc:permissions>RDNVCKW</oc:permissions><oc:size>0</oc:size>'
                     '<d:getlastmodified>Sun, 22 Nov 2026 04:00:00 GMT</d:getlastmodified></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>')
        self.answer(207, f'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns">{rows}</d:multistatus>'.encode(), 'application/xml; charset=utf-8')


ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Cloud).serve_forever()
