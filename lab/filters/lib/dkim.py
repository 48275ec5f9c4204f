"""The smallest DKIM signer (RFC 6376, rsa-sha256, relaxed/relaxed) that a recording needs; openssl does the arithmetic."""
import base64, hashlib, os, re, subprocess, tempfile


def relaxed(name, value):
    return f"{name.lower()}:{re.sub(r'[ ]+', ' ', re.sub(chr(13) + chr(10), '', value).replace(chr(9), ' ')).strip()}"


def body_hash(body):
    lines = [re.sub(rb'[ \t]+', b' ', line).rstrip(b' ') for line in body.split(b'\r\n')]
    while lines and lines[-1] == b'':
        lines.pop()
    canonical = b''.join(line + b'\r\n' for line in lines)
    return base64.b64encode(hashlib.sha256(canonical).digest()).decode()


def sign(data, domain, key, broken):
    head, _, body = data.partition(b'\r\n\r\n')
    headers = re.split(r'\r\n(?![ \t])', head.decode())
    wanted = ['from', 'to', 'subject', 'date', 'message-id']
    found = {h.partition(':')[0].lower(): h.partition(':') for h in headers}
    names = [name for name in wanted if name in found]
    text = f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=lab; h={':'.join(names)}; bh={body_hash(body)}; b="
    signed = ''.join(relaxed(found[n][0], found[n][2]) + '\r\n' for n in names) + relaxed('dkim-signature', text)
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(key)
    made = subprocess.run(['openssl', 'dgst', '-sha256', '-sign', file.name], input=signed.encode(), capture_output=True, check=True)
    os.unlink(file.name)
    if broken:
        body = body.replace(b'Regards', b'Regards,')
    return f'DKIM-Signature: {text}{base64.b64encode(made.stdout).decode()}\r\n'.encode() + head + b'\r\n\r\n' + body
