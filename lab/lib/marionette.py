"""Drives a Firefox or Thunderbird that was started with --marionette, by its own remote protocol: runs a script in the program's
context and prints what it resolves to.

  marionette.py SECONDS SCRIPT [ARGUMENT]...     SCRIPT is the body of an async function; arguments are `args`

Protocol: frames `length:[type, id, command, parameters]`, answers `length:[1, id, error, result]` (Firefox source docs, Marionette).
"""
import json, socket, sys, time

limit = time.time() + float(sys.argv[1])
while True:
    try:
        link = socket.create_connection(('127.0.0.1', 2828))
        break
    except OSError:
        if time.time() > limit:
            sys.exit('marionette: nobody listens')
        time.sleep(0.2)
link.settimeout(max(limit - time.time(), 1))
buffer = b''


def frame():
    global buffer
    while b':' not in buffer:
        buffer += link.recv(4096) or sys.exit('marionette: closed')
    head, buffer = buffer.split(b':', 1)
    while len(buffer) < int(head):
        buffer += link.recv(65536) or sys.exit('marionette: closed')
    body, buffer = buffer[:int(head)], buffer[int(head):]
    return json.loads(body)


def call(number, name, **parameters):
    text = json.dumps([0, number, name, parameters])
    link.sendall(f'{len(text.encode())}:{text}'.encode())
    kind, _, error, result = frame()
    if error:
        sys.exit(f"marionette: {name}: {error.get('message', error)[:2000]}")
    return result


frame()
call(1, 'WebDriver:NewSession', capabilities={})
call(2, 'Marionette:SetContext', value='chrome')
call(3, 'WebDriver:SetTimeouts', script=int((limit - time.time()) * 1000))
body = open(sys.argv[2]).read()
script = 'const [args, done] = arguments;(async () => {' + body + '})().then(r => done({ok: r === undefined ? null : r}), e => done({bad: String(e) + "\\n" + (e && e.stack)}));'
answer = call(4, 'WebDriver:ExecuteAsyncScript', script=script, args=[sys.argv[3:]], newSandbox=True)
call(5, 'WebDriver:DeleteSession')
print(json.dumps(answer.get('value', answer)))
