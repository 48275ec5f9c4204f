title='The wire beside an0380 fires.curl-smtp-upload, behind TLS'
what='curl uploads 700000 bytes to the same server and port as in the case, but with STARTTLS: envelope and message are not to be seen. The capture is moved to the time of the recorded case.'
anchor=203.0.113.66:25 at=2026-11-21T09:54:37.410Z keep='dns smtp tls fileinfo flow'
prepare() { { printf 'From: clerk@example.org\nTo: desk@example.net\n\n'; head -c 520000 /dev/urandom | base64; } > "$work/message"; }
act() { in_root curl -s -k --ssl-reqd --url smtp://203.0.113.66 --mail-from clerk@example.org --mail-rcpt desk@example.net --upload-file /scene/message; }
finish() { :; }
