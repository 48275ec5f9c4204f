#!/bin/sh
# Debian 12, as root: the system packages that the tests use (auditd, Postfix and friends for the live test), and npm where
# there is none. Debian's npm conflicts with a Node that came from elsewhere, so it is only installed where it is missing.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --no-install-recommends \
  auditd bsd-mailx bzip2 ca-certificates cron curl file gcc gzip iproute2 libc6-dev mutt openssl \
  postfix procmail procps python3 rsyslog swaks time unzip util-linux wget xz-utils zip zstd
command -v npm > /dev/null || apt-get install --yes --no-install-recommends npm
