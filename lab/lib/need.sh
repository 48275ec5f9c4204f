# Says what is missing for a recording. Sourced.
need_all() {
  local missing=() each
  [ "$(id -u)" = 0 ] || { echo "lab: needs root" >&2; return 1; }
  for each in auditd auditctl postfix rsyslogd ip unshare nsenter python3 openssl ss; do
    command -v "$each" >/dev/null || missing+=("$each")
  done
  [ ${#missing[@]} -eq 0 ] || { echo "lab: missing programs: ${missing[*]}" >&2; return 1; }
  auditctl -s >/dev/null 2>&1 || { echo "lab: the kernel's audit cannot be reached (no CONFIG_AUDIT, or no CAP_AUDIT_CONTROL)" >&2; return 1; }
  local pid; pid=$(auditctl -s | awk '$1=="pid"{print $2}')
  [ "$pid" = 0 ] || { echo "lab: another audit daemon (pid $pid) is running" >&2; return 1; }
  [ "$(auditctl -l)" = "No rules" ] || { echo "lab: audit rules are loaded already" >&2; return 1; }
}
