#!/bin/bash
# One story in namespaces of its own: 198.51.100.10 is the host, everything else lives behind its gateway.
set -u
here=$1 root=$2 work=$3 name=$4
lib=$here/../lib
title='' what='' keep='' anchor='' at=''
. "$here/stories/$name.sh"
hostname "${host:-ws3.example.org}"
mount --make-rprivate /
mkdir -p "$root/lab" "$root/scene"
mount --bind "$work" "$root/scene"; mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
touch "$work/resolv.conf"; echo 'nameserver 203.0.113.53' > "$work/resolv.conf"
mount --bind "$work/resolv.conf" "$root/etc/resolv.conf"

# The outer namespace is held open by a sleeping process.
unshare --net sleep 600 & outer=$!
sleep 0.3
out() { nsenter -t "$outer" -n "$@"; }
in_root() { chroot "$root" "$@"; }
ip link set lo up; out ip link set lo up
ip link add eth0 type veth peer name eth1; ip link set eth1 netns "$outer"
# Whole packets as they are on a wire, not as the kernel hands them between two virtual devices.
ip addr add 198.51.100.10/24 dev eth0; ip link set eth0 mtu 1500 up
out ip addr add 198.51.100.1/24 dev eth1; out ip link set eth1 up
for i in 10 20 25 40 53 66 67 77 80 81 82 83 84; do out ip addr add 203.0.113.$i/32 dev lo; done
for i in 20 30 50; do out ip addr add 198.51.100.$i/32 dev lo; done
for i in $(seq 100 199); do out ip addr add 203.0.113.$i/32 dev lo; done
for i in 19; do out ip -6 addr add 2001:db8:99:1::$i/128 dev lo nodad 2>/dev/null; done
ip route add default via 198.51.100.1
for i in 20 30 50; do ip route add 198.51.100.$i via 198.51.100.1; done

prepare 2>"$work/prepare.log"
(cd / && exec nsenter -t "$outer" -n python3 "$lib/sinks.py" --www "$work/www" --keys "$work/keys" --ready "$work/ready") 2>"$work/sinks.log" & sinks=$!
for _ in $(seq 100); do [ -e "$work/ready" ] && break; sleep 0.1; done
in_root tcpdump -i eth0 -U -s 0 -w /scene/wire.pcap 'ip' 2>"$work/tcpdump.log" & dump=$!
sleep 1
act >"$work/act.log" 2>&1
sleep 1.5
kill "$dump"; wait "$dump" 2>/dev/null
kill "$sinks" "$outer" 2>/dev/null
finish 2>/dev/null
python3 "$here/shift.py" "$work/wire.pcap" "$work/shifted.pcap" "${anchor:-}" "${at:-}" > "$work/shift.txt" || exit 1
cp "$here/suricata.yaml" "$here/local.rules" "$work/"
in_root suricata -c /scene/suricata.yaml -S /scene/local.rules -r /scene/shifted.pcap -l /scene -k none --runmode single >"$work/suricata.log" 2>&1 || exit 1
in_root dpkg-query -W -f '${Package} ${Version}\n' suricata postfix swaks curl python3 > "$work/versions"
printf '%s\n%s\n%s\n' "$title" "$what" "$keep" > "$work/story"
[ -s "$work/eve.json" ]
