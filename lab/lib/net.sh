# Two network namespaces joined by a veth pair: "wp-in" is the recorded host, "wp-out" is the rest of the world.
# Sourced by record.sh and e2e.sh.

net_in=wp-in
net_out=wp-out
host_ip=198.51.100.10
gateway_ip=198.51.100.1
# Neighbours on our own network (second relay, backup host, administrator's desk).
inside_ips="198.51.100.20 198.51.100.30 198.51.100.50"

net_up() {
  ip netns add "$net_in" || return 1
  ip netns add "$net_out" || return 1
  ip -n "$net_in" link add eth0 type veth peer name eth0 netns "$net_out" || return 1
  ip -n "$net_in" link set lo up
  ip -n "$net_out" link set lo up
  ip -n "$net_in" addr add "$host_ip/24" dev eth0
  ip -n "$net_in" addr add 198.51.100.11/24 dev eth0
  ip -n "$net_in" addr add 2001:db8:1::10/64 dev eth0 nodad
  ip -n "$net_out" addr add "$gateway_ip/24" dev eth0
  ip -n "$net_out" addr add 2001:db8:1::1/64 dev eth0 nodad
  ip -n "$net_in" link set eth0 up
  ip -n "$net_out" link set eth0 up
  local ip
  for ip in $inside_ips; do ip -n "$net_out" addr add "$ip/24" dev eth0; done
  # One batch: the outside owns every address of two documentation networks.
  {
    for i in $(seq 1 254); do
      echo "addr add 203.0.113.$i/32 dev lo"
      echo "addr add 192.0.2.$i/32 dev lo"
    done
    for i in $(seq 16 79); do printf 'addr add 2001:db8:99:1::%x/128 dev lo nodad\n' "$i"; done
  } | ip -n "$net_out" -batch -
  ip -n "$net_in" route add default via "$gateway_ip"
  ip -n "$net_in" -6 route add default via 2001:db8:1::1
}

net_down() {
  ip netns del "$net_in" 2>/dev/null
  ip netns del "$net_out" 2>/dev/null
  return 0
}
